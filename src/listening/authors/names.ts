// Names of people whom a stream tells by an id alone: asked for in bundles beside the reading, which never waits for them.

import { sql } from 'kysely'
import { type SessionServices, sessionOf } from '../../accounts/session.ts'
import type { Connector } from '../../connectors/contract.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import type { HeardAuthor } from '../../connectors/listen.ts'
import { connectors, findConnector } from '../../connectors/registry.ts'
import { texts, uuids } from '../../db/arrays.ts'
import { asSystem, type Tx } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import type { NewMention } from '../mentions/new-mention.ts'

/** After so many days somebody who speaks again is asked for again. */
const freshDays = 30
/** People asked for at once, and in one run of the job. */
const bundle = 100
const bundlesARun = 10
/** Nobody else asks for them meanwhile. */
const askingMinutes = 10
const longestWaitMinutes = 360
const timeoutMs = 30_000

interface Known {
  id: string
  handle: string | null
  name: string | null
  url: string | null
  followers: number | null
}

const isNameless = ({ network, heard: { author } }: NewMention): boolean =>
  author !== null && author.handle === null && author.name === null && findConnector(network)?.people !== undefined

/** Fills in who is known; who is not is asked for later. Must run as the system. */
export async function withNames(tx: Tx, mentions: readonly NewMention[], now: Date): Promise<readonly NewMention[]> {
  const nameless = mentions.filter(isNameless)
  if (nameless.length === 0) return mentions
  const wanted = new Map(nameless.map((each) => [idOf(each), each]))
  // In one order always: two readers that heard the same people must not wait for each other in a circle.
  const rows = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
  // When somebody was heard is kept to the day: writing it each time would cost as much as the mention.
  const found = await sql<Known>`
    with w as (select unnest(${uuids(rows.map(([id]) => id))}) as id, unnest(${texts(rows.map(([, each]) => each.network))}) as network,
        unnest(${texts(rows.map(([, each]) => each.heard.author!.id))}) as remote_id),
      old as materialized (select a.* from w, lateral (select * from heard_authors a where a.id = w.id limit 1) a),
      fresh as (
        insert into heard_authors (id, network, remote_id, heard_at, due_at)
          select id, network, remote_id, ${now}, ${now} from w where not exists (select from old where old.id = w.id) order by id on conflict (id) do nothing),
      stale as materialized (select a.id from heard_authors a where a.id in (select id from old where heard_at < ${now}::timestamptz - interval '1 day') order by a.id for update),
      again as (
        update heard_authors a set heard_at = ${now},
            due_at = case when a.looked_at < ${now}::timestamptz - make_interval(days => ${freshDays}) then least(a.due_at, ${now}) else a.due_at end
          where a.id in (select id from stale))
    select id, handle, name, url, followers from old`.execute(tx)
  const known = new Map(found.rows.map((row) => [row.id, row]))
  return mentions.map((mention) => {
    const row = isNameless(mention) ? known.get(idOf(mention)) : undefined
    if (!row || (row.handle === null && row.name === null)) return mention
    const { handle, name, url, followers } = row
    return {
      ...mention,
      heard: { ...mention.heard, author: { ...mention.heard.author!, handle, name, url, followers } },
    }
  })
}

const idOf = ({ network, heard }: NewMention): string => mentionId(network, heard.author!.id)

// ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Ask = NonNullable<Connector['people']>

export const askers = (): Map<string, Ask> =>
  new Map(connectors.flatMap(({ id, people }) => (people ? [[id, people] as const] : [])))

/** Answers how many people it asked for. What a network refuses is asked again later and later. */
export async function nameAuthors(
  services: SessionServices,
  ask: ReadonlyMap<string, Ask> = askers(),
): Promise<number> {
  let asked = 0
  for (const [network, people] of ask)
    for (let round = 0; round < bundlesARun; round++) {
      const due = await takeDue(services, network)
      asked += due.length
      if (due.length === 0 || !(await askFor(services, network, due, people)) || due.length < bundle) break
    }
  return asked
}

