// What is stored of how conversations stood says the same as what was said and done in them: after whatever people and networks do to them, at once.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem, inOrg, readInOrg, seenBy } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { wakeConversations } from '../conversations/wake.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { connectedLongAgo, goTo, say } from '../promises/promises-world.testing.ts'
import { saidOf, saying } from '../said.testing.ts'
import { always, keepSpans } from './keep-spans.ts'
import { readLoad } from './load.ts'
import { piecesOf } from './pieces.ts'
import { factsOf } from './store-load.ts'

let agent: TestSession
let hr = ''
useInbox(async () => {
  await connectedLongAgo()
  agent = await world.as('contributor')
  goTo(-60)
  hr = (await call('POST', 'departments', { name: 'HR' })).id
  goTo(0)
})

const call = async (method: string, path: string, body?: object) => {
  const answer = await owner.call(method, `/orgs/{org}/${path}`, body)
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
  return answer.body
}
const load = (session = owner) => session.call('GET', '/orgs/{org}/inbox-load?from=2027-01-12&to=2027-01-12&step=hour')
const everywhere = () => seenBy(world.services.db, 'all')

interface Stored {
  conversation_id: string
  since: Date[]
  stands: number[]
  owner_ids: (string | null)[]
  department_ids: (string | null)[]
}
const stored = () =>
  asSystem(world.services.db, (tx) =>
    sql<Stored>`select * from conversation_spans order by conversation_id`.execute(tx),
  )
const marks = () =>
  asSystem(world.services.db, async (tx) =>
    (
      await sql<{ id: string }>`select distinct conversation_id as id from conversation_span_marks`.execute(tx)
    ).rows.map(({ id }) => id),
  )

/** Minute by minute, from what was said and done, and from what is stored: the same number of each kind. */
async function mustAgree(): Promise<void> {
  const { rows } = await stored()
  const facts = await inOrg(everywhere(), world.ours, async (tx) => {
    const ids = (await tx.selectFrom('conversations').select('id').execute()).map(({ id }) => id)
    return factsOf(tx, world.ours, ids)
  })
  const told = facts.flatMap((one) => piecesOf(one, always).map((piece) => ({ id: one.id, ...piece })))
  expect(new Set(rows.map(({ conversation_id }) => conversation_id))).toEqual(new Set(told.map(({ id }) => id)))
  for (let minute = -120; minute < 600; minute += 5) {
    const at = currentTime().getTime() - 300 * 60_000 + minute * 60_000
    const truly = told
      .filter(({ from, to }) => from <= at && at < to)
      .map((piece) => [
        piece.id,
        piece.ownerId,
        piece.departmentId,
        1 + (piece.isWaiting ? 2 : 0) + (piece.isPutOff ? 4 : 0),
      ])
    const kept = rows.flatMap((row) => {
      const place = row.since.findLastIndex((since) => since.getTime() <= at)
      return place < 0 || row.stands[place] === 0
        ? []
        : [[row.conversation_id, row.owner_ids[place], row.department_ids[place], row.stands[place]]]
    })
    expect(kept.toSorted()).toEqual(truly.toSorted())
  }
}

/** Told while nothing of it is stored, and once all is. */
async function sameBothWays(): Promise<void> {
  const before = (await load()).body
  expect((await marks()).length).toBeGreaterThan(0)
  await keepSpans(world.services)
  expect(await marks()).toEqual([])
  expect((await load()).body).toEqual(before)
  await mustAgree()
}

const author = { id: 'one', handle: 'one', name: 'one', url: null, followers: null }
const ids: Record<string, string> = {}

test('what is said, given, put off, closed and opened again', async () => {
  ids.first = await say('first', { intent: 'question' })
  ids.second = await say('second', { intent: 'complaint' })
  goTo(10)
  await call('POST', `conversations/${ids.first}/assign`, { ownerId: agent.memberId })
  await sameBothWays()
  goTo(20)
  await say('first-ours', { author: 'first', replyTo: 'first', isOurs: true })
  await call('POST', `conversations/${ids.second}/state`, { to: 'closed', reason: 'no-answer-needed' })
  await sameBothWays()
  goTo(40)
  await say('second-again', { author: 'second', replyTo: 'second' })
  await call('POST', `conversations/${ids.first}/state`, {
    to: 'snoozed',
    until: new Date(currentTime().getTime() + 60_000).toISOString(),
  })
  await sameBothWays()
  goTo(50)
  await wakeConversations(world.services)
  await sameBothWays()
})

