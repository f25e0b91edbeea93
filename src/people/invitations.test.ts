// Joining by invitation, through the API.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { asSystem } from '../db/tx.ts'
import { sendInvitation } from './jobs.ts'

let world: TestApp
let owner: TestSession
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  world = await testApp({ mail: true, clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const secretOf = (link: string): string => link.split('/').at(-1)!

describe('invitations', () => {
  it('make a user, a member and a session, once', async () => {
    const { status, body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: 'New.Person@Example.org',
      role: 'manager',
    })
    expect([status, invited.email, invited.mailed]).toEqual([201, 'new.person@example.org', true])
    const secret = secretOf(invited.link)
    expect((await world.call('GET', `/invitations/${secret}`)).body).toMatchObject({
      email: 'new.person@example.org',
      role: 'manager',
      hasUser: false,
    })
    expect((await world.call('POST', `/invitations/${secret}/accept`, { name: 'New Person' })).body.data).toEqual({
      code: 'required',
      field: 'password',
    })
    const joined = await world.call('POST', `/invitations/${secret}/accept`, {
      name: 'New Person',
      password: 'a good long one',
    })
    expect(joined.status, JSON.stringify(joined.body)).toBe(200)
    expect(joined.headers.get('set-cookie')).toMatch(/longrun\.session_token=/)
    const me = await world.call('GET', '/me', undefined, { authorization: `Bearer ${joined.body.token}` })
    expect(me.body).toMatchObject({ user: { name: 'New Person' }, memberships: [{ role: 'manager' }] })
    expect(
      (await world.call('POST', `/invitations/${secret}/accept`, { name: 'Again', password: 'a good long one' })).body
        .data,
    ).toEqual({ code: 'invitation-accepted' })
  })

  it('are never open to two at the same moment', async () => {
    const { body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: 'twice@example.org',
      role: 'viewer',
    })
    const path = `/invitations/${secretOf(invited.link)}/accept`
    const answers = await Promise.all(
      [1, 2].map((number) => world.call('POST', path, { name: `Person ${number}`, password: 'a good long one' })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.find(({ status }) => status !== 200)?.status).toBeLessThan(500)
  })

  it('of two organisations, taken up at the same moment, make one user', async () => {
    const theirs = await world.as('owner', world.theirs)
    const links = await Promise.all(
      [owner, theirs].map(
        async (inviter) =>
          (await inviter.call('POST', '/orgs/{org}/invitations', { email: 'both@example.org', role: 'viewer' })).body
            .link,
      ),
    )
    const answers = await Promise.all(
      links.map((link) =>
        world.call('POST', `/invitations/${secretOf(link)}/accept`, { name: 'Both', password: 'a good long one' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    const late = links[answers.findIndex(({ status }) => status === 401)]!
    const token = answers.find(({ status }) => status === 200)!.body.token
    expect(
      (await world.call('POST', `/invitations/${secretOf(late)}/accept`, {}, { authorization: `Bearer ${token}` }))
        .status,
    ).toBe(200)
  })

  it('arrive by mail with a secret that also proves the address', async () => {
    world.mails.length = 0
    const { body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: 'by-mail@example.org',
      role: 'viewer',
    })
    const jobs = await world.database.owner.query<{ data: never }>(
      `select data from pgboss.job where name = $1 and data->>'invitationId' = $2`,
      [sendInvitation.name, invited.id],
    )
    expect(JSON.stringify(jobs.rows)).not.toContain(secretOf(invited.link))
    await sendInvitation.run(world.services, sendInvitation.payload.parse(jobs.rows[0]!.data))
    expect(world.mails).toMatchObject([{ to: 'by-mail@example.org' }])
    const mailed = /join\/(\S+)/.exec(world.mails[0]!.text)![1]!
    await world.call('POST', `/invitations/${mailed}/accept`, { name: 'By Mail', password: 'a good long one' })
    const users = await world.services.db
      .selectFrom('users')
      .select(['email', 'email_verified'])
      .where('email', 'in', ['by-mail@example.org', 'new.person@example.org'])
      .orderBy('email')
      .execute()
    expect(users).toEqual([
      { email: 'by-mail@example.org', email_verified: true },
      { email: 'new.person@example.org', email_verified: false },
    ])
  })

  it('to an address that has a user need that user', async () => {
    const known = await world.as('viewer', world.theirs)
    const other = await world.as('viewer', world.theirs)
    const { body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: known.email,
      role: 'approver',
    })
    const path = `/invitations/${secretOf(invited.link)}/accept`
    expect((await world.call('POST', path, {})).body.data.code).toBe('sign-in-needed')
    expect((await other.call('POST', path, {})).body.data.code).toBe('signed-in-as-other')
    expect((await known.call('POST', path, {})).status).toBe(200)
    expect((await known.call('GET', `/orgs/${world.ours}`)).status).toBe(200)
  })

  it('end by time, by withdrawal and by a newer one', async () => {
    const invite = async () =>
      secretOf(
        (await owner.call('POST', '/orgs/{org}/invitations', { email: 'slow@example.org', role: 'viewer' })).body.link,
      )
    const first = await invite()
    const second = await invite()
    expect((await world.call('GET', `/invitations/${first}`)).body.data.code).toBe('invitation-revoked')
    const list = async () =>
      (await owner.call('GET', '/orgs/{org}/invitations')).body.filter(
        (each: { email: string }) => each.email === 'slow@example.org',
      )
    const [open] = await list()
    expect((await owner.call('DELETE', `/orgs/{org}/invitations/${open.id}`)).status).toBe(200)
    expect((await world.call('GET', `/invitations/${second}`)).status).toBe(410)
    const third = await invite()
    now = new Date(now.getTime() + 7 * 86_400_000)
    expect((await world.call('GET', `/invitations/${third}`)).body.data.code).toBe('invitation-expired')
    expect(await list()).toEqual([])
  })

  it('of admins make no owners', async () => {
    const admin = await world.as('admin')
    const refused = await admin.call('POST', '/orgs/{org}/invitations', { email: 'boss@example.org', role: 'owner' })
    expect([refused.status, refused.body.data]).toEqual([422, { code: 'only-owners-make-owners', field: 'role' }])
  })

  it('are kept as hashes', async () => {
    const { body: invited } = await owner.call('POST', '/orgs/{org}/invitations', {
      email: 'hash@example.org',
      role: 'viewer',
    })
    const rows = await asSystem(world.services.db, (tx) => tx.selectFrom('invitations').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(secretOf(invited.link))
  })
})
