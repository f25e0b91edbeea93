// How long what people said is kept: what goes and what stays, counted before, and never what somebody still waits for.

import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { picture } from '../../media/testing/samples.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { minute, start } from '../said.testing.ts'
import { closed, contactOf, idOf, later, rule, run, says, secret, traces } from './kept.testing.ts'

const people = ['ann', 'ben', 'cy', 'dee', 'eve', 'fay', 'gus', 'hal']
useInbox(() => keep(people.map((each) => says(each))))

let viewer: TestSession
beforeAll(async () => {
  viewer = await world.as('viewer')
})
beforeEach(async () => {
  setNow(new Date(start.getTime() + 60 * minute))
  for (const each of ['conversations', 'contacts', 'files']) await rule(each, null)
})

const preview = async (name: string, days: number) =>
  (await owner.call('GET', `/orgs/{org}/inbox-retention/preview?class=${name}&days=${days}`)).body

test('everything is kept until somebody who runs the organisation says otherwise', async () => {
  const { body } = await viewer.call('GET', '/orgs/{org}/inbox-retention')
  expect(body.map(({ class: name, days }: { class: string; days: number | null }) => [name, days])).toEqual([
    ['conversations', null],
    ['contacts', null],
    ['files', null],
  ])
  expect((await rule('files', 90, viewer)).status).toBe(403)
  const short = await rule('conversations', 3)
  expect(short).toMatchObject({ status: 422, body: { data: { field: 'days' } } })
  const { body: changed } = await rule('conversations', 90)
  expect(changed[0]).toMatchObject({ class: 'conversations', days: 90, changedBy: { id: owner.memberId } })
  const { body: log } = await owner.call('GET', '/orgs/{org}/events?verb=inbox-retention.changed&limit=1')
  expect(log.items[0].facts).toMatchObject({ class: 'conversations', from: null, to: 90 })
  later(400)
  await rule('conversations', null)
  expect(await run()).toBe(0)
})

test('a closed conversation goes with every word and name of it, its figures stay, and what comes again brings nothing back', async () => {
  const id = await idOf('ann')
  const at = `/orgs/{org}/conversations/${id}`
  await owner.call('POST', `${at}/notes`, { note: `A note on ${secret} of ann` })
  await owner.call('POST', `${at}/answers`, { text: `We know the ${secret} of ann` })
  await asSystem(world.services.db, (tx) =>
    sql`update variants set state = 'published', published_at = ${currentTime()} where answer_id in (select id from answers where conversation_id = ${id})`.execute(
      tx,
    ),
  )
  await asSystem(world.services.db, (tx) =>
    sql`insert into conversation_routes (org_id, conversation_id, decided_at, reasons)
      select org_id, id, began_at, '{"department": null, "priority": null, "skills": [], "tags": []}' from conversations where id = ${id}
      on conflict do nothing`.execute(tx),
  )
  await closed('ann')
  later(91)
  expect(await preview('conversations', 90)).toMatchObject({ count: 1, oldestAt: expect.any(String) })
  expect(await preview('conversations', 120)).toEqual({ count: 0, oldestAt: null })
  await rule('conversations', 90)
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  const { body } = await owner.call('GET', '/orgs/{org}/conversations?state=all&limit=100')
  expect(body.items.map((each: { id: string }) => each.id)).not.toContain(id)
  // The person themselves is of another class.
  expect(await traces(`${secret} of ann`)).toEqual([])
  expect(await traces(`@ann-of-${secret}`)).toEqual([])
  expect(await traces(`ann of ${secret}`)).toEqual(['contact_identities', 'contacts'])
  const considered = await owner.call('GET', `${at}/considered`)
  expect(considered).toMatchObject({ status: 200, body: { route: { department: null, skills: [] } } })
  const { body: log } = await owner.call('GET', '/orgs/{org}/events?verb=inbox-retention.let-go&limit=1')
  expect(log.items[0]).toMatchObject({
    actor: { kind: 'system' },
    facts: { class: 'conversations', count: 1, days: 90 },
  })
  await keep([says('ann')])
  expect(await traces(`${secret} of ann`)).toEqual([])
  const { rows } = await world.database.owner.query('select message_count, state from conversations where id = $1', [
    id,
  ])
  expect(rows).toEqual([{ message_count: 1, state: 'closed' }])
})

