// Reads connected sources, and shows what they brought as things to share.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Json, SourceItem } from '../connectors/contract.ts'
import { asConnectorError } from '../connectors/errors.ts'
import { connectorOf } from '../connectors/registry.ts'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { pageFrom, readCursor } from '../lib/paging.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { storable } from '../lib/storable.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { sourceItem } from './contract.ts'
import { noteResults } from './health.ts'
import { type AccountRow, accountRow, type SessionServices, sessionFor } from './session.ts'

type Item = z.infer<typeof sourceItem>

const pullEveryMs = 15 * 60_000
const pullTimeoutMs = 60_000
/** A pull that broke off is taken up again after this. */
const claimMs = 5 * 60_000

/** Reads everything that is due. Two workers never read the same source at once. */
export async function pullDueSources(services: SessionServices): Promise<void> {
  for (;;) {
    const rows = await asSystem(services.db, async (tx) => {
      const now = services.clock()
      const found = await sql<AccountRow>`
        update accounts set listen_due_at = ${new Date(now.getTime() + claimMs)}
        where (org_id, id) in (select org_id, id from accounts where listen_due_at <= ${now} and state = 'connected' order by listen_due_at limit 20 for update skip locked)
        returning *`.execute(tx)
      return found.rows
    })
    if (rows.length === 0) return
    for (const row of rows)
      await pullSource(services, row).catch((error) =>
        services.log.warn('A source could not be read', { account: row.id, error }),
      )
  }
}

export async function pullNow(
  services: SessionServices,
  caller: Caller,
  { id }: { id: string },
): Promise<{ added: number }> {
  const row = await inOrg(services.db, caller.orgId, (tx) => accountRow(tx, caller.orgId, id))
  if (!connectorOf(row.connector).listen) throw new Refusal('not-a-source', { status: 409 })
  try {
    return { added: await pullSource(services, row) }
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    throw new Refusal('network-refused', { params: { kind: error.kind, code: error.code } })
  }
}

/** Answers how many items were new. */
async function pullSource(services: SessionServices, row: AccountRow): Promise<number> {
  const { listen } = connectorOf(row.connector)
  try {
    const page = await listen!.pull(
      sessionFor(services, row, { signal: AbortSignal.timeout(pullTimeoutMs) }),
      row.listen_cursor as Json,
    )
    return await inOrg(services.db, row.org_id, (tx) => keepItems(tx, row, storable(page), services.clock()))
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    await inOrg(services.db, row.org_id, async (tx) => {
      const now = services.clock()
      await noteResults(
        tx,
        [{ orgId: row.org_id, accountId: row.id, ok: false, failure: error.code, lost: error.kind === 'gone' }],
        now,
      )
      await planPull(tx, row, error.retryAt ?? new Date(now.getTime() + pullEveryMs))
    })
    throw error
  }
}

async function keepItems(
  tx: Tx,
  row: AccountRow,
  page: { items: SourceItem[]; cursor: Json },
  now: Date,
): Promise<number> {
  const rows = page.items.map((item) => ({
    org_id: row.org_id,
    id: newId(),
    account_id: row.id,
    remote_id: item.id,
    url: item.url,
    title: item.title,
    html: item.html,
    body: item.text,
    author: item.author,
    image_url: item.imageUrl,
    language: item.language,
    published_at: item.publishedAt,
    fetched_at: now,
  }))
  const added =
    rows.length === 0
      ? []
      : await tx
          .insertInto('source_items')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['org_id', 'account_id', 'remote_id']).doNothing())
          .returning('id')
          .execute()
  // A null cursor means that nothing changed: the old one still holds.
  if (page.cursor !== null)
    await tx
      .updateTable('accounts')
      .set({ listen_cursor: JSON.stringify(page.cursor) })
      .where('org_id', '=', row.org_id)
      .where('id', '=', row.id)
      .execute()
  await planPull(tx, row, new Date(now.getTime() + pullEveryMs))
  await noteResults(tx, [{ orgId: row.org_id, accountId: row.id, ok: true }], now)
  return added.length
}

async function planPull(tx: Tx, row: AccountRow, at: Date): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ listen_due_at: at })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .where('listen_due_at', 'is not', null)
    .execute()
}

interface ItemFilter {
  accountId?: string
  dismissed: boolean
  limit: number
  cursor?: string
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export function listItems(
  services: Pick<Services, 'db'>,
  caller: Caller,
  filter: ItemFilter,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const after = readCursor(filter.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await items(tx, caller.orgId)
      .where('s.dismissed_at', filter.dismissed ? 'is not' : 'is', null)
      .$if(filter.accountId !== undefined, (query) => query.where('s.account_id', '=', filter.accountId!))
      .$if(after !== null, (query) =>
        query.where(sql<boolean>`(s.fetched_at, s.id) < (${new Date(after![0])}, ${after![1]}::uuid)`),
      )
      .orderBy('s.fetched_at', 'desc')
      .orderBy('s.id', 'desc')
      .limit(filter.limit + 1)
      .execute()
    return pageFrom(rows, filter.limit, (row) => [row.fetched_at.toISOString(), row.id], itemShown)
  })
}

export function dismissItem(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, dismissed }: { id: string; dismissed: boolean },
): Promise<Item> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const changed = await tx
      .updateTable('source_items')
      .set(
        dismissed ? { dismissed_at: now, dismissed_by: caller.memberId } : { dismissed_at: null, dismissed_by: null },
      )
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()
    if (!changed) throw notFound('source item')
    await record(tx, caller.orgId, caller.actor, now, {
      verb: dismissed ? 'source-item.dismissed' : 'source-item.taken-back',
      subject: { kind: 'source-item', id },
    })
    return itemShown(await items(tx, caller.orgId).where('s.id', '=', id).executeTakeFirstOrThrow())
  })
}

const items = (tx: Tx, orgId: string) =>
  tx
    .selectFrom('source_items as s')
    .innerJoin('accounts as a', (join) => join.onRef('a.org_id', '=', 's.org_id').onRef('a.id', '=', 's.account_id'))
    .selectAll('s')
    .select('a.name as account_name')
    .where('s.org_id', '=', orgId)

type ItemRow = Awaited<ReturnType<ReturnType<typeof items>['executeTakeFirstOrThrow']>>

const itemShown = (row: ItemRow): Item => ({
  id: row.id,
  accountId: row.account_id,
  accountName: row.account_name,
  url: row.url,
  title: row.title,
  text: row.body,
  html: row.html,
  author: row.author,
  imageUrl: row.image_url,
  publishedAt: row.published_at?.toISOString() ?? null,
  fetchedAt: row.fetched_at.toISOString(),
  dismissedAt: row.dismissed_at?.toISOString() ?? null,
})
