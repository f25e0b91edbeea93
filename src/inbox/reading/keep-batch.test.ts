// Messages on the real database: in whatever order and however often a network tells them, each is stored once where it belongs.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { anOrganisation, aPracticeAccount, practiceServices } from '../../../test/world/practice.ts'
import type { InboxEvent, Said } from '../../connectors/converse.ts'
import { type FakeNetwork, startFakeNetwork } from '../../connectors/fake/server.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import { batchOf, minute, saidOf, saying, start } from '../said.testing.ts'
import { keepBatch, LeaseLost } from './keep-batch.ts'
import { beginReadings, claimReadings, type Reading, release } from './leases.ts'

let database: TestDatabase
let network: FakeNetwork
let caller: Caller
let reading: Reading
let now: Date

beforeAll(async () => {
  database = await testDatabase()
  network = await startFakeNetwork()
  caller = await anOrganisation(database.db)
  await aPracticeAccount(practiceServices(database.db), caller, network)
})
afterAll(async () => {
  await network.stop()
  await database.close()
})

beforeEach(begin)

async function begin(): Promise<void> {
  now = new Date(start.getTime() + 60 * minute)
  await inOrg(database.db, caller.orgId, async (tx) => {
    for (const table of ['conversations', 'contacts', 'inbox_readings'] as const)
      await tx.deleteFrom(table).where('org_id', '=', caller.orgId).execute()
  })
  reading = await claim()
}

async function claim(): Promise<Reading> {
  const claimed = await asSystem(database.db, async (tx) => {
    await beginReadings(tx, ['fake'], now)
    return claimReadings(tx, now, 10)
  })
  expect(claimed).toHaveLength(1)
  return claimed[0]!
}

const keep = (events: InboxEvent[]) =>
  keepBatch(database.db, reading, batchOf(events), { network: 'fake', now, label: () => null })

interface Shown {
  messages: string[]
  waiting: Date | null
  contact: string | null
  state: string
  preview: string
  reopened: number
}

const conversations = (): Promise<Shown[]> =>
  inOrg(database.db, caller.orgId, async (tx) => {
    const found = await sql<Shown>`
      select array(select remote_id from messages m where m.org_id = c.org_id and m.conversation_id = c.id order by at, id) as messages,
          c.waiting_since as waiting, p.name as contact, c.state, c.preview, c.reopened
        from conversations c left join contacts p on p.org_id = c.org_id and p.id = c.contact_id where c.org_id = ${caller.orgId}
        order by c.began_at, c.id`.execute(tx)
    return found.rows
  })

const after = (minutes: number): Date => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
const ours = { isOurs: true, author: by('we') }

test('who joins a public thread begins a conversation; what is answered in it stays in it', async () => {
  await keep([
    saying(saidOf('1', { at: after(1) })),
    saying(saidOf('2', { at: after(2), author: by('ben') })),
    saying(saidOf('3', { at: after(3), replyTo: '1', ...ours })),
    saying(saidOf('4', { at: after(4), replyTo: '3' })),
  ])
  expect(await conversations()).toMatchObject([
    { messages: ['1', '3', '4'], contact: 'Ann', waiting: after(4), preview: 'This is 4' },
    { messages: ['2'], contact: 'ben', waiting: after(2) },
  ])
})

test('where somebody else began the thread by naming us, our answer stays with what it answers, also when it comes first', async () => {
  const named = { thread: 'named', root: { id: 'named', url: '' }, about: null }
  const mention = saidOf('named', { ...named, kind: 'mention', replyTo: null })
  await keep([saying(saidOf('answer', { ...named, at: after(1), replyTo: 'named', ...ours }))])
  await keep([saying(mention), saying(saidOf('thanks', { ...named, at: after(2), replyTo: 'answer' }))])
  expect(await conversations()).toMatchObject([{ messages: ['named', 'answer', 'thanks'], contact: 'Ann' }])
})

test('in private a thread is one conversation', async () => {
  const inPrivate = { isPrivate: true, kind: 'message', thread: 'talk', root: null, replyTo: null } as const
  await keep([saying(saidOf('a', inPrivate)), saying(saidOf('b', { ...inPrivate, at: after(1), ...ours }))])
  expect(await conversations()).toMatchObject([{ messages: ['a', 'b'], waiting: null }])
})

test('edits are followed, and what is gone at the network is gone here', async () => {
  await keep([saying(saidOf('1')), saying(saidOf('2', { replyTo: '1', at: after(1) }))])
  await keep([{ type: 'changed', said: saidOf('2', { replyTo: '1', at: after(1), text: 'Better words' }) }])
  expect(await conversations()).toMatchObject([{ preview: 'Better words', waiting: start }])
  await keep([
    { type: 'removed', id: '1' },
    { type: 'removed', id: 'never-told' },
  ])
  expect(await conversations()).toMatchObject([{ messages: ['1', '2'], waiting: after(1) }])
  const [gone] = await inOrg(database.db, caller.orgId, (tx) =>
    tx.selectFrom('messages').select(['body', 'removed_at']).where('remote_id', '=', '1').execute(),
  )
  expect(gone).toEqual({ body: '', removed_at: now })
})

