// Finds for what is about to be stored the first that said it: the original of a repost, or what says nearly the same within days.

import { sql } from 'kysely'
import { uuids } from '../../db/arrays.ts'
import type { Tx } from '../../db/tx.ts'
import { repostDays } from './double-span.ts'
import { mentionId } from './identity.ts'
import type { NewMention } from './new-mention.ts'
import { type Head, includesAll, nearMs, recentHeads } from './recent-heads.ts'

/** So many of what an organisation heard before this process began are known to it. */
const mostWarmed = 1_000

/** What this process stored, what it found when it began, and what other processes tell of. */
export const recent = recentHeads()
/** Organisations of which this process knows what was said before it began. */
const warmed = new Set<string>()

interface Wanted {
  key: string
  id: string
  at: Date
  mention: NewMention
}

/**
 * Heads by the keys of `fresh`. Each head is looked at in the database and stays there until the transaction ends: what memory knows may
 * have been taken back, or never been stored. A head stands under at least the same topics, so that nothing is hidden anywhere.
 */
export async function findHeads(tx: Tx, fresh: readonly Wanted[]): Promise<Map<string, string>> {
  const guesses = new Map<string, string>()
  await warmUp(tx, [...new Set(fresh.flatMap(({ mention }) => (mention.marks ? [mention.orgId] : [])))])
  const said = new Map(fresh.flatMap((each) => (each.mention.marks ? [[each.key, saidBy(each)] as const] : [])))
  for (const each of fresh) {
    const own = said.get(each.key)
    const guess = originalOf(each) ?? (own && recent.find(own)?.id)
    if (guess !== undefined && guess !== each.id) guesses.set(each.key, guess)
  }
  const there = await lookAt(tx, fresh, guesses)
  return decide(fresh, said, (each) => there.get(`${each.mention.orgId} ${guesses.get(each.key)}`))
}

const originalOf = ({ mention: { network, heard } }: Wanted): string | undefined =>
  heard.repostOf === null ? undefined : mentionId(network, heard.repostOf)

const saidBy = ({ id, at, mention: { orgId, topics, marks } }: Wanted): Head => ({
  orgId,
  id,
  at,
  topics,
  marks: marks!,
})

/** In the order in which they were said: the first of a batch is the head of the others, and nothing is the head of what became its head. */
function decide(
  fresh: readonly Wanted[],
  said: ReadonlyMap<string, Head>,
  thereFor: (each: Wanted) => There | undefined,
): Map<string, string> {
  const found = new Map<string, string>()
  /** Under which head each of the batch came, as far as they are decided. */
  const decided = new Map<string, There>()
  const inOrder = [...fresh].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
  for (const each of inOrder) {
    const { orgId, topics } = each.mention
    const own = said.get(each.key)
    const fitting = (known: There | undefined) => (known && includesAll(known.topics, topics) ? known : undefined)
    const head =
      fitting(thereFor(each)) ??
      fitting(decided.get(`${orgId} ${originalOf(each)}`)) ??
      fitting(own && decided.get(`${orgId} ${recent.find(own)?.id}`))
    decided.set(each.key, head ?? { head: each.id, topics })
    if (head) found.set(each.key, head.head)
    else if (own) recent.add(own)
  }
  return found
}

interface There {
  head: string
  topics: number[]
}

/** The guesses that are stored; one that is a double itself answers with its own head. */
async function lookAt(
  tx: Tx,
  fresh: readonly Wanted[],
  guesses: ReadonlyMap<string, string>,
): Promise<Map<string, There>> {
  if (guesses.size === 0) return new Map()
  const asked = fresh.filter(({ key }) => guesses.has(key))
  const since = new Date(Math.min(...asked.map(({ at }) => at.getTime())) - repostDays * 86_400_000)
  const found = await sql<{ org_id: string; id: string; head: string; topics: number[] }>`
    with named as materialized (select w.org_id, w.id, m.head
        from (select distinct * from unnest(${uuids(asked.map(({ mention }) => mention.orgId))}, ${uuids(asked.map(({ key }) => guesses.get(key)!))}) u (org_id, id)) w,
          lateral (select coalesce(m.double_of, m.id) as head from mentions m
            where m.org_id = w.org_id and m.id = w.id and m.at >= ${since} limit 1) m
        order by w.org_id, m.head)
    select n.org_id, n.id, n.head, h.topics from named n,
      lateral (select h.topics from mentions h
        where h.org_id = n.org_id and h.id = n.head and h.at >= ${since} and h.double_of is null limit 1 for key share) h`.execute(
    tx,
  )
  return new Map(found.rows.map(({ org_id, id, head, topics }) => [`${org_id} ${id}`, { head, topics }]))
}

/** Begins with the newest of the last days, so that a restart does not unfold what goes on. */
async function warmUp(tx: Tx, orgIds: readonly string[]): Promise<void> {
  for (const orgId of orgIds) {
    if (warmed.has(orgId)) continue
    const { labeller } = await import('../pipeline/labels.ts')
    const { marks } = await labeller()
    const found = await sql<{ id: string; at: Date; topics: number[]; title: string | null; body: string }>`
      select id, at, topics, title, body from mentions where org_id = ${orgId} and double_of is null and at > ${new Date(Date.now() - nearMs)}
        order by at desc limit ${mostWarmed}`.execute(tx)
    for (const { id, at, topics, title, body } of found.rows.toReversed()) {
      const own = marks({ title, text: body, languages: [] })
      if (own) recent.add({ orgId, id, at, topics, marks: own })
    }
    warmed.add(orgId)
  }
}
