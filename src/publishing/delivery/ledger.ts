// The durable side of delivery: permission to write, what came of it, and the event that tells it. Calls are committed in groups.

import { sql } from 'kysely'
import { type AccountResult, noteResults } from '../../accounts/health.ts'
import type { Json, RemoteRef } from '../../connectors/contract.ts'
import { retried } from '../../db/retry.ts'
import { asSystem, type Db, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { batched } from '../../lib/batch.ts'
import type { Clock } from '../../lib/clock.ts'
import { longrunItself } from '../../people/types.ts'
import type { Reason, VariantState } from '../types.ts'
import { type Claimed, refreshPostStates } from './claim.ts'
import { leaseMs } from './rules.ts'

export interface Arming {
  claimed: Claimed
  position: number
  key: string
  prepared: Json
}

/** What became of one part. */
export type PartResult =
  | { position: number; kind: 'published'; ref: RemoteRef }
  | { position: number; kind: 'processing'; ref: string }
  /** The network certainly did nothing: the part may be sent again. */
  | { position: number; kind: 'not-sent' }

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

export function openLedger(db: Db, clock: Clock): Ledger {
  const durably = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    retried(() => asSystem(db, work)).catch((error) => {
      throw new LedgerError('The ledger could not be written.', { cause: error })
    })
  return {
    arm: batched((armings: Arming[]) => durably((tx) => armAll(tx, armings, clock()))),
    settle: batched(async (settlements: Settlement[]) => {
      await durably((tx) => settleAll(tx, settlements, clock()))
      return settlements.map(() => undefined)
    }),
    prolong: (workerId, ids) =>
      asSystem(db, async (tx) => {
        const lease = new Date(clock().getTime() + leaseMs)
        await sql`update variants set lease_until = ${lease}, wake_at = ${lease} where worker_id = ${workerId} and id = any(${ids}::uuid[])`.execute(
          tx,
        )
      }),
  }
}

async function armAll(tx: Tx, armings: Arming[], now: Date): Promise<boolean[]> {
  const lease = new Date(now.getTime() + leaseMs)
  const rows = JSON.stringify(
    armings.map(({ claimed, position, key, prepared }) => ({
      org: claimed.orgId,
      id: claimed.id,
      worker: claimed.workerId,
      attempt: claimed.attemptId,
      revision: claimed.revision,
      position,
      key,
      prepared,
    })),
  )
  const armed = await sql<{ id: string }>`
    with wanted as (
      select * from jsonb_to_recordset(${rows}::jsonb) as w(org uuid, id uuid, worker uuid, attempt uuid, revision int, position int, key text, prepared jsonb)),
    fenced as (
      update variants v set lease_until = ${lease}, wake_at = ${lease}, state = 'sending',
        state_since = case when v.state = 'sending' then v.state_since else ${now} end
      from wanted w where v.org_id = w.org and v.id = w.id and v.worker_id = w.worker and v.revision = w.revision and v.lease_until > ${now}
      returning v.id),
    told as (
      update attempts a set sent_at = ${now}, position = w.position from wanted w join fenced f on f.id = w.id
      where a.org_id = w.org and a.id = w.attempt)
    insert into parts (org_id, variant_id, revision, position, key, prepared, sent_at)
    select w.org, w.id, w.revision, w.position, w.key, w.prepared, ${now} from wanted w join fenced f on f.id = w.id
    on conflict (org_id, variant_id, revision, position) do update set prepared = excluded.prepared, sent_at = excluded.sent_at
      where parts.published_at is null
    returning variant_id as id`.execute(tx)
  const ids = new Set(armed.rows.map((row) => row.id))
  return armings.map(({ claimed }) => ids.has(claimed.id))
}

async function settleAll(tx: Tx, settlements: Settlement[], now: Date): Promise<void> {
  await settleParts(tx, settlements, now)
  await settleAttempts(tx, settlements, now)
  const moved = await settleVariants(tx, settlements, now)
  await refreshPostStates(
    tx,
    moved.map((row) => [row.org_id, row.post_id]),
  )
  await noteResults(
    tx,
    settlements.flatMap(({ claimed, account }) =>
      account ? [{ orgId: claimed.orgId, accountId: claimed.account.id, ...account }] : [],
    ),
    now,
  )
  // A settlement that was committed before its answer was lost moves nothing the second time, and tells nothing twice.
  const movedIds = new Set(moved.map((row) => row.id))
  for (const [orgId, events] of eventsByOrg(settlements.filter(({ claimed }) => movedIds.has(claimed.id))))
    await recordAll(tx, orgId, longrunItself, now, events)
}

/** What happened on the network is told whoever holds the variant by now: truth is not fenced. */
async function settleParts(tx: Tx, settlements: Settlement[], now: Date): Promise<void> {
  const rows = settlements.flatMap(({ claimed, part }) => {
    if (!part) return []
    const remote = part.kind === 'published' ? part.ref : null
    return [
      {
        org: claimed.orgId,
        id: claimed.id,
        revision: claimed.revision,
        position: part.position,
        kind: part.kind,
        ref: part.kind === 'processing' ? part.ref : null,
        remote_id: remote?.id ?? null,
        remote_url: remote?.url ?? null,
        proof: remote?.proof ?? null,
      },
    ]
  })
  if (rows.length === 0) return
  await sql`
    update parts p set
      sent_at = case when r.kind = 'not-sent' then null else p.sent_at end,
      ref = r.ref, remote_id = r.remote_id, remote_url = r.remote_url, proof = r.proof,
      published_at = case when r.kind = 'published' then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(org uuid, id uuid, revision int, position int, kind text, ref text, remote_id text, remote_url text, proof jsonb)
    where p.org_id = r.org and p.variant_id = r.id and p.revision = r.revision and p.position = r.position and p.published_at is null`.execute(
    tx,
  )
}

async function settleAttempts(tx: Tx, settlements: Settlement[], now: Date): Promise<void> {
  const rows = settlements.flatMap(({ claimed, attempt }) =>
    attempt
      ? [
          {
            org: claimed.orgId,
            id: claimed.attemptId,
            outcome: attempt.outcome,
            position: attempt.position,
            kind: attempt.reason?.kind ?? null,
            code: attempt.reason?.code ?? null,
            field: attempt.reason?.field ?? null,
            retry_at: attempt.retryAt,
          },
        ]
      : [],
  )
  if (rows.length === 0) return
  await sql`
    update attempts a set ended_at = ${now}, outcome = r.outcome, position = coalesce(r.position, a.position),
      error_kind = r.kind, error_code = r.code, field = r.field, retry_at = r.retry_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(org uuid, id uuid, outcome text, position int, kind text, code text, field text, retry_at timestamptz)
    where a.org_id = r.org and a.id = r.id and a.ended_at is null`.execute(tx)
}

async function settleVariants(
  tx: Tx,
  settlements: Settlement[],
  now: Date,
): Promise<{ org_id: string; post_id: string; id: string }[]> {
  const rows = settlements.flatMap(({ claimed, variant }) =>
    variant
      ? [
          {
            org: claimed.orgId,
            id: claimed.id,
            worker: claimed.workerId,
            state: variant.state,
            reason: variant.reason,
            wake_at: variant.wakeAt,
            tries: variant.tries,
            published_at: variant.published?.at ?? null,
            remote_id: variant.published?.ref.id ?? null,
            remote_url: variant.published?.ref.url ?? null,
            numbers_due_at: variant.published?.numbersDueAt ?? null,
          },
        ]
      : [],
  )
  if (rows.length === 0) return []
  const moved = await sql<{ org_id: string; post_id: string; id: string }>`
    update variants v set state = r.state, reason = r.reason, state_since = ${now}, wake_at = r.wake_at, tries = r.tries,
      worker_id = null, lease_until = null, published_at = coalesce(r.published_at, v.published_at),
      remote_id = coalesce(r.remote_id, v.remote_id), remote_url = coalesce(r.remote_url, v.remote_url), numbers_due_at = r.numbers_due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(org uuid, id uuid, worker uuid, state text, reason jsonb, wake_at timestamptz, tries int, published_at timestamptz, remote_id text, remote_url text, numbers_due_at timestamptz)
    where v.org_id = r.org and v.id = r.id and v.worker_id = r.worker returning v.org_id, v.post_id, v.id`.execute(tx)
  return moved.rows
}

function eventsByOrg(settlements: Settlement[]): Map<string, NewEvent[]> {
  const byOrg = new Map<string, NewEvent[]>()
  for (const { claimed, event } of settlements) {
    if (event) byOrg.set(claimed.orgId, [...(byOrg.get(claimed.orgId) ?? []), event])
  }
  return byOrg
}