test('programs, spam and bounces wait for nobody', async () => {
  await keep([
    saying(saidOf('1', { marks: ['automatic'] })),
    saying(saidOf('2', { marks: ['spam'], author: by('ben') })),
    saying(saidOf('3', { marks: ['bounce'], author: by('cy') })),
  ])
  expect((await conversations()).map(({ waiting }) => waiting)).toEqual([null, null, null])
})

test('somebody who speaks again opens what was closed; an old message that comes late does not, nor does spam', async () => {
  await keep([
    saying(saidOf('1')),
    saying(saidOf('2', { author: by('ben') })),
    saying(saidOf('3', { author: by('cy') })),
  ])
  await inOrg(database.db, caller.orgId, (tx) =>
    sql`update conversations set state = 'closed', closed_at = ${after(10)}, reason = case branch when '3' then 'spam' else 'answered' end`.execute(
      tx,
    ),
  )
  now = after(70)
  await keep([
    saying(saidOf('4', { replyTo: '1', at: after(20) })),
    saying(saidOf('5', { replyTo: '2', at: after(5) })),
    saying(saidOf('6', { replyTo: '3', at: after(20) })),
  ])
  const states = (await conversations()).map(({ messages, state, reopened }) => ({ [messages[0]!]: [state, reopened] }))
  expect(Object.assign({}, ...states)).toEqual({ 1: ['open', 1], 2: ['closed', 0], 3: ['closed', 0] })
})

test('whoever lost the lease stores nothing, and the other one goes on from the same place', async () => {
  await keep([saying(saidOf('1'))])
  const late = reading
  await asSystem(database.db, (tx) => release(tx, reading, { now, dueAt: now, failure: null }))
  reading = await claim()
  expect(reading.cursor).toBe(1)
  await expect(
    keepBatch(database.db, late, batchOf([saying(saidOf('2'))]), { network: 'fake', now, label: () => null }),
  ).rejects.toThrow(LeaseLost)
  await keep([saying(saidOf('2', { author: by('ben') }))])
  expect((await conversations()).map(({ messages }) => messages)).toEqual([['1'], ['2']])
})

/** A thread as people write it: each message answers the post or an earlier message. */
const threads = fc
  .array(fc.record({ answers: fc.nat(), isOurs: fc.boolean(), isGone: fc.boolean() }), { minLength: 1, maxLength: 9 })
  .map((all) =>
    all.map(({ answers, isOurs, isGone }, at): Said => {
      const to = answers % (at + 1)
      return saidOf(`m${at}`, {
        ...{ at: after(at), replyTo: to === 0 ? 'post' : `m${to - 1}`, marks: isGone ? ['gone'] : [] },
        ...(isOurs ? ours : { author: by(`p${at % 3}`) }),
      })
    }),
  )

/** The same, told plainly: follow the answers up to the post. */
function branches(thread: readonly Said[]): string[][] {
  const byId = new Map(thread.map((said) => [said.id, said]))
  const headOf = (said: Said): string => {
    const parent = byId.get(said.replyTo!)
    return parent ? headOf(parent) : said.id
  }
  return [...Map.groupBy(thread, headOf).values()].map((some) => some.map(({ id }) => id))
}

function waitingSince(some: readonly Said[]): Date | null {
  const lastOurs = some.findLastIndex(({ isOurs }) => isOurs)
  return some.slice(lastOurs + 1).find(({ marks }) => marks.length === 0)?.at ?? null
}

test('in any order, in any lots and told again, a thread is stored as it stands on the network', async () => {
  await fc.assert(
    fc.asyncProperty(threads, fc.infiniteStream(fc.nat()), async (thread, chances) => {
      await begin()
      const chance = (below: number) => chances.next().value! % below
      const told = [...thread, ...thread.filter(() => chance(3) === 0)]
        .map((said) => ({ said, place: chance(1000) }))
        .sort((a, b) => a.place - b.place)
        .map(({ said }) => said)
      while (told.length > 0) await keep(told.splice(0, 1 + chance(4)).map(saying))
      const stored = await conversations()
      expect(stored.map(({ messages }) => messages)).toEqual(branches(thread))
      const byId = new Map(thread.map((said) => [said.id, said]))
      for (const { messages, waiting } of stored)
        expect(waiting).toEqual(waitingSince(messages.map((id) => byId.get(id)!)))
    }),
    { numRuns: 40 },
  )
}, 60_000)