test('what is open, still promised, on its way, asked of a department or evidence of an open issue stays', async () => {
  const ids = {
    promised: await closed('ben'),
    sending: await closed('cy'),
    asked: await closed('dee'),
    issue: await closed('eve'),
  }
  const [open, free] = [await idOf('fay'), await closed('gus')]
  const { body: department } = await owner.call('POST', '/orgs/{org}/departments', { name: 'Product' })
  const question = { departmentId: department.id, memberId: null, question: 'What of it?' }
  const asked = await owner.call('POST', `/orgs/{org}/conversations/${ids.asked}/questions`, question)
  expect(asked.status, JSON.stringify(asked.body)).toBe(201)
  const { body: answer } = await owner.call('POST', `/orgs/{org}/conversations/${ids.sending}/answers`, {
    text: 'Soon',
  })
  expect(answer.state).toBe('scheduled')
  await asSystem(world.services.db, async (tx) => {
    const org = world.ours
    const [policy, version, issue, mention] = Array.from({ length: 4 }, () => crypto.randomUUID())
    const now = currentTime()
    await sql`insert into promise_policies (org_id, id, created_at, created_by) values (${org}, ${policy}, ${now}, ${owner.memberId})`.execute(
      tx,
    )
    await sql`insert into promise_versions (org_id, id, policy_id, number, policy, made_at, made_by)
      values (${org}, ${version}, ${policy}, 1, '{}', ${now}, ${owner.memberId})`.execute(tx)
    await sql`insert into promise_clocks (org_id, conversation_id, account_id, metric, round, version_id, state, started_at)
      select org_id, id, account_id, 'resolution', 1, ${version}, 'paused', ${now} from conversations where id = ${ids.promised}`.execute(
      tx,
    )
    await sql`insert into topics (org_id, id, number, name, kind, version, query, created_at, created_by)
      values (${org}, ${crypto.randomUUID()}, 1, 'Fire', 'brand', 1, 'fire', ${now}, ${owner.memberId})`.execute(tx)
    await sql`insert into issues (org_id, id, topic, title, state, severity, opened_at, changed_at)
      values (${org}, ${issue}, 1, 'It burns', 'handled', 'act', ${now}, ${now})`.execute(tx)
    await sql`insert into mentions (org_id, at, id, heard_at, source_id, network, remote_id, kind, body, language, initiator, words, expires_at)
      select ${org}, m.at, ${mention}, ${now}, ${issue}, 'fake', m.remote_id, 'post', '', 'en', 'customer', '{}', ${now} from messages m
        where m.org_id = ${org} and m.conversation_id = ${ids.issue}`.execute(tx)
    await sql`insert into issue_entries (org_id, issue_id, id, kind, at, mention_id)
      values (${org}, ${issue}, ${crypto.randomUUID()}, 'evidence', ${now}, ${mention})`.execute(tx)
  })
  later(40)
  await rule('conversations', 30)
  expect(await preview('conversations', 30)).toMatchObject({ count: 1 })
  expect(await run()).toBe(1)
  const left = (await owner.call('GET', '/orgs/{org}/conversations?state=all&limit=100')).body.items.map(
    (each: { id: string }) => each.id,
  )
  expect(left).toEqual(expect.arrayContaining([...Object.values(ids), open]))
  expect(left).not.toContain(free)
  await asSystem(world.services.db, (tx) => sql`update issues set state = 'closed', reason = 'over'`.execute(tx))
  expect(await run()).toBe(1)
})

test('people without a conversation go, except whoever consented to something', async () => {
  const [fay, hal] = [await contactOf('fay'), await contactOf('hal')]
  const consent = await owner.call('POST', `/orgs/{org}/contacts/${hal}/consents`, { purpose: 'To be quoted' })
  expect(consent.status).toBe(201)
  await closed('fay')
  await closed('hal')
  later(200)
  await rule('conversations', 30)
  await run()
  const there = async () => {
    const { rows } = await world.database.owner.query('select id from contacts where id = any($1)', [[fay, hal]])
    return rows.map(({ id }) => id)
  }
  expect((await there()).sort()).toEqual([fay, hal].sort())
  await rule('contacts', 60)
  expect((await preview('contacts', 60)).count).toBeGreaterThanOrEqual(1)
  await run()
  expect(await there()).toEqual([hal])
  expect(await traces(`fay of ${secret}`)).toEqual([])
})

test('files of closed conversations go as if somebody removed them; those of the library stay', async () => {
  const id = await idOf('dee')
  const upload = async (conversationId?: string) => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(await picture({ width: 20, height: 20 }).png().toBuffer())], 'a.png'))
    if (conversationId) form.append('conversationId', conversationId)
    return (await owner.call('POST', '/orgs/{org}/media', form)).body.id as string
  }
  const [brought, library] = [await upload(id), await upload()]
  await asSystem(world.services.db, (tx) =>
    sql`update department_questions set withdrawn_at = ${currentTime()} where conversation_id = ${id}`.execute(tx),
  )
  later(100)
  await rule('files', 60)
  expect(await preview('files', 60)).toMatchObject({ count: 1 })
  await run()
  const left = (await owner.call('GET', '/orgs/{org}/media')).body.items.map((each: { id: string }) => each.id)
  expect(left).toEqual([library])
  expect((await owner.call('POST', `/orgs/{org}/media/${brought}/restore`)).status).toBe(200)
})

test('what stands behind a wall is counted for its department alone, and told in its own log', async () => {
  await keep([says('ivo')])
  const id = await idOf('ivo')
  const { body: hr } = await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })
  await owner.call('PUT', `/orgs/{org}/departments/${hr.id}/wall`, { walled: true })
  const admin = await world.as('admin')
  await owner.call('PATCH', `/orgs/{org}/members/${admin.memberId}`, { departmentId: hr.id })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: hr.id, note: 'Yours' })
  const shut = { to: 'closed', reason: 'no-answer-needed' }
  expect((await admin.call('POST', `/orgs/{org}/conversations/${id}/state`, shut)).status).toBe(200)
  later(3_000)
  const counted = async (by: TestSession) =>
    (await by.call('GET', '/orgs/{org}/inbox-retention/preview?class=conversations&days=2000')).body.count
  expect((await counted(admin)) - (await counted(owner))).toBe(1)
  await rule('conversations', 2_000)
  await run()
  const told = async (by: TestSession) =>
    (await by.call('GET', '/orgs/{org}/events?verb=inbox-retention.let-go&limit=50')).body.items.filter(
      ({ departmentId }: { departmentId: string | null }) => departmentId === hr.id,
    ).length
  expect([await told(admin), await told(owner)]).toEqual([1, 0])
})
