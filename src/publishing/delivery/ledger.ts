// The durable side of delivery: permission to write, what came of it, and the event that tells it. Calls are committed in groups.

import { sql } from 'kysely'
import { type AccountResult, noteResults, tellsNothingNew } from '../../accounts/health.ts'
import type { Json, RemoteRef } from '../../connectors/contract.ts'
import { locks } from '../../db/locks.ts'
import { retried } from '../../db/retry.ts'
import { asSystem, type Db, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { batched } from '../../lib/batch.ts'
import type { Clock } from '../../lib/clock.ts'
import { longrunItself } from '../../people/types.ts'
import type { Reason, VariantState } from '../types.ts'
import { anyHold, bindingHold, type Claimed, itsPostOrAnswer, refreshPostStates } from './claim.ts'
import { armedMs, leaseMs } from './rules.ts'

export interface Arming {
  claimed: Claimed
  position: number
  key: string
  prepared: Json
  /** Since when an earlier write of the part is without an answer; it stays the time from which the part is in doubt. */
  since: Date | null
}

/** What became of one part. */
export type PartResult =
  | { position: number; kind: 'published'; ref: RemoteRef }
  | { position: number; kind: 'processing'; ref: string }
  /** The network certainly did nothing, or gave up the work named by `ref`: the part may be sent again. */
  | { position: number; kind: 'not-sent'; ref: string | null }

export interface Settlement {
  claimed: Claimed
  part: PartResult | null
  /** null: only the part is told; the worker goes on with the variant. */
  variant: null | {
    state: VariantState
    reason: Reason | null
    wakeAt: Date | null
    tries: number
    published?: { at: Date; ref: RemoteRef; numbersDueAt: Date | null }
  }
  attempt: {
    outcome: 'published' | 'rejected' | 'deferred' | 'unknown' | 'processing'
    position: number | null
    reason: Reason | null
    retryAt: Date | null
  } | null
  account: Pick<AccountResult, 'ok' | 'failure' | 'restUntil' | 'lost'> | null
  event: NewEvent | null
}

export interface Ledger {
  /** Permits exactly one write, or says that the variant is no longer in this worker's hands. */
  arm(arming: Arming): Promise<boolean>
  settle(settlement: Settlement): Promise<void>
  /** A sign of life: prolongs the leases of what this worker holds. */
  prolong(workerId: string, ids: string[]): Promise<void>
}

/** The ledger could not be written. Nothing is decided then: the lease ends and the variant is looked up. */
export class LedgerError extends Error {}

/** A transaction costs as much as what it writes for several posts, so the first waits a moment for the others. */
const enough = 8

export function openLedger(db: Db, clock: Clock): Ledger {
  const durably = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    retried(() => asSystem(db, work)).catch((error) => {
      throw new LedgerError('The ledger could not be written.', { cause: error })
    })
  return {
    arm: batched((armings: Arming[]) => durably((tx) => armAll(tx, armings, clock())), { lingerMs: 5, enough }),
    settle: batched(
      async (settlements: Settlement[]) => {
        await durably((tx) => settleAll(tx, settlements, clock()))
        return settlements.map(() => undefined)
      },
      { lingerMs: 25, enough },
    ),
    prolong: (workerId, ids) =>
      asSystem(db, async (tx) => {
        const lease = new Date(clock().getTime() + leaseMs)
        await sql`update variants set lease_until = ${lease}, wake_at = ${lease} where worker_id = ${workerId} and id = any(${ids}::uuid[])`.execute(
          tx,
        )
      }),
  }
}

/**
 * Whoever begins a hold waits until permissions that are being given are on record, and permissions wait until the hold is: after
 * its answer nothing of what it binds is sent, also not what was claimed before.
 */
const awaitHolds = (tx: Tx, orgIds: string[]) =>
  sql`select pg_advisory_xact_lock_shared(${locks.holds}, hashtext(org)) from unnest(${orgIds.sort()}::text[]) org`.execute(
    tx,
  )

/** Call it first in the transaction that begins a hold; see `awaitHolds`. An id in capitals, as an address may have it, is the same one. */
export const stopPermissions = (tx: Tx, orgId: string) =>
  sql`select pg_advisory_xact_lock(${locks.holds}, hashtext(${orgId}::uuid::text))`.execute(tx)

/** A lease that has hardly aged is left as it is: every new one would have to be written into the index of what is due. */
async function armAll(tx: Tx, armings: Arming[], now: Date): Promise<boolean[]> {
  await awaitHolds(tx, [...new Set(armings.map(({ claimed }) => claimed.orgId))])
  const lease = new Date(now.getTime() + leaseMs)
  const fresh = new Date(now.getTime() + armedMs)
  const rows = JSON.stringify(
    armings.map(({ claimed, position, key, prepared, since }) => ({
      org: claimed.orgId,
      id: claimed.id,
      worker: claimed.workerId,
      attempt: claimed.attemptId,
      revision: claimed.revision,
      position,
      key,
      prepared,
      since,
    })),
  )
  const armed = await sql<{ id: string }>`
    with wanted as (
      select * from jsonb_to_recordset(${rows}::jsonb) as w(org uuid, id uuid, worker uuid, attempt uuid, revision int, position int, key text, prepared jsonb, since timestamptz)
      limit ${armings.length}),
    fenced as (
      select v.org_id, v.id, v.lease_until < ${fresh} or v.state <> 'sending' as stale from variants v join wanted w on v.org_id = w.org and v.id = w.id
        ${itsPostOrAnswer}
      where v.worker_id = w.worker and v.revision = w.revision and v.lease_until > ${now}
        -- Asked row by row: joined, all variants of all accounts were gone through in search of these few.
        and (select a.state from accounts a where a.org_id = v.org_id and a.id = v.account_id) = 'connected'
        and (not v.needs_approval or v.approved_hash = v.content_hash)
        and (not ${anyHold} or ${bindingHold(now)} is null) for no key update of v),
    prolonged as (
      update variants v set lease_until = ${lease}, wake_at = ${lease}, state = 'sending',
        state_since = case when v.state = 'sending' then v.state_since else ${now} end
      from fenced f where f.stale and v.org_id = f.org_id and v.id = f.id),
    told as (
      update attempts a set sent_at = ${now}, position = w.position from wanted w join fenced f on f.id = w.id
      where a.org_id = w.org and a.id = w.attempt)
    insert into parts (org_id, variant_id, revision, position, key, prepared, sent_at)
    select w.org, w.id, w.revision, w.position, w.key, w.prepared, coalesce(w.since, ${now}) from wanted w join fenced f on f.id = w.id
    on conflict (org_id, variant_id, revision, position) do update set prepared = excluded.prepared, sent_at = excluded.sent_at
      where parts.published_at is null
    returning variant_id as id`.execute(tx)
  const ids = new Set(armed.rows.map((row) => row.id))
  return armings.map(({ claimed }) => ids.has(claimed.id))
}

async function settleAll(tx: Tx, settlements: Settlement[], now: Date): Promise<void> {
  const moved = await write(tx, settlements, now)
  await refreshPostStates(
    tx,
    moved.filter((row) => row.siblings).map((row) => [row.org_id, row.post_id]),
  )
  await noteResults(
    tx,
    settlements.flatMap(({ claimed, account }) =>
      account && !tellsNothingNew(claimed.account, account, now)
        ? [{ orgId: claimed.orgId, accountId: claimed.account.id, ...account }]
        : [],
    ),
    now,
  )
  // A settlement that was committed before its answer was lost moves nothing the second time, and tells nothing twice.
  const movedIds = new Set(moved.map((row) => row.id))
  for (const [orgId, events] of eventsByOrg(settlements.filter(({ claimed }) => movedIds.has(claimed.id))))
    await recordAll(tx, orgId, longrunItself, now, events)
}

interface Moved {
  org_id: string
  post_id: string | null
  id: string
  /** The post has other variants too, so its state is not simply that of this one. */
  siblings: boolean
}

/**
 * Part, attempt, variant and post in one statement. What happened on the network is told whoever holds the variant by now: truth
 * is not fenced. That nothing was written is true of this attempt's write alone: one that another attempt was permitted, before or
 * since, stays in doubt. The variant moves only for the worker that holds it. How many rows there are is said by the limit: planned for the
 * hundred that PostgreSQL supposes, tens of thousands of rows were read for a few (a drain of 10,000 took 90 seconds instead of 11).
 */
async function write(tx: Tx, settlements: Settlement[], now: Date): Promise<Moved[]> {
  const written = await sql<Moved>`
    with told as (
      select t.*, exists (select from variants o where o.org_id = t.org and o.post_id = t.post and o.id <> t.id) as siblings
      from jsonb_to_recordset(${JSON.stringify(settlements.map(rowOf))}::jsonb) as t(org uuid, id uuid, post uuid, worker uuid, revision int, attempt uuid,
        part int, part_kind text, ref text, remote_id text, remote_url text, proof jsonb,
        outcome text, position int, kind text, code text, field text, retry_at timestamptz,
        state text, reason jsonb, wake_at timestamptz, tries int, published_at timestamptz, shown_id text, shown_url text, numbers_due_at timestamptz)
      limit ${settlements.length}),
    part_told as (
      update parts p set
        sent_at = case when t.part_kind = 'not-sent' then null else p.sent_at end,
        ref = case when t.part_kind <> 'not-sent' then t.ref end, remote_id = t.remote_id, remote_url = t.remote_url, proof = t.proof,
        published_at = case when t.part_kind = 'published' then ${now}::timestamptz end
      from told t
      where p.org_id = t.org and p.variant_id = t.id and p.revision = t.revision and p.position = t.part and p.published_at is null
        and (t.part_kind <> 'not-sent' or p.ref = t.ref
          or t.ref is null and not exists (select from attempts o where o.org_id = t.org and o.variant_id = t.id and o.id <> t.attempt
            and o.position = t.part and o.sent_at >= p.sent_at))),
    attempt_ended as (
      update attempts a set ended_at = ${now}, outcome = t.outcome, position = coalesce(t.position, a.position),
        error_kind = t.kind, error_code = t.code, field = t.field, retry_at = t.retry_at
      from told t where t.outcome is not null and a.org_id = t.org and a.id = t.attempt and a.ended_at is null),
    moved as (
      update variants v set state = t.state, reason = t.reason, state_since = ${now}, wake_at = t.wake_at, tries = t.tries,
        worker_id = null, lease_until = null, published_at = coalesce(t.published_at, v.published_at),
        remote_id = coalesce(t.shown_id, v.remote_id), remote_url = coalesce(t.shown_url, v.remote_url), numbers_due_at = t.numbers_due_at
      from told t where t.state is not null and v.org_id = t.org and v.id = t.id and v.worker_id = t.worker
      returning v.org_id, v.post_id, v.id, v.state, t.siblings),
    shown as (
      update posts p set state = m.state from moved m
      where not m.siblings and p.org_id = m.org_id and p.id = m.post_id and p.state <> m.state)
    select org_id, post_id, id, siblings from moved`.execute(tx)
  return written.rows
}

const rowOf = ({ claimed, part, attempt, variant }: Settlement) => ({
  org: claimed.orgId,
  id: claimed.id,
  post: claimed.postId,
  worker: claimed.workerId,
  revision: claimed.revision,
  attempt: claimed.attemptId,
  ...(part ? partColumns(part) : {}),
  ...(attempt
    ? {
        outcome: attempt.outcome,
        position: attempt.position,
        kind: attempt.reason?.kind,
        code: attempt.reason?.code,
        field: attempt.reason?.field,
        retry_at: attempt.retryAt,
      }
    : {}),
  ...(variant
    ? {
        state: variant.state,
        reason: variant.reason,
        wake_at: variant.wakeAt,
        tries: variant.tries,
        published_at: variant.published?.at,
        shown_id: variant.published?.ref.id,
        shown_url: variant.published?.ref.url,
        numbers_due_at: variant.published?.numbersDueAt,
      }
    : {}),
})

function partColumns(part: PartResult) {
  const remote = part.kind === 'published' ? part.ref : null
  return {
    part: part.position,
    part_kind: part.kind,
    ref: part.kind === 'published' ? undefined : part.ref,
    remote_id: remote?.id,
    remote_url: remote?.url,
    proof: remote?.proof,
  }
}

function eventsByOrg(settlements: Settlement[]): Map<string, NewEvent[]> {
  const byOrg = new Map<string, NewEvent[]>()
  for (const { claimed, event } of settlements) {
    if (event) byOrg.set(claimed.orgId, [...(byOrg.get(claimed.orgId) ?? []), event])
  }
  return byOrg
}