test('what comes late is counted where it was said', async () => {
  goTo(70)
  await keep([
    saying(
      saidOf('late', {
        author,
        at: new Date(currentTime().getTime() - 45 * 60_000),
        thread: 'first',
        root: { id: 'first', url: '' },
        replyTo: 'first',
      }),
    ),
  ])
  await sameBothWays()
})

test('what is put together and taken apart again', async () => {
  goTo(80)
  const root = { id: 'other', url: '' }
  await keep([
    saying(saidOf('one', { author, at: currentTime() })),
    saying(saidOf('two', { author, at: currentTime(), thread: 'other', root, replyTo: 'other' })),
  ])
  const { items } = await call('GET', 'conversations?state=open')
  const [one, two] = ['one', 'two'].map(
    (each) => items.find(({ preview }: { preview: string }) => preview === `This is ${each}`).id,
  )
  await sameBothWays()
  goTo(85)
  const joined = await call('POST', `conversations/${one}/merge`, { from: two })
  await sameBothWays()
  goTo(90)
  await call('POST', `conversation-joins/${joined.id}/undo`)
  await sameBothWays()
})

test('nobody sees what goes behind a wall, from the moment on, stored or not', async () => {
  goTo(100)
  const openOf = async (session: TestSession) => (await load(session)).body.points.at(-1).open
  const storedFor = async (session: TestSession) =>
    readInOrg(seenBy(world.services.db, { memberId: session.memberId }), world.ours, async (tx) =>
      Number(
        (
          await sql<{
            n: number
          }>`select count(*) as n from conversation_spans where conversation_id = ${ids.first}`.execute(tx)
        ).rows[0]!.n,
      ),
    )
  const before = await openOf(agent)
  expect(await storedFor(agent)).toBe(1)
  await call('PUT', `departments/${hr}/wall`, { walled: true })
  await call('POST', `conversations/${ids.first}/assign`, { departmentId: hr, note: 'For you' })
  expect(await storedFor(agent)).toBe(0)
  expect(await openOf(agent)).toBe(before - 1)
  const groups = JSON.stringify((await load(agent)).body)
  expect(groups).not.toContain(hr)
  await keepSpans(world.services)
  expect([await openOf(agent), await storedFor(agent)]).toEqual([before - 1, 0])
  await owner.call('PATCH', `/orgs/{org}/members/${agent.memberId}`, { departmentId: hr })
  expect([await openOf(agent), await storedFor(agent)]).toEqual([before, 1])
  await call('PUT', `departments/${hr}/wall`, { walled: false })
  expect(await openOf(owner)).toBe(before)
  await mustAgree()
})

test('people and networks change conversations while they are told anew: nothing is lost, and nobody is in the way', async () => {
  goTo(120)
  const many = await Promise.all(Array.from({ length: 6 }, (_, at) => say(`race-${at}`, { intent: 'question' })))
  const changes = Array.from({ length: 4 }, async (_, turn) => {
    for (const id of turn % 2 === 0 ? many : many.toReversed()) {
      const answer = await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, {
        ownerId: turn % 2 === 0 ? agent.memberId : null,
      })
      expect(answer.status).toBeLessThan(300)
    }
  })
  let isOver = false
  const telling = Array.from({ length: 3 }, async () => {
    while (!isOver) await keepSpans(world.services)
  })
  await Promise.all(changes)
  isOver = true
  await Promise.all(telling)
  await keepSpans(world.services)
  expect(await marks()).toEqual([])
  await mustAgree()
  const caller = { orgId: world.ours } as Caller
  const { points } = await readLoad({ ...world.services, db: everywhere() }, caller, {
    from: '2027-01-12',
    to: '2027-01-12',
    step: 'hour',
  })
  const list = await call('GET', 'conversations?state=open&limit=200')
  const snoozed = await call('GET', 'conversations?state=snoozed&limit=200')
  expect(points.at(-1)!.open).toBe(list.items.length + snoozed.items.length)
})
