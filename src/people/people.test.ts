// People through the API: organisations, departments, roles, tokens.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'

let world: TestApp
let owner: TestSession
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  world = await testApp({ mail: true, clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const verbsOf = async (session: TestSession, filter = '') => {
  const { body } = await session.call('GET', `/orgs/{org}/events?limit=200${filter}`)
  return body.items.map((event: { verb: string }) => event.verb)
}

describe('organisations', () => {
  it('tell a member where they belong', async () => {
    const writer = await world.as('contributor')
    const { body } = await writer.call('GET', '/me')
    expect(body.memberships).toMatchObject([
      { role: 'contributor', memberId: writer.memberId, organisation: { id: world.ours, name: 'Ours' } },
    ])
  })

  it('are renamed, and the log says from what to what', async () => {
    const { status, body } = await owner.call('PATCH', '/orgs/{org}', { name: 'Ours, renamed' })
    expect([status, body.name, body.slug]).toEqual([200, 'Ours, renamed', 'ours'])
    const events = await owner.call('GET', '/orgs/{org}/events?verb=organisation.changed')
    expect(events.body.items[0]).toMatchObject({
      actor: { kind: 'member', id: owner.memberId },
      facts: { from: { name: 'Ours' }, to: { name: 'Ours, renamed' } },
    })
  })

  it('may have the same name, but not the same slug', async () => {
    const person = await world.as('viewer')
    const slugs = await Promise.all(
      [1, 2, 3].map(async () => (await person.call('POST', '/orgs', { name: 'Twin Town' })).body.slug),
    )
    expect(slugs.sort()).toEqual(['twin-town', 'twin-town-2', 'twin-town-3'])
    const { body } = await person.call('GET', '/me')
    expect(body.memberships.filter((each: { role: string }) => each.role === 'owner')).toHaveLength(3)
  })

  it('name the field that is wrong', async () => {
    const { status, body } = await owner.call('PATCH', '/orgs/{org}', { timeZone: 'Mars/Olympus' })
    expect([status, body.code, body.data.code, body.data.field]).toEqual([422, 'REFUSED', 'invalid-input', 'timeZone'])
  })
})

describe('departments', () => {
  it('count their members, keep names apart, and leave members behind', async () => {
    const { body: made } = await owner.call('POST', '/orgs/{org}/departments', { name: 'Press' })
    const member = await world.as('contributor')
    await owner.call('PATCH', `/orgs/{org}/members/${member.memberId}`, { departmentId: made.id })
    expect((await owner.call('GET', '/orgs/{org}/departments')).body).toContainEqual({
      id: made.id,
      name: 'Press',
      walledAt: null,
      memberCount: 1,
      approverCount: 0,
    })
    expect((await owner.call('POST', '/orgs/{org}/departments', { name: 'Press' })).body.data).toEqual({
      code: 'name-taken',
      field: 'name',
    })
    expect((await owner.call('PATCH', `/orgs/{org}/departments/${made.id}`, { name: 'Press office' })).body).toEqual({
      id: made.id,
      name: 'Press office',
      walledAt: null,
      memberCount: 1,
      approverCount: 0,
    })
    expect((await owner.call('DELETE', `/orgs/{org}/departments/${made.id}`)).status).toBe(200)
    const { body: members } = await owner.call('GET', '/orgs/{org}/members')
    expect(members.find((each: { id: string }) => each.id === member.memberId)).toMatchObject({
      departmentId: null,
      endedAt: null,
    })
  })

  it('of another organisation are not known here', async () => {
    const theirs = await world.as('owner', world.theirs)
    const { body: foreign } = await theirs.call('POST', '/orgs/{org}/departments', { name: 'Foreign' })
    const member = await world.as('contributor')
    const change = await owner.call('PATCH', `/orgs/{org}/members/${member.memberId}`, { departmentId: foreign.id })
    expect([change.status, change.body.data]).toEqual([422, { code: 'department-not-found', field: 'departmentId' }])
    expect((await owner.call('DELETE', `/orgs/{org}/departments/${foreign.id}`)).status).toBe(404)
    expect((await theirs.call('GET', '/orgs/{org}/departments')).body).toHaveLength(1)
  })
})

const secretOf = (link: string): string => link.split('/').at(-1)!

describe('members', () => {
  it('who leave find their tokens and sessions useless, also after they came back', async () => {
    const leaver = await world.as('manager')
    const { body: made } = await leaver.call('POST', '/orgs/{org}/tokens', { name: 'Mine', scopes: ['members'] })
    const byToken = () =>
      world.call('GET', `/orgs/${world.ours}/members`, undefined, { authorization: `Bearer ${made.token}` })
    expect((await byToken()).status).toBe(200)
    expect((await owner.call('DELETE', `/orgs/{org}/members/${leaver.memberId}`)).status).toBe(200)
    expect((await byToken()).status).toBe(401)
    expect((await leaver.call('GET', '/orgs/{org}')).status).toBe(404)
    const { body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: leaver.email,
      role: 'viewer',
    })
    const joined = await leaver.call('POST', `/invitations/${secretOf(invited.link)}/accept`, {})
    expect(joined.body).toMatchObject({ organisation: { id: world.ours }, token: null })
    expect((await leaver.call('GET', '/orgs/{org}')).status).toBe(200)
    expect((await byToken()).status).toBe(401)
  })

  it('cannot lose their last owner, not even when two owners part at the same moment', async () => {
    const first = await world.as('owner', world.theirs)
    const { body } = await first.call('POST', '/orgs', { name: 'Two owners' })
    const me = (await first.call('GET', '/me')).body.memberships.find(
      (each: { organisation: { id: string } }) => each.organisation.id === body.id,
    )
    const second = await world.as('owner', body.id)
    const [one, two] = await Promise.all([
      first.call('PATCH', `/orgs/${body.id}/members/${me.memberId}`, { role: 'viewer' }),
      second.call('PATCH', `/orgs/${body.id}/members/${second.memberId}`, { role: 'viewer' }),
    ])
    expect([one.status, two.status].sort()).toEqual([200, 422])
    expect([one, two].find(({ status }) => status === 422)?.body.data).toEqual({ code: 'last-owner', field: 'role' })
  })

  it('carry a new name into the log of each organisation', async () => {
    const person = await world.as('viewer')
    await person.call('PATCH', '/me', { name: 'A new name', timeZone: 'Europe/Rome' })
    expect((await person.call('GET', '/me')).body.user).toMatchObject({ name: 'A new name', timeZone: 'Europe/Rome' })
    expect(await verbsOf(owner, `&subjectId=${person.memberId}`)).toContain('member.renamed')
  })
})

describe('tokens', () => {
  it('are shown once, work within their scopes until they run out, and belong to one member', async () => {
    const writer = await world.as('contributor')
    const until = new Date(now.getTime() + 3_600_000).toISOString()
    const { body: made } = await writer.call('POST', '/orgs/{org}/tokens', {
      name: 'Script',
      scopes: ['members:read'],
      expiresAt: until,
    })
    expect(made.token).toMatch(new RegExp(`^${made.prefix}`))
    const byToken = (path: string) =>
      world.call('GET', `/orgs/${world.ours}${path}`, undefined, { authorization: `Bearer ${made.token}` })
    expect([(await byToken('/members')).status, (await byToken('/departments')).status]).toEqual([200, 403])
    const { body: list } = await writer.call('GET', '/orgs/{org}/tokens')
    expect(list).toMatchObject([{ name: 'Script', lastUsedAt: now.toISOString() }])
    expect(JSON.stringify(list)).not.toContain(made.token)
    expect((await owner.call('DELETE', `/orgs/{org}/tokens/${made.id}`)).status).toBe(404)
    now = new Date(now.getTime() + 3_600_000)
    expect((await byToken('/members')).status).toBe(401)
  })

  it('note their last use at most once a minute', async () => {
    const writer = await world.as('contributor')
    const { body: made } = await writer.call('POST', '/orgs/{org}/tokens', { name: 'Busy', scopes: ['members'] })
    const use = () =>
      world.call('GET', `/orgs/${world.ours}/members`, undefined, { authorization: `Bearer ${made.token}` })
    const lastUse = async () => (await writer.call('GET', '/orgs/{org}/tokens')).body[0].lastUsedAt
    await use()
    const first = await lastUse()
    now = new Date(now.getTime() + 30_000)
    await use()
    expect(await lastUse()).toBe(first)
    now = new Date(now.getTime() + 31_000)
    await use()
    expect(await lastUse()).toBe(now.toISOString())
  })

  it('make no tokens, and act under their own name in the log', async () => {
    const { body: made } = await owner.call('POST', '/orgs/{org}/tokens', {
      name: 'Narrow',
      scopes: ['tokens', 'departments'],
    })
    const byToken = (body: object, path: string) =>
      world.call('POST', `/orgs/${world.ours}${path}`, body, { authorization: `Bearer ${made.token}` })
    const child = await byToken({ name: 'Outliving', scopes: ['tokens', 'departments'] }, '/tokens')
    expect([child.status, child.body.data.code]).toEqual([403, 'session-needed'])
    expect((await byToken({ name: 'By token' }, '/departments')).status).toBe(201)
    const { body } = await owner.call('GET', '/orgs/{org}/events?verb=department.added&limit=1')
    expect(body.items[0].actor).toEqual({ kind: 'token', id: made.id, name: 'Narrow' })
    expect((await owner.call('DELETE', `/orgs/{org}/tokens/${made.id}`)).status).toBe(200)
    expect((await byToken({ name: 'Too late' }, '/departments')).status).toBe(401)
  })
})
