// The links of the benchmark, and what the database has counted of them.

import type { ClientBase } from 'pg'
import { newId } from '../../src/lib/ids.ts'
import { newCode } from '../../src/publishing/links/codes.ts'

export interface Link {
  id: string
  code: string
}

export async function fillLinks(client: ClientBase, orgId: string, count: number): Promise<Link[]> {
  const links = Array.from({ length: count }, () => ({ id: newId(), code: newCode() }))
  await client.query(
    `insert into links (org_id, id, code, target, target_hash, created_at)
     select $1, id, code, 'https://example.org/target/' || code, md5(code), now() from unnest($2::uuid[], $3::text[]) as l (id, code)`,
    [orgId, links.map(({ id }) => id), links.map(({ code }) => code)],
  )
  return links
}

/** Clicks are committed in batches, which are added to their links every second. */
async function untilAddedUp(client: ClientBase): Promise<void> {
  for (let look = 0; look < 3000; look++) {
    const found = await client.query('select from click_batches limit 1')
    if (found.rowCount === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('Batches of clicks were not added up within a minute.')
}

/** Clicks so far of people and bots, those included that are not added to their links yet. */
export async function clicksSoFar(client: ClientBase): Promise<number> {
  const found = await client.query<{ clicks: string }>(
    `select coalesce((select sum(people + bots) from link_totals), 0)
       + coalesce((select sum(n) from click_batches, unnest(clicks) n), 0) as clicks`,
  )
  return Number(found.rows[0]!.clicks)
}

export interface Counted {
  people: number
  bots: number
  /** The sum of its hours, which must be the same. */
  hours: number
}

export async function countedBy(client: ClientBase): Promise<Map<string, Counted>> {
  await untilAddedUp(client)
  const found = await client.query<{ link_id: string; people: string; bots: string; hours: string }>(
    `select link_id, people, bots, (select sum(clicks) from link_clicks c where c.org_id = t.org_id and c.link_id = t.link_id) as hours
     from link_totals t`,
  )
  return new Map(
    found.rows.map((row) => [
      row.link_id,
      { people: Number(row.people), bots: Number(row.bots), hours: Number(row.hours) },
    ]),
  )
}
