// Rights that end: from the very next request on they are gone, in whichever process they were taken and whichever is asked.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { apiPath } from '../../src/contract.ts'
import { type Database, openAt } from '../../src/db/open.ts'
import type { Role } from '../../src/people/permissions.ts'
import { routes } from '../../src/routes.ts'
import { type TestApp, type TestSession, testApp } from '../world/app.ts'

let world: TestApp
let owner: TestSession
let second: Database
let other: ReturnType<typeof createApp>
beforeAll(async () => {
  world = await testApp()
  owner = await world.as('owner')
  // As another process beside the first: connections of its own, and nothing that it could remember of the first.
  second = await openAt(world.database.connection)
  other = createApp({ ...world.services, db: second.db, owner: second.owner } as typeof world.services, routes)
})
afterAll(async () => {
  await second.close()
  await world.close()
})

interface Asking {
  token: string
  orgId: string
}

/** What both processes answer to the same request, one after the other. */
async function asked({ token, orgId }: Asking, path: string, init: RequestInit = {}): Promise<number[]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answers: number[] = []
  for (const each of [world.app, other])
    answers.push((await each.request(`${apiPath}/orgs/${orgId}${path}`, { headers, ...init })).status)
  return answers
}

/** A person and a token of theirs, which both have been used in both processes. */
async function inUse(role: Role): Promise<{ person: TestSession; program: Asking; programId: string }> {
  const person = await world.as(role)
  const { body } = await person.call('POST', '/orgs/{org}/tokens', { name: 'Program', scopes: ['members'] })
  const program = { token: body.token as string, orgId: person.orgId }
  expect(await asked(person, '/members')).toEqual([200, 200])
  expect(await asked(program, '/members')).toEqual([200, 200])
  return { person, program, programId: body.id }
}

const rename = { method: 'PATCH', body: JSON.stringify({ name: 'Ours' }) }

test('a role that is less from now on allows less from now on', async () => {
  const { person } = await inUse('admin')
  expect(await asked(person, '', rename)).toEqual([200, 200])
  await owner.call('PATCH', `/orgs/{org}/members/${person.memberId}`, { role: 'viewer' })
  expect(await asked(person, '', rename)).toEqual([403, 403])
  await owner.call('PATCH', `/orgs/{org}/members/${person.memberId}`, { role: 'admin' })
  expect(await asked(person, '', rename)).toEqual([200, 200])
})

test('who has left finds no organisation, and so does their program', async () => {
  const { person, program } = await inUse('contributor')
  await owner.call('DELETE', `/orgs/{org}/members/${person.memberId}`)
  const found = [...(await asked(person, '/members')), ...(await asked(program, '/members'))]
  expect(found).not.toContain(200)
  expect(found.slice(2)).toEqual([401, 401])
})

test('a token that is revoked opens nothing', async () => {
  const { person, program, programId } = await inUse('contributor')
  await person.call('DELETE', `/orgs/{org}/tokens/${programId}`)
  expect(await asked(program, '/members')).toEqual([401, 401])
  expect(await asked(person, '/members')).toEqual([200, 200])
})

test('a session that is ended opens nothing', async () => {
  const { person } = await inUse('contributor')
  await second.db.deleteFrom('sessions').where('user_id', '=', person.userId).execute()
  expect(await asked(person, '/members')).toEqual([401, 401])
})

test('a member of one organisation is none of another, whichever way its id is written', async () => {
  const { person, program } = await inUse('owner')
  for (const orgId of [world.theirs, world.theirs.toUpperCase()])
    for (const { token } of [person, program]) expect(await asked({ token, orgId }, '/members')).toEqual([404, 404])
  expect(await asked({ ...person, orgId: world.ours.toUpperCase() }, '/members')).toEqual([200, 200])
})
