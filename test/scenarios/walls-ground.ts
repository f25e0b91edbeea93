// The ground of tests of walls: people of each department, what they read before anything stood behind a wall, and then something does.

import { afterAll, expect } from 'vitest'
import type { DraftMedia } from '../../src/connectors/contract.ts'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import { asSystem, seenBy } from '../../src/db/tx.ts'
import { fanOutEvents } from '../../src/events/fan-out.ts'
import { followConversations } from '../../src/inbox/conversations/live.ts'
import { keep, network, owner, useInbox, world } from '../../src/inbox/ground.testing.ts'
import { minute, saidOf, saying, start } from '../../src/inbox/said.testing.ts'
import { newId } from '../../src/lib/ids.ts'
import { type MediaWish, mediaFile } from '../../src/media/actions.ts'
import { picture } from '../../src/media/testing/samples.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import type { TestSession } from '../world/app.ts'
import { type Receiver, startReceiver } from '../world/receiver.ts'
import { aDepartment, aMember, readAll, readings, tokenOf } from './walls-world.ts'

/** Occurs behind the wall alone. */
export const secret = 'zwetschgenmus'

let receiver: Receiver
export let departments: { hr: string; investors: string; service: string }
/** By what they are. */
export const people = new Map<string, TestSession>()
export let hr: TestSession
export let paths: string[]
/** The conversation of each walled department. */
export const walled = new Map<string, string>()
export const before = new Map<string, Map<string, string>>()
export const streams: { name: string; ids: string[]; stop(): Promise<void> }[] = []

export const everything = () => ({ ...world.services, db: seenBy(world.services.db, 'all') })

/** Somebody writes, and it is in the department from its first word on, as routing has it. */
export async function said(id: string, departmentId: string | null, text: string, part = ''): Promise<string> {
  if (!part) network.createAccount(id)
  const post = network.say(id, text)
  const thread = `private ${id} ${part}`
  const conversationId = newId()
  await asSystem(world.services.db, async (tx) => {
    const account = await tx
      .selectFrom('accounts')
      .select('id')
      .where('org_id', '=', world.ours)
      .executeTakeFirstOrThrow()
    const row = { org_id: world.ours, id: conversationId, account_id: account.id, thread, branch: '', kind: 'message' }
    const about = { is_private: true, began_at: start, last_at: start, department_id: departmentId }
    await tx
      .insertInto('conversations')
      .values({ ...row, ...about })
      .execute()
  })
  await keep([
    saying(
      saidOf(post.id, {
        ...{ thread, isPrivate: true, kind: 'message', replyTo: null, about: null, text },
        author: { id, handle: id, name: departmentId ? `${id} ${secret}` : id, url: null, followers: 1 },
        ref: { id: post.id, url: `${network.url}/${post.id}` },
      }),
    ),
  ])
  return conversationId
}

let files = 0

/** A picture as it is attached to an answer there; without a conversation one for the library. */
export async function aFile(by: TestSession, conversationId: string | null, name = secret): Promise<DraftMedia> {
  files += 1
  const content = await picture({ width: 40, height: 30, noise: files }).png().toBuffer()
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], `${name}.png`))
  form.append('alt', name)
  if (conversationId) form.append('conversationId', conversationId)
  const { status, body } = await by.call('POST', '/orgs/{org}/media', form)
  expect(status, JSON.stringify(body)).toBe(201)
  const { id, kind, type, bytes, width, height, seconds, alt } = body
  return { id, kind, type, bytes, width, height, seconds, alt }
}

