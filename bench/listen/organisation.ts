// Organisations with their topics and a source that all of them hear through, written by SQL.

import type pg from 'pg'
import { newId } from '../../src/lib/ids.ts'

/** Topics of one organisation. */
const topicsEach = 100

/** A hundred of `queries` belong to each organisation. `owner` speaks for the owner of the schema. */
export async function addTopics(owner: pg.Pool, queries: readonly string[]): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query("select set_config('longrun.scope', 'system', false)")
    const [user, reader] = [newId(), newId()]
    await client.query("insert into users (id, name, email) values ($1, 'Owner', 'owner@example.org')", [user])
    await client.query(
      `insert into readers (id, connector, kind, settings, due_at, created_at) values ($1, 'bluesky', 'jetstream', '{}', now(), now())`,
      [reader],
    )
    for (let from = 0; from < queries.length; from += topicsEach)
      await addOrganisation(client, { user, reader, queries: queries.slice(from, from + topicsEach), number: from })
  } finally {
    client.release()
  }
}

interface Organisation {
  user: string
  reader: string
  queries: readonly string[]
  number: number
}

async function addOrganisation(client: pg.PoolClient, { user, reader, queries, number }: Organisation): Promise<void> {
  const [org, member] = [newId(), newId()]
  await client.query(
    `insert into organisations (id, name, slug, time_zone, created_by) values ($1, $2, $2, 'Europe/Berlin', $3)`,
    [org, `organisation-${number}`, user],
  )
  await client.query(`insert into members (org_id, id, user_id, role) values ($1, $2, $3, 'owner')`, [
    org,
    member,
    user,
  ])
  await client.query(
    `insert into sources (org_id, id, connector, kind, name, settings, reader_id, created_at, created_by)
      values ($1, $2, 'bluesky', 'jetstream', 'The stream', '{}', $3, now(), $4)`,
    [org, newId(), reader, member],
  )
  await client.query(
    `insert into topics (org_id, id, number, name, kind, version, query, created_at, created_by)
      select $1, id, number, 'Topic ' || number, 'brand', 1, query, now(), $2
        from unnest($3::uuid[], $4::text[]) with ordinality t (id, query, number)`,
    [org, member, queries.map(() => newId()), queries],
  )
}
