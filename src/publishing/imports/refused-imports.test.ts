// What an import refuses: rights, names of other organisations, hostile files, steps out of order.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../../test/scenarios/world.ts'
import { type ImportGround, importGround } from './ground.testing.ts'

let ground: ImportGround
beforeAll(async () => {
  ground = await importGround()
})
afterAll(() => ground.world.close())

describe('what is refused', () => {
  test('scheduling by who may not schedule; as drafts it goes', async () => {
    const { contributor, account, open, change, ran, postsOf } = ground
    const { body } = await open(contributor, `text,date,account\nHello,2030-09-01 10:00,${account.handle}`)
    await change(contributor, body.id, { as: 'scheduled' })
    expect(refusal(await contributor.call('POST', `/orgs/{org}/imports/${body.id}/run`))).toEqual([
      403,
      'role-forbids',
      undefined,
    ])
    await change(contributor, body.id, { as: 'draft' })
    expect(await ran(contributor, body.id)).toMatchObject({ imported: 1 })
    const [post] = await postsOf(body.id)
    expect(post).toMatchObject({ state: 'draft', due_wall: '2030-09-01T10:00:00' })
  })

  test('names and ids of another organisation, like those that never were', async () => {
    const { owner, stranger, account, theirs, open, change, check } = ground
    const csv = (name: string, campaign = '') =>
      `text,date,account,campaign\nHello,2030-09-01 10:00,${name},${campaign}`
    for (const name of [theirs.handle, theirs.id, 'nobody-at-all', crypto.randomUUID()]) {
      const { body } = await open(owner, csv(name))
      expect((await check(owner, body.id)).issues, name).toEqual([
        { row: 2, level: 'error', field: 'accounts', code: 'account-unknown', params: { name } },
      ])
    }
    const { body } = await open(owner, csv(account.handle, 'Their fair'))
    expect((await check(owner, body.id)).issues).toMatchObject([{ code: 'name-unknown', field: 'campaign' }])
    expect(refusal(await change(owner, body.id, { accountIds: [theirs.id] }))).toEqual([
      422,
      'not-in-organisation',
      'settings.accountIds',
    ])
    expect(refusal(await change(owner, body.id, { accountNames: { x: theirs.id } }))).toEqual([
      422,
      'not-in-organisation',
      'settings.accountNames',
    ])
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/check'],
      ['POST', '/run'],
      ['POST', '/undo'],
      ['DELETE', ''],
    ] as const)
      expect((await stranger.call(method, `/orgs/{org}/imports/${body.id}${path}`)).status, path).toBe(404)
    expect((await stranger.call('GET', '/orgs/{org}/imports')).body.items).toEqual([])
  })

  test.each([
    ['25 MB', () => new Uint8Array(25_000_000).fill(97), 413, 'too-large'],
    ['just over the limit', () => new Uint8Array(10_000_001).fill(97), 413, 'import.too-large'],
    ['an archive named .csv', () => new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 422, 'import.archive'],
    ['zeros', () => new TextEncoder().encode('text,date\nHello\0,2030-01-01 10:00'), 422, 'import.binary'],
    [
      '100,000 rows',
      () => new TextEncoder().encode(`text,date\n${'a,2030-01-01 10:00\n'.repeat(100_000)}`),
      422,
      'import.too-many-rows',
    ],
    ['nothing', () => new Uint8Array(), 422, 'import.empty'],
    ['headings alone', () => new TextEncoder().encode('text,date\n'), 422, 'import.empty'],
  ])('%s, with a clear word', async (_what, content, status, code) => {
    const { owner, open } = ground
    expect(refusal(await open(owner, content())).slice(0, 2)).toEqual([status, code])
  })

  test('what JSON can say and no database can keep comes in with a sign in its place', async () => {
    const { owner, account, open, ran, postsOf } = ground
    const posts = [
      {
        content: 'Half a \ud83d smile and \0 nothing',
        publishDate: '2030-09-02T10:00:00Z',
        integration: { name: account.handle },
      },
    ]
    const { status, body } = await open(owner, JSON.stringify({ posts }), 'posts.json')
    expect(status, JSON.stringify(body)).toBe(201)
    expect(await ran(owner, body.id)).toMatchObject({ imported: 1 })
    expect((await postsOf(body.id))[0]!.summary).toBe('Half a \ufffd smile and \ufffd nothing')
  })

  test('zones that mean different places to different people, and days before the calendar', async () => {
    const { owner, account, open, check } = ground
    const rows = ['2030-09-01 10:00,IST', '2030-09-01 10:00,PST', '0000-01-01 10:00,UTC'].map(
      (when) => `Hello,${when},${account.handle}`,
    )
    const { body } = await open(owner, `text,date,zone,account\n${rows.join('\n')}`)
    const { issues } = await check(owner, body.id)
    expect(issues.map(({ row, code }: { row: number; code: string }) => [row, code])).toMatchObject([
      [2, 'zone-unknown'],
      [3, 'zone-unknown'],
      [4, expect.any(String)],
    ])
  })

  test('an account called as every object is, and one whose name is cut within a sign, are just unknown', async () => {
    const { owner, open, check, ran } = ground
    const names = ['constructor', `${'x'.repeat(199)}😀 and more`]
    const { body } = await open(
      owner,
      `text,date,account\n${names.map((name) => `Hello,2030-09-01 10:00,${name}`).join('\n')}`,
    )
    const dry = await check(owner, body.id)
    expect(dry.issues.map(({ code }: { code: string }) => code)).toEqual(['account-unknown', 'account-unknown'])
    expect((await ran(owner, body.id)).problems).toHaveLength(2)
  })

  test('pictures behind an endless gap are looked for once', async () => {
    const { owner, account, open, check } = ground
    const gap = `a${' '.repeat(200_000)}b`
    const { body } = await open(owner, `text,date,account,image\nA gap,2030-09-01 10:00,${account.handle},${gap}`)
    expect((await check(owner, body.id)).issues.map(({ code }: { code: string }) => code)).toEqual(['media-no-address'])
  })

  test('a second run, a change after it, an undo before it', async () => {
    const { owner, account, open, change, ran } = ground
    const { body } = await open(owner, `text,date,account\nOnce,2030-10-01 10:00,${account.handle}`)
    expect(refusal(await owner.call('POST', `/orgs/{org}/imports/${body.id}/undo`)).slice(0, 2)).toEqual([
      409,
      'import.not-done',
    ])
    await ran(owner, body.id)
    expect(refusal(await owner.call('POST', `/orgs/{org}/imports/${body.id}/run`)).slice(0, 2)).toEqual([
      409,
      'import.not-open',
    ])
    expect(refusal(await change(owner, body.id, { as: 'scheduled' })).slice(0, 2)).toEqual([409, 'import.not-open'])
    expect(refusal(await owner.call('DELETE', `/orgs/{org}/imports/${body.id}`)).slice(0, 2)).toEqual([
      409,
      'import.not-open',
    ])
  })
})