/** How the addresses of a file answer somebody: the file itself and its small picture. */
export const fileStatus = async ({ token, orgId }: TestSession, id: string): Promise<[number, number]> => {
  const statusOf = async (size: string) => {
    const answer = await world.request(`/files/${orgId}/${id}/${size}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await answer.body?.cancel()
    return answer.status
  }
  return [await statusOf('original'), await statusOf('thumbnail')]
}

/** Everything that members of a department do with what was said to them. */
async function handle(id: string, by: TestSession, colleague: TestSession): Promise<void> {
  const call = async (method: string, path: string, body?: object) => {
    const answer = await by.call(method, `/orgs/{org}/conversations/${id}${path}`, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
    return answer.body
  }
  await call('POST', '/assign', { ownerId: colleague.memberId, note: secret })
  await call('POST', '/assign', { ownerId: by.memberId })
  await call('POST', '/notes', { note: `${secret} again` })
  const file = await aFile(by, id)
  await call('POST', '/answers', { text: `We know of the ${secret}`, media: [file] })
  const media = (orgId: string, fileId: string, wish: MediaWish) => mediaFile(everything(), orgId, fileId, wish)
  const worker = startWorker(
    { services: everything(), connectorOf: () => createFakeConnector(), media },
    { pollMs: 20 },
  )
  await worker.idle()
  await worker.stop()
  await call('POST', '/answers', { text: `And of more ${secret}`, media: [file] })
  await call('POST', '/state', { to: 'snoozed', until: new Date(start.getTime() + 600 * minute).toISOString() })
  await call('POST', '/state', { to: 'open' })
  const { contact, department } = await call('GET', '')
  const goal = { departmentId: department.id, weekly: 77 }
  expect((await colleague.call('PUT', '/orgs/{org}/begun-conversations/goal', goal)).status).toBe(204)
  for (const [path, body] of [
    ['notes', { text: secret }],
    ['tags', { tag: secret }],
    ['consents', { purpose: secret }],
  ] as const)
    expect((await by.call('POST', `/orgs/{org}/contacts/${contact.id}/${path}`, body)).status).toBe(201)
}

/** Call it at the top of a test file. */
export function useWalls(): void {
  useInbox(async () => {
    receiver = await startReceiver()
    await somebodyOfEach()
    const hook = await owner.call('POST', '/orgs/{org}/webhooks', { url: receiver.url, verbs: [] })
    expect(hook.status, JSON.stringify(hook.body)).toBe(201)
    paths = readings(secret, Object.values(departments))
    for (const [name, session] of people) await follow(name, session)
    await fanOutEvents(everything(), world.ours)
    for (const [name, session] of people) before.set(name, await readAll(session, paths))
    walled.set('hr', await said('hans', departments.hr, `About the ${secret} of my colleague`))
    await handle(walled.get('hr')!, hr, people.get('leads HR')!)
    walled.set('investors', await said('irma', departments.investors, `When is the ${secret} due`))
    const investors = people.get('of investor relations')!
    await handle(walled.get('investors')!, investors, investors)
    await fanOutEvents(everything(), world.ours)
  })
  afterAll(async () => {
    for (const { stop } of streams.splice(0)) await stop()
    for (const known of [people, walled, before]) known.clear()
    await receiver.stop()
  })
}

const scopes =
  'inbox contacts events posts accounts holds notifications webhooks departments members listening media stock'.split(
    ' ',
  )

async function somebodyOfEach(): Promise<void> {
  Object.assign(world.services.config, { allowPrivate: ['127.0.0.1'] })
  await keep([saying(saidOf('open', { text: 'Does it burn in the rain?' }))])
  departments = {
    hr: await aDepartment('HR', true),
    investors: await aDepartment('Investor relations', true),
    service: await aDepartment('Service', false),
  }
  hr = await aMember('contributor', departments.hr)
  people.set('of HR', hr).set('leads HR', await aMember('manager', departments.hr))
  people.set('of investor relations', await aMember('manager', departments.investors))
  people.set('owner', owner).set('admin of service', await aMember('admin', departments.service))
  people.set('viewer', await aMember('viewer', null))
  people.set('approver of service', await aMember('approver', departments.service))
  const token = await tokenOf(owner, scopes)
  people.set('token of the owner', token)
  // When it was used first is seen by its owner.
  await token.call('GET', '/orgs/{org}/departments')
}

async function follow(name: string, { memberId }: TestSession): Promise<void> {
  const [stop, ids]: [AbortController, string[]] = [new AbortController(), []]
  const deps = { db: seenBy(world.services.db, { memberId }), notices: world.services.notices }
  const live = followConversations(deps, { orgId: world.ours } as never, stop.signal)
  await live.next()
  const reading = (async () => {
    for await (const told of live) ids.push(...told.ids)
  })()
  const end = () => {
    stop.abort()
    return reading
  }
  streams.push({ name, ids, stop: end })
}

/** What becomes of `look` while the wall of this table is not there. */
export async function without<T>(table: string, look: () => Promise<T>): Promise<T> {
  const { rows } = await world.database.owner.query(
    `select qual from pg_policies where tablename = $1 and policyname = 'departments'`,
    [table],
  )
  expect(rows).toHaveLength(1)
  await world.database.owner.query(`alter policy departments on ${table} using (true)`)
  try {
    return await look()
  } finally {
    await world.database.owner.query(`alter policy departments on ${table} using (${rows[0].qual})`)
  }
}
