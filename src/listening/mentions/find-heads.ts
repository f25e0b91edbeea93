// Finds for what is about to be stored the first that said it: the original of a repost, or what says nearly the same within days.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { mentionId } from './identity.ts'
import type { NewMention } from './new-mention.ts'
import { type Head, includesAll, nearMs, type RecentHeads, recentHeads } from './recent-heads.ts'

/** About 12 MB each; of more organisations than this the one that spoke longest ago begins anew. */
const mostOrgs = 50
/** So many of what was said before this process began are known to it. */
const mostWarmed = 5_000
const repostDays = 31

const recent = new Map<string, RecentHeads>()

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
  for (const [orgId, said] of Map.groupBy(fresh, ({ mention }) => mention.orgId)) {
    const heads = said.some(({ mention }) => mention.marks) ? await headsOf(tx, orgId) : null
    for (const each of said) {
      const guess = originalOf(each) ?? (heads && each.mention.marks ? heads.find(saidBy(each))?.id : undefined)
      if (guess !== undefined && guess !== each.id) guesses.set(each.key, guess)
    }
  }
  const there = await lookAt(tx, fresh, guesses)
  return decide(fresh, guesses, there)
}

const originalOf = ({ mention: { network, heard } }: Wanted): string | undefined =>
  heard.repostOf === null ? undefined : mentionId(network, heard.repostOf)

const saidBy = ({ id, at, mention: { topics, marks } }: Wanted): Head => ({ id, at, topics, marks: marks! })

/** In the order in which they were said: the first of a batch is the head of the others, and nothing is the head of what became its head. */
function decide(
  fresh: readonly Wanted[],
  guesses: ReadonlyMap<string, string>,
  there: ReadonlyMap<string, There>,
): Map<string, string> {
  const found = new Map<string, string>()
  /** Under which head each of the batch came, as far as they are decided. */
  const decided = new Map<string, There>()
  const inOrder = [...fresh].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
  for (const each of inOrder) {
    const { orgId, topics, marks } = each.mention
    const near = marks ? recent.get(orgId)?.find(saidBy(each)) : null
    const head = [
      there.get(`${orgId} ${guesses.get(each.key)}`),
      decided.get(`${orgId} ${originalOf(each)}`),
      decided.get(`${orgId} ${near?.id}`),
    ].find((known) => known !== undefined && includesAll(known.topics, topics))
    decided.set(each.key, head ?? { head: each.id, topics })
    if (head) found.set(each.key, head.head)
    else if (marks) recent.get(orgId)?.add(saidBy(each))
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
    with named as (select w.org_id, w.id, coalesce(m.double_of, m.id) as head
        from (select distinct * from unnest(${asked.map(({ mention }) => mention.orgId)}::uuid[], ${asked.map(({ key }) => guesses.get(key)!)}::uuid[]) u (org_id, id)) w
          join mentions m on m.org_id = w.org_id and m.id = w.id and m.at >= ${since})
    select n.org_id, n.id, n.head, h.topics from named n join mentions h on h.org_id = n.org_id and h.id = n.head and h.at >= ${since} and h.double_of is null
      order by h.org_id, h.id for key share of h`.execute(tx)
  return new Map(found.rows.map(({ org_id, id, head, topics }) => [`${org_id} ${id}`, { head, topics }]))
}

/** Begins with the newest of the last days, so that a restart does not unfold what goes on. */
async function headsOf(tx: Tx, orgId: string): Promise<RecentHeads> {
  const known = recent.get(orgId)
  if (known) {
    // Last in the map: it spoke last.
    recent.delete(orgId)
    recent.set(orgId, known)
    return known
  }
  const { labeller } = await import('../pipeline/labels.ts')
  const { marks } = await labeller()
  const made = recentHeads()
  const found = await sql<{ id: string; at: Date; topics: number[]; title: string | null; body: string }>`
    select id, at, topics, title, body from mentions where org_id = ${orgId} and double_of is null and at > ${new Date(Date.now() - nearMs)}
      order by at desc limit ${mostWarmed}`.execute(tx)
  for (const { id, at, topics, title, body } of found.rows.toReversed()) {
    const own = marks({ title, text: body, languages: [] })
    if (own) made.add({ id, at, topics, marks: own })
  }
  if (recent.size >= mostOrgs) recent.delete(recent.keys().next().value!)
  recent.set(orgId, made)
  return made
}
