// Two at the same time, on purpose: something is held until others wait for it, then they run into each other; and what must be true afterwards.

import { sql } from 'kysely'
import { expect } from 'vitest'
import { inOrg, seenBy } from '../db/tx.ts'
import { world } from './ground.testing.ts'

/** Locks rows by a statement, as somebody else would who is slow. Answers how to let go. */
export async function hold(statement: string, values: unknown[]): Promise<() => Promise<void>> {
  const client = await world.database.owner.connect()
  await client.query('begin')
  await client.query("select set_config('longrun.scope', 'system', true)")
  const { rowCount } = await client.query(statement, values)
  expect(rowCount).toBeGreaterThan(0)
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

/** So many wait for what somebody else has locked. */
export const untilWaiting = (count: number): Promise<void> =>
  expect
    .poll(
      async () => {
        const { rows } = await world.database.owner.query<{ count: number }>(
          "select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
        return rows[0]!.count
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(count)

interface Unsound {
  what: string
  id: string
}

/** Nothing is said in a conversation that goes on elsewhere by having been emptied, every place leads to its end, and lists say what is there. */
export async function expectSound(): Promise<void> {
  const found = await inOrg(seenBy(world.services.db, 'all'), world.ours, (tx) =>
    sql<Unsound>`
      with counted as (select c.*, (select count(*)::integer from messages m where m.org_id = c.org_id and m.conversation_id = c.id) as said
        from conversations c where c.org_id = ${world.ours})
      select 'counts what is not there' as what, id from counted where message_count <> said
      union all select 'has nobody and is not empty', id from counted where said > 0 and contact_id is null
        and exists (select from messages m where m.org_id = counted.org_id and m.conversation_id = counted.id and not m.is_ours)
      union all select 'is empty and leads nowhere', id from counted where said = 0 and goes_on_in is null
      union all select 'is empty and is in lists', id from counted where said = 0 and contact_id is not null
      union all select 'is of a person who is not theirs', c.id from counted c where c.contact_id is not null and not exists (select from messages m
        join accounts a on a.org_id = m.org_id and a.id = m.account_id
        join contact_identities i on i.org_id = m.org_id and i.network = a.connector and i.remote_id = m.author_id
        where m.org_id = c.org_id and m.conversation_id = c.id and i.contact_id = c.contact_id)
      union all select 'goes on in a circle', id from (
        with recursive way as (select id as begin, goes_on_in as id, 1 as steps from counted where goes_on_in is not null
          union all select w.begin, c.goes_on_in, w.steps + 1 from way w join counted c on c.id = w.id where c.goes_on_in is not null and w.steps < 50)
        select begin as id from way where begin = way.id or steps >= 50) circles`.execute(tx),
  )
  expect(found.rows).toEqual([])
}

/** Where each message stands, by what its network calls it; each stands once, or this would not be a map of all. */
export async function placesOfMessages(): Promise<Map<string, string>> {
  const found = await inOrg(seenBy(world.services.db, 'all'), world.ours, (tx) =>
    tx.selectFrom('messages').select(['remote_id', 'conversation_id']).where('org_id', '=', world.ours).execute(),
  )
  expect(new Set(found.map(({ remote_id }) => remote_id)).size).toBe(found.length)
  return new Map(found.map((row) => [row.remote_id, row.conversation_id]))
}
