// Takes what is due from the calendar: under a lock, skipping what another worker holds, with an attempt on record before any work.

import { sql } from 'kysely'
import { type AccountRow, accountsById } from '../../accounts/session.ts'
import type { Draft, Json } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Reason, VariantState } from '../types.ts'
import { type Claim, claimOf, leaseMs, type Purpose, purposeOf } from './rules.ts'

export interface PartRow {
  position: number
  key: string
  prepared: Json
  sentAt: Date | null
  ref: string | null
  remoteId: string | null
  remoteUrl: string | null
  proof: Json
  publishedAt: Date | null
}

/** A variant in a worker's hands. */
export interface Claimed {
  orgId: string
  id: string
  postId: string
  account: AccountRow
  state: VariantState
  purpose: Purpose
  revision: number
  tries: number
  dueAt: Date
  draft: Draft
  parts: PartRow[]
  attemptId: string
  workerId: string
}

interface DueRow {
  org_id: string
  id: string
  post_id: string
  account_id: string
  state: VariantState
  revision: number
  tries: number
  due_at: Date
  content: Draft
  parts: {
    position: number
    key: string
    prepared: Json
    sent_at: string | null
    ref: string | null
    remote_id: string | null
    remote_url: string | null
    proof: Json
    published_at: string | null
  }[]
}

export interface ClaimOptions {
  workerId: string
  now: Date
  limit: number
  /** Variants that this process still works on although their lease ran out. */
  inHand: string[]
  settleSeconds(connector: string): number
}

/** Runs in a system transaction. `putOff` counts those that were due and had to wait or be parked. */
export async function claimDue(tx: Tx, options: ClaimOptions): Promise<{ claimed: Claimed[]; putOff: number }> {
  const rows = await dueRows(tx, options)
  const accounts = await accountsById(
    tx,
    rows.map((row) => [row.org_id, row.account_id]),
  )
  const decided = rows.map((row) => {
    const parts = row.parts.map(partFrom)
    const purpose = purposeOf(parts)
    const account = accounts.get(row.account_id)!
    const settleSeconds = options.settleSeconds(account.connector)
    const claim = claimOf({
      state: row.state,
      purpose,
      accountState: account.state,
      restUntil: account.rest_until,
      settleSeconds,
      now: options.now,
    })
    return { row, parts, purpose, account, claim }
  })
  const claimed = decided.flatMap(({ row, claim, ...facts }) =>
    claim.kind === 'take' ? [claimedFrom(row, { ...facts, state: claim.state, workerId: options.workerId })] : [],
  )
  await endLostAttempts(tx, rows, options.now)
  await take(tx, claimed, options.now)
  const putOff = decided.filter(({ claim }) => claim.kind !== 'take')
  for (const { row, claim } of putOff) await put(tx, row, claim, options.now)
  await refreshPostStates(
    tx,
    rows.map((row) => [row.org_id, row.post_id]),
  )
  return { claimed, putOff: putOff.length }
}

async function dueRows(tx: Tx, { now, limit, inHand }: ClaimOptions): Promise<DueRow[]> {
  const found = await sql<DueRow>`
    select v.org_id, v.id, v.post_id, v.account_id, v.state, v.revision, v.tries, v.due_at, coalesce(v.content, p.content) as content,
      coalesce((select jsonb_agg(to_jsonb(parts) order by position) from parts
        where parts.org_id = v.org_id and parts.variant_id = v.id and parts.revision = v.revision), '[]') as parts
    from variants v
    join posts p on p.org_id = v.org_id and p.id = v.post_id
    where v.wake_at <= ${now} and not v.id = any(${inHand}::uuid[])
    order by v.wake_at limit ${limit} for update of v skip locked`.execute(tx)
  return found.rows
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))

const partFrom = (row: DueRow['parts'][number]): PartRow => ({
  position: row.position,
  key: row.key,
  prepared: row.prepared,
  sentAt: instant(row.sent_at),
  ref: row.ref,
  remoteId: row.remote_id,
  remoteUrl: row.remote_url,
  proof: row.proof,
  publishedAt: instant(row.published_at),
})

const claimedFrom = (
  row: DueRow,
  facts: Pick<Claimed, 'parts' | 'purpose' | 'account' | 'state' | 'workerId'>,
): Claimed => ({
  orgId: row.org_id,
  id: row.id,
  postId: row.post_id,
  revision: row.revision,
  tries: row.tries,
  dueAt: row.due_at,
  draft: row.content,
  attemptId: newId(),
  ...facts,
})

/** A worker that vanished left its attempt open. It ends as what it is: unknown when the write had begun, else put off. */
async function endLostAttempts(tx: Tx, rows: DueRow[], now: Date): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update attempts set ended_at = ${now}, error_code = 'worker-lost',
      outcome = case when sent_at is null then 'deferred' else 'unknown' end
    where ended_at is null and (org_id, variant_id) in (select * from unnest(${rows.map((row) => row.org_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[]))`.execute(
    tx,
  )
}

async function take(tx: Tx, claimed: Claimed[], now: Date): Promise<void> {
  if (claimed.length === 0) return
  const lease = new Date(now.getTime() + leaseMs)
  const rows = JSON.stringify(
    claimed.map((each) => ({
      org: each.orgId,
      id: each.id,
      state: each.state,
      attempt: each.attemptId,
      worker: each.workerId,
      purpose: each.purpose,
    })),
  )
  await sql`
    with taken as (select * from jsonb_to_recordset(${rows}::jsonb) as t(org uuid, id uuid, state text, attempt uuid, worker uuid, purpose text)),
    moved as (
      update variants v set state = t.state, state_since = case when v.state = t.state then v.state_since else ${now} end, reason = null,
        worker_id = t.worker, lease_until = ${lease}, wake_at = ${lease}
      from taken t where v.org_id = t.org and v.id = t.id)
    insert into attempts (org_id, id, variant_id, number, purpose, worker_id, claimed_at)
    select t.org, t.attempt, t.id,
      1 + (select coalesce(max(number), 0) from attempts a where a.org_id = t.org and a.variant_id = t.id), t.purpose, t.worker, ${now}
    from taken t`.execute(tx)
}

async function put(tx: Tx, row: DueRow, claim: Claim, now: Date): Promise<void> {
  if (claim.kind === 'take') return
  const state: VariantState = claim.kind === 'park' ? 'parked' : claim.state
  await tx
    .updateTable('variants')
    .set({
      state,
      reason: reasonJson(claim.reason),
      state_since: now,
      wake_at: claim.kind === 'park' ? null : claim.until,
      worker_id: null,
      lease_until: null,
    })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

const reasonJson = (reason: Reason): string => JSON.stringify(reason)

/** A post shows its most urgent variant; see `postState` in publishing/rules.ts for the same rule in words. */
export async function refreshPostStates(tx: Tx, posts: [org: string, post: string][]): Promise<void> {
  if (posts.length === 0) return
  await sql`
    update posts p set state = s.state
    from (select distinct on (v.org_id, v.post_id) v.org_id, v.post_id, v.state from variants v
      where (v.org_id, v.post_id) in (select * from unnest(${posts.map(([org]) => org)}::uuid[], ${posts.map(([, post]) => post)}::uuid[]))
      order by v.org_id, v.post_id, variant_urgency(v.state)) s
    where p.org_id = s.org_id and p.id = s.post_id and p.state <> s.state`.execute(tx)
}
