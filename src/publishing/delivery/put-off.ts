// What the sweep does with due variants that it does not take: they wait, or stop until a person acts, with the reason.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Answering } from '../answers/types.ts'
import type { Reason } from '../types.ts'
import type { Claim } from './rules.ts'
import { type Happening, toldEvent } from './told.ts'

interface Due {
  org_id: string
  id: string
  post_id: string | null
  answer: Answering | null
  account_id: string
  hold_id: string | null
}

type Stop = Claim & { kind: 'stop' }

/** Answers those that stop, for the events that tell it. */
export async function putAllOff<Row extends Due>(
  tx: Tx,
  putOff: { row: Row; claim: Claim }[],
  now: Date,
): Promise<{ row: Row; claim: Stop }[]> {
  const ended = await endedMeanwhile(
    tx,
    putOff.flatMap(({ row, claim }) => (isHeld(row, claim) ? [row] : [])),
  )
  // What a hold let go of by now is looked at again at once.
  const left = putOff.filter(({ row, claim }) => !(isHeld(row, claim) && ended.has(row.hold_id!)))
  for (const { row, claim } of left) await put(tx, row, claim, now)
  const stopped = left.flatMap(({ row, claim }) => (claim.kind === 'stop' ? [{ row, claim }] : []))
  await nameHolds(
    tx,
    stopped.flatMap(({ row, claim }) => (isHeld(row, claim) ? [row] : [])),
    now,
  )
  return stopped
}

const isHeld = (row: Due, claim: Claim): boolean =>
  claim.kind === 'stop' && claim.state === 'held' && row.hold_id !== null

/** Whoever ends a hold lets go of what it holds by then, so nothing may come under it afterwards. None ends until this transaction does. */
async function endedMeanwhile(tx: Tx, rows: Due[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const found = await sql<{ id: string; ended_at: Date | null }>`
    select id, ended_at from holds
    where (org_id, id) in (select * from unnest(${rows.map((row) => row.org_id)}::uuid[], ${rows.map((row) => row.hold_id)}::uuid[]))
    order by org_id, id for share`.execute(tx)
  return new Set(found.rows.flatMap(({ id, ended_at }) => (ended_at ? [id] : [])))
}

async function put(tx: Tx, row: Due, claim: Claim, now: Date): Promise<void> {
  if (claim.kind === 'take') return
  await tx
    .updateTable('variants')
    .set({
      state: claim.state,
      reason: reasonJson(claim.reason),
      state_since: now,
      wake_at: claim.kind === 'stop' ? null : claim.until,
      ...(claim.kind === 'stop' && claim.state === 'held' ? { hold_id: row.hold_id } : {}),
      worker_id: null,
      lease_until: null,
    })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .execute()
}

/** What came under a hold after it began is on its list too, and says which hold it is. */
async function nameHolds(tx: Tx, rows: Due[], now: Date): Promise<void> {
  if (rows.length === 0) return
  await sql`
    with stopped as (
      select v.org_id, v.id, v.hold_id from variants v
      where (v.org_id, v.id) in (select * from unnest(${rows.map((row) => row.org_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[]))),
    noted as (
      insert into held_variants (org_id, hold_id, variant_id, found, found_at)
      select org_id, hold_id, id, 'stopped', ${now} from stopped
      on conflict (org_id, hold_id, variant_id) do update set found = 'stopped', found_at = excluded.found_at, let_go = null)
    update variants v set reason = jsonb_strip_nulls(jsonb_build_object('code', 'held', 'holdId', h.id, 'text', h.reason, 'by', h.begun_by))
    from stopped s join holds h on h.org_id = s.org_id and h.id = s.hold_id
    where v.org_id = s.org_id and v.id = s.id`.execute(tx)
}

export const stoppedEvent = ({ row, claim }: { row: Due; claim: Stop }) =>
  toldEvent(
    { postId: row.post_id, answer: row.answer, variantId: row.id, accountId: row.account_id },
    stopHappenings[claim.state],
    { ...claim.reason, ...(row.hold_id ? { holdId: row.hold_id } : {}) },
  )

const stopHappenings: Record<Stop['state'], Happening> = {
  parked: 'parked',
  held: 'held',
  'in-review': 'waits-for-approval',
}

const reasonJson = (reason: Reason): string => JSON.stringify(reason)
