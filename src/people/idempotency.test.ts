// A write with an idempotency key happens once, whatever the network makes of its answer.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { asSystem } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { sweepKeys } from './jobs.ts'

let world: TestApp
let owner: TestSession
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const add = (name: string, key: string, session = owner) =>
  session.call('POST', '/orgs/{org}/departments', { name }, { 'idempotency-key': key })
const countOf = async (name: string) =>
  (await owner.call('GET', '/orgs/{org}/departments')).body.filter((each: { name: string }) => each.name === name)
    .length

describe('an idempotency key', () => {
  it('brings the first answer again, with its status', async () => {
    const [first, second] = [await add('Once', 'key-1'), await add('Once', 'key-1')]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ])
    expect(await countOf('Once')).toBe(1)
  })

  it('brings a secret again that is shown only once, and keeps it sealed', async () => {
    const make = () =>
      owner.call('POST', '/orgs/{org}/tokens', { name: 'Mine', scopes: ['posts'] }, { 'idempotency-key': 'token' })
    const [first, second] = [await make(), await make()]
    expect(second.body.token).toBe(first.body.token)
    const kept = await asSystem(world.services.db, (tx) =>
      tx.selectFrom('idempotency_keys').select('answer_sealed').execute(),
    )
    for (const { answer_sealed: sealed } of kept) expect(sealed?.includes(first.body.token)).toBe(false)
  })

  it('brings a refusal again', async () => {
    const first = await add('Once', 'refused')
    expect([first.status, first.body.data.code]).toEqual([409, 'name-taken'])
    const { body } = await owner.call('GET', '/orgs/{org}/departments')
    await owner.call(
      'DELETE',
      `/orgs/{org}/departments/${body.find((each: { name: string }) => each.name === 'Once').id}`,
    )
    expect((await add('Once', 'refused')).body).toEqual(first.body)
    expect((await add('Once', 'another')).status).toBe(201)
  })

  it('refuses another body, another route, and an empty or endless key', async () => {
    await add('Body', 'key-2')
    for (const other of [
      await add('Other body', 'key-2'),
      await owner.call('PATCH', '/orgs/{org}', { name: 'Body' }, { 'idempotency-key': 'key-2' }),
    ]) {
      expect([other.status, other.body.data]).toEqual([
        409,
        { code: 'idempotency-key-reused', field: 'Idempotency-Key' },
      ])
    }
    expect((await add('Endless', 'k'.repeat(201))).body.data.code).toBe('idempotency-key-unusable')
  })

  it('belongs to one member of one organisation', async () => {
    const [admin, stranger] = [await world.as('admin'), await world.as('owner', world.theirs)]
    expect((await add('Shared key, mine', 'shared')).status).toBe(201)
    expect((await add('Shared key, theirs', 'shared', admin)).status).toBe(201)
    expect((await add('Shared key, elsewhere', 'shared', stranger)).status).toBe(201)
  })

  it('works outside organisations too', async () => {
    const person = await world.as('viewer')
    const make = () => person.call('POST', '/orgs', { name: 'Made once' }, { 'idempotency-key': 'org' })
    expect((await make()).body.id).toBe((await make()).body.id)
    expect((await person.call('GET', '/me')).body.memberships).toHaveLength(2)
  })

  it('lets one of many at the same moment through', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => add('Race', 'race')))
    expect(await countOf('Race')).toBe(1)
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThan(0)
    for (const { body } of made) expect(body).toEqual(made[0]!.body)
    for (const { status, body } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, body.data.code]).toEqual([409, 'idempotency-key-in-use'])
    }
  })

  it('is free again after invalid input, so that the mistake can be mended', async () => {
    expect((await add('', 'mended')).status).toBe(422)
    expect((await add('Mended', 'mended')).status).toBe(201)
  })
})

describe('a first request that never answered', () => {
  const strand = (key: string, name: string) =>
    add(name, key).then(async (answer) => {
      await asSystem(world.services.db, (tx) =>
        tx.updateTable('idempotency_keys').set({ status: null, answer_sealed: null }).where('key', '=', key).execute(),
      )
      await owner.call('DELETE', `/orgs/{org}/departments/${answer.body.id}`)
    })

  it('holds its key for a minute', async () => {
    await strand('stranded', 'Stranded')
    now = new Date(now.getTime() + 59_000)
    expect((await add('Stranded', 'stranded')).body.data.code).toBe('idempotency-key-in-use')
    now = new Date(now.getTime() + 2_000)
    expect((await add('Something else', 'stranded')).body.data.code).toBe('idempotency-key-reused')
    const answers = await Promise.all([1, 2, 3].map(() => add('Stranded', 'stranded')))
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(await countOf('Stranded')).toBe(1)
  })
})

describe('after a day', () => {
  it('a key means nothing any more, and the sweep takes it away', async () => {
    const name = `Yesterday ${newId()}`
    await add(name, 'old')
    now = new Date(now.getTime() + 24 * 3_600_000 + 1_000)
    expect((await add(`${name}, today`, 'old')).status).toBe(201)
    now = new Date(now.getTime() + 24 * 3_600_000 + 1_000)
    await sweepKeys.run(world.services, {})
    expect(
      await asSystem(world.services.db, (tx) => tx.selectFrom('idempotency_keys').select('key').execute()),
    ).toEqual([])
  })
})
