// Reads the numbers of published posts at planned ages and keeps each reading.

import { sql } from 'kysely'
import type { z } from 'zod'
import { withFreshCredentials } from '../accounts/renew.ts'
import { type AccountRow, accountsById, type SessionServices, sessionFor } from '../accounts/session.ts'
import type { PostNumbers } from '../connectors/contract.ts'
import { connectorOf } from '../connectors/registry.ts'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { type NewEvent, recordAll } from '../events/actions.ts'
import { notFound } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import { longrunItself } from '../people/types.ts'
import type { snapshot } from './contract.ts'
import { dueReading } from './numbers-rules.ts'
import { findPost } from './store.ts'

interface DueVariant {
  org_id: string
  id: string
  post_id: string
  account_id: string
  remote_id: string
  published_at: Date
  numbers_step: number
}

const batchSize = 500
/** As many as a connector takes in one call. */
const callSize = 25
/** A reading that broke off is taken up again after this. */
const claimMinutes = 10

/** Reads everything that is due. Answers how many snapshots were taken. */
export async function readNumbers(services: SessionServices): Promise<number> {
  let taken = 0
  for (;;) {
    const { due, accounts } = await asSystem(services.db, (tx) => claimReadings(tx, services.clock()))
    if (due.length === 0) return taken
    for (const [accountId, variants] of Map.groupBy(due, (variant) => variant.account_id)) {
      taken += await readAccount(services, accounts.get(accountId)!, variants).catch((error) => {
        services.log.warn('Numbers could not be read', { account: accountId, error })
        return 0
      })
    }
  }
}

async function claimReadings(tx: Tx, now: Date): Promise<{ due: DueVariant[]; accounts: Map<string, AccountRow> }> {
  const again = new Date(now.getTime() + claimMinutes * 60_000)
  const found = await sql<DueVariant>`
    update variants v set numbers_due_at = ${again}
    where (v.org_id, v.id) in (select org_id, id from variants where numbers_due_at <= ${now} and remote_id is not null order by numbers_due_at limit ${batchSize} for update skip locked)
    returning v.org_id, v.id, v.post_id, v.account_id, v.remote_id, v.published_at, v.numbers_step`.execute(tx)
  return {
    due: found.rows,
    accounts: await accountsById(
      tx,
      found.rows.map((row) => [row.org_id, row.account_id]),
    ),
  }
}

async function readAccount(services: SessionServices, account: AccountRow, variants: DueVariant[]): Promise<number> {
  const { metrics } = connectorOf(account.connector)
  let current = account
  let taken = 0
  for (let start = 0; start < variants.length; start += callSize) {
    const some = variants.slice(start, start + callSize)
    let numbers = new Map<string, PostNumbers>()
    if (metrics && account.state === 'connected') {
      const ids = some.map((variant) => variant.remote_id)
      // Renewed credentials serve the calls that follow: the old ones may be worth nothing any more.
      ;({ numbers, account: current } = await read(services, current, ids))
    }
    await inOrg(services.db, account.org_id, async (tx) => {
      const news: NewEvent[] = []
      for (const variant of some) {
        const reading = numbers.get(variant.remote_id)
        const replied = reading ? await newReplies(tx, variant, reading) : null
        const kept = await keep(tx, variant, reading, services.clock())
        taken += kept
        if (kept > 0 && replied) news.push(replied)
      }
      await recordAll(tx, account.org_id, longrunItself, services.clock(), news)
    })
  }
  return taken
}

const read = (
  services: SessionServices,
  account: AccountRow,
  ids: string[],
): Promise<{ numbers: Map<string, PostNumbers>; account: AccountRow }> =>
  withFreshCredentials(services, account, async (row) => {
    const session = sessionFor(services, row, { signal: AbortSignal.timeout(30_000) })
    return { numbers: await connectorOf(row.connector).metrics!.posts(session, ids), account: row }
  })

/** Told when a reading shows more replies than the one before: the first one counts from none. */
async function newReplies(tx: Tx, variant: DueVariant, { replies }: PostNumbers): Promise<NewEvent | null> {
  if (!replies) return null
  const before = await tx
    .selectFrom('snapshots')
    .select('replies')
    .where('org_id', '=', variant.org_id)
    .where('variant_id', '=', variant.id)
    .where('replies', 'is not', null)
    .orderBy('age_minutes', 'desc')
    .limit(1)
    .executeTakeFirst()
  const fresh = replies - (before?.replies ?? 0)
  if (fresh <= 0) return null
  const facts = { variantId: variant.id, accountId: variant.account_id, replies, new: fresh }
  return { verb: 'post.replied', subject: { kind: 'post', id: variant.post_id }, facts }
}

async function keep(tx: Tx, variant: DueVariant, numbers: PostNumbers | undefined, now: Date): Promise<number> {
  const reading = dueReading(variant.published_at, variant.numbers_step, now)
  if (reading && numbers) {
    await tx
      .insertInto('snapshots')
      .values({
        org_id: variant.org_id,
        variant_id: variant.id,
        age_minutes: reading.ageMinutes,
        taken_at: now,
        ...numbers,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await tx
    .updateTable('variants')
    .set({ numbers_due_at: reading?.next?.at ?? null, numbers_step: reading?.next?.step ?? variant.numbers_step })
    .where('org_id', '=', variant.org_id)
    .where('id', '=', variant.id)
    .execute()
  return reading && numbers ? 1 : 0
}

export interface VariantNumbers {
  variantId: string
  nextAt: string | null
  snapshots: z.infer<typeof snapshot>[]
}

export function numbersOfPost(
  services: Pick<SessionServices, 'db'>,
  caller: Caller,
  { id }: { id: string },
): Promise<VariantNumbers[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await findPost(tx, caller.orgId, id)
    if (!found) throw notFound('post')
    const published = found.variants.filter((variant) => variant.published_at !== null)
    if (published.length === 0) return []
    const rows = await tx
      .selectFrom('snapshots')
      .selectAll()
      .where('org_id', '=', caller.orgId)
      .where(
        'variant_id',
        'in',
        published.map((variant) => variant.id),
      )
      .orderBy('age_minutes')
      .execute()
    return published.map((variant) => ({
      variantId: variant.id,
      nextAt: variant.numbers_due_at?.toISOString() ?? null,
      snapshots: rows
        .filter((row) => row.variant_id === variant.id)
        .map((row) => ({
          ageMinutes: row.age_minutes,
          takenAt: row.taken_at.toISOString(),
          likes: row.likes,
          replies: row.replies,
          reposts: row.reposts,
          quotes: row.quotes,
          views: row.views,
        })),
    }))
  })
}
