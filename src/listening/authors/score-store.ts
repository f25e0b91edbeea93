// Keeps the scores of people who speak: of those who are known already, and of the few who stand out.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { whileNobodyObjects } from './objections.ts'
import type { Ranked } from './score.ts'
import type { Window } from './score-facts.ts'
import { expiresAt } from './states.ts'

/** No more people than anybody can look at are stored: what is not needed is not kept. */
const mostSpotted = 200

export async function keepScores(
  tx: Tx,
  orgId: string,
  { now, window, ranked }: { now: Date; window: Window; ranked: Ranked },
): Promise<void> {
  await whileNobodyObjects(tx)
  await spot(tx, orgId, ranked.slice(0, mostSpotted), now)
  await update(tx, orgId, ranked, now)
  // Whoever fell silent keeps their place among those who are known, without figures of another time.
  await sql`update authors set score = null, score_low = null, side = null, mentions = 0
    where org_id = ${orgId} and scored_at < ${now} and score is not null`.execute(tx)
  await sql`
    insert into author_scorings (org_id, at, since, looked_at, spoke, scored)
      values (${orgId}, ${now}, ${window.since}, ${window.mentions}, ${window.people}, ${ranked.length})
      on conflict (org_id) do update set at = excluded.at, since = excluded.since, looked_at = excluded.looked_at, spoke = excluded.spoke, scored = excluded.scored`.execute(
    tx,
  )
}

/** Nobody who objected: what they say has no name. */
async function spot(tx: Tx, orgId: string, some: Ranked, now: Date): Promise<void> {
  if (some.length === 0) return
  const people = some.map(({ spoken }) => spoken)
  const ends = people.map(({ lastAt }) =>
    expiresAt({ state: 'spotted', purpose: 'research', lastSpokeAt: lastAt, lastContactAt: null }),
  )
  await sql`
    insert into authors (org_id, id, network, state, purpose, spotted_at, changed_at, last_spoke_at, expires_at)
      select ${orgId}, id, network, 'spotted', 'research', ${now}, ${now}, last_at, ends_at
      from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ network }) => network)}::text[], ${people.map(({ lastAt }) => lastAt)}::timestamptz[],
        ${ends}::timestamptz[]) p (id, network, last_at, ends_at)
      where ends_at > ${now} and exists (select from mentions m where m.org_id = ${orgId} and m.author_id = p.id)
      order by id on conflict (org_id, id) do nothing`.execute(tx)
}

/** Those not to contact are not looked at either. */
async function update(tx: Tx, orgId: string, ranked: Ranked, now: Date): Promise<void> {
  if (ranked.length === 0) return
  const scores = ranked.map(({ score: { rate, heard, stance, bridging, standing, score } }) =>
    JSON.stringify({ rate, heard, stance, bridging, standing, score }),
  )
  const people = ranked.map(({ spoken }) => spoken)
  await sql`
    update authors a set score = p.score, score_low = p.low, side = p.side, mentions = p.mentions, scored_at = ${now},
        handle = coalesce(p.handle, a.handle), name = coalesce(p.name, a.name), url = coalesce(p.url, a.url), followers = coalesce(p.followers, a.followers),
        last_spoke_at = greatest(a.last_spoke_at, p.last_at),
        expires_at = a.expires_at + greatest(interval '0', p.last_at - greatest(a.last_spoke_at, coalesce(a.last_contact_at, a.last_spoke_at)))
      from unnest(${people.map(({ id }) => id)}::uuid[], ${scores}::jsonb[], ${ranked.map(({ score }) => score.score.low)}::real[],
        ${ranked.map(({ score }) => score.side)}::text[], ${people.map(({ mentions }) => mentions)}::integer[], ${people.map(({ handle }) => handle)}::text[],
        ${people.map(({ name }) => name)}::text[], ${people.map(({ url }) => url)}::text[], ${people.map(({ followers }) => followers)}::integer[],
        ${people.map(({ lastAt }) => lastAt)}::timestamptz[]) p (id, score, low, side, mentions, handle, name, url, followers, last_at)
      where a.org_id = ${orgId} and a.id = p.id and a.state <> 'do-not-contact'`.execute(tx)
}
