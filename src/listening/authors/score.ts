// Works out who speaks often, is heard and takes a stand, from what an organisation heard lately; within bounds, however much that is.

import { sql } from 'kysely'
import { asSystem, type Db, inOrg, type Tx } from '../../db/tx.ts'
import { mulberry32 } from '../../lib/mulberry.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import type { Services } from '../../services.ts'
import { byHandNetwork } from '../capture/types.ts'
import type { Place, Tie } from './graph.ts'
import { type AuthorFacts, type Outspoken, rankOutspoken } from './outspoken.ts'
import { readFacts, readTies, readWindow, type Spoken, type Window } from './score-facts.ts'
import { keepScores } from './score-store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'log'>

/** Large ones once a day, all others every hour. */
const largeMentions = 100_000
const restMs = 20 * 3_600_000
const weekMs = 7 * 86_400_000

export async function scoreAllAuthors(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, async (tx) => {
    const found = await sql<{ org_id: string }>`
      select t.org_id from (select distinct org_id from topics where paused_at is null and removed_at is null) t left join author_scorings s using (org_id)
        where s.at is null or s.looked_at < ${largeMentions} or s.at < ${new Date(services.clock().getTime() - restMs)}`.execute(
      tx,
    )
    return found.rows.map(({ org_id }) => org_id)
  })
  return oneByOne(services.log, 'People who speak could not be ranked', orgs, (orgId) => scoreAuthors(services, orgId))
}

/** Answers how many have a score now. */
export async function scoreAuthors({ db, clock }: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<number> {
  const now = clock()
  const read = await readAll(db, orgId, now)
  if (!read) return 0
  const { window, spoken, ties } = read
  const places = await placesOf(ties)
  const scores = rankOutspoken(spoken.map((each) => factsOf(each, window, { places, now })))
  const byId = new Map(spoken.map((each) => [each.id, each]))
  const ranked = scores.map((score) => ({ score, spoken: byId.get(score.id)! }))
  await inOrg(db, orgId, (tx) => keepScores(tx, orgId, { now, window, ranked }))
  return ranked.length
}

const readAll = (db: Db, orgId: string, now: Date) =>
  inOrg(db, orgId, async (tx: Tx) => {
    await sql`set local statement_timeout = '5min'`.execute(tx)
    // Sorting a million of small rows in memory is quick; on disk it is not.
    await sql`set local work_mem = '64MB'`.execute(tx)
    const window = await readWindow(tx, orgId, { now, without: byHandNetwork })
    if (!window) return null
    const spoken = await readFacts(tx, orgId, window)
    return { window, spoken, ties: await readTies(tx, orgId, window, spoken) }
  })

/** Loaded when it is wanted: nobody who waits pays for it. */
async function placesOf(ties: readonly Tie[]): Promise<Map<string, Place>> {
  if (ties.length === 0) return new Map()
  const { placesIn } = await import('./graph.ts')
  return new Map(placesIn(ties, evenly()).map((place) => [place.id, place]))
}

/** The same circles from the same ties. */
function evenly(): () => number {
  const next = mulberry32(1)
  return () => next() / 2 ** 32
}

function factsOf(
  spoken: Spoken,
  window: Window,
  { places, now }: { places: Map<string, Place>; now: Date },
): AuthorFacts {
  const place = places.get(spoken.id)
  return {
    id: spoken.id,
    mentions: spoken.mentions,
    weeks: Math.max(1, (now.getTime() - window.since.getTime()) / weekMs),
    responses: spoken.responses,
    positive: spoken.positive,
    neutral: spoken.neutral,
    negative: spoken.negative,
    betweenness: place?.betweenness ?? null,
    standing: place ? place.rank * places.size : null,
  }
}

export type Ranked = { score: Outspoken; spoken: Spoken }[]