interface Due {
  id: string
  remote_id: string
  tries: number
}

const takeDue = ({ db, clock }: SessionServices, network: string): Promise<Due[]> =>
  asSystem(db, async (tx) => {
    const now = clock()
    const due = await sql<Due>`
      update heard_authors set due_at = ${now}::timestamptz + make_interval(mins => ${askingMinutes}), tries = tries + 1
        where id in (select id from heard_authors where network = ${network} and due_at <= ${now} order by due_at limit ${bundle} for update skip locked)
        returning id, remote_id, tries`.execute(tx)
    return due.rows
  })

/** false: the network did not answer, so there is no use in asking on. */
async function askFor(services: SessionServices, network: string, due: readonly Due[], people: Ask): Promise<boolean> {
  const session = sessionOf(services, {
    account: { id: '', remoteId: '', handle: '', server: '', instance: null },
    credentials: null,
    signal: AbortSignal.timeout(timeoutMs),
    keep: async () => {},
  })
  try {
    const found = await people(
      session,
      due.map(({ remote_id }) => remote_id),
    )
    await asSystem(services.db, (tx) => keepNames(tx, network, due, found, services.clock()))
    return true
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    services.log.warn('Names of people could not be looked up', { network, kind: error.kind, code: error.code })
    await asSystem(services.db, (tx) => putOff(tx, due, services.clock(), error.retryAt ?? null))
    return false
  }
}

/** Whoever is gone has no name, and is not asked for again before they speak again. */
async function keepNames(tx: Tx, network: string, due: readonly Due[], found: readonly HeardAuthor[], now: Date) {
  await sql`update heard_authors set looked_at = ${now}, due_at = 'infinity', tries = 0 where id = any(${due.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  )
  const wanted = new Set(due.map(({ id }) => id))
  await renameAuthors(
    tx,
    network,
    found.filter(({ id }) => wanted.has(mentionId(network, id))),
  )
}

async function putOff(tx: Tx, due: readonly Due[], now: Date, retryAt: Date | null): Promise<void> {
  const waits = due.map(({ tries }) => Math.min(longestWaitMinutes, 2 ** Math.min(tries, 10)))
  await sql`
    update heard_authors a set due_at = greatest(${now}::timestamptz + make_interval(mins => w.wait), ${retryAt ?? now}::timestamptz)
      from unnest(${due.map(({ id }) => id)}::uuid[], ${waits}::integer[]) w (id, wait) where a.id = w.id`.execute(tx)
}

/** What a network says of people now, wherever it stands. null is not told, not emptied. */
export async function renameAuthors(tx: Tx, network: string, people: readonly HeardAuthor[]): Promise<void> {
  if (people.length === 0) return
  const rows = [...new Map(people.map((each) => [mentionId(network, each.id), each]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const told = sql`(select * from unnest(${rows.map(([id]) => id)}::uuid[], ${rows.map(([, each]) => each.handle)}::text[], ${rows.map(([, each]) => each.name)}::text[],
    ${rows.map(([, each]) => each.url)}::text[], ${rows.map(([, each]) => each.followers)}::integer[]) t (id, handle, name, url, followers))`
  for (const table of ['heard_authors', 'authors'])
    await sql`update ${sql.table(table)} a set handle = coalesce(t.handle, a.handle), name = coalesce(t.name, a.name), url = coalesce(t.url, a.url),
      followers = coalesce(t.followers, a.followers) from ${told} t where a.id = t.id`.execute(tx)
  await sql`
    update mentions m set author_handle = coalesce(t.handle, m.author_handle), author_name = coalesce(t.name, m.author_name),
        author_url = coalesce(t.url, m.author_url), author_followers = coalesce(t.followers, m.author_followers)
      from ${told} t where m.author_id = t.id
        and (m.author_handle, m.author_name, m.author_url) is distinct from
          (coalesce(t.handle, m.author_handle), coalesce(t.name, m.author_name), coalesce(t.url, m.author_url))`.execute(
    tx,
  )
}
