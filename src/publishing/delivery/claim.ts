// Takes what is due from the calendar: under a lock, skipping what another worker holds, with an attempt on record before any work.

import { sql } from 'kysely'
import { type AccountRow, accountsById } from '../../accounts/session.ts'
import type { Draft, Json } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { longrunItself } from '../../people/types.ts'
import type { Answering } from '../answers/types.ts'
import { contentHash } from '../keys.ts'
import type { VariantState } from '../types.ts'
import { putAllOff, stoppedEvent } from './put-off.ts'
import { claimOf, consentOf, leaseMs, type Purpose, purposeOf } from './rules.ts'

export interface PartRow {
  position: number
  key: string
  prepared: Json
  sentAt: Date | null
  /** When its last write was permitted; `sentAt` is that of the first without an answer. */
  writtenAt: Date | null
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
  /** null: it is an answer. */
  postId: string | null
  answer: Answering | null
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
  post_id: string | null
  answer: Answering | null
  account_id: string
  state: VariantState
  revision: number
  tries: number
  due_at: Date
  content: Draft
  content_hash: string | null
  needs_approval: boolean
  approved_hash: string | null
  /** A hold that binds it now. */
  hold_id: string | null
  /** Whether an attempt was left open: its worker vanished. */
  lost: boolean
  /** Number of the next attempt. */
  attempt: number
  /** Whether its post has other variants. */
  siblings: boolean
  parts: {
    position: number
    key: string
    prepared: Json
    sent_at: string | null
    written_at: string | null
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
  /** null: this installation does not know the network, or it takes no posts, or no answers. */
  settleSeconds(connector: string, answers: boolean): number | null
}

export interface Claims {
  claimed: Claimed[]
  /** How many were due and had to wait or be parked. */
  putOff: number
  /** When the calendar has something next; told only where nothing is due now. */
  nextAt: Date | null
}

/** Runs in a system transaction. */
export async function claimDue(tx: Tx, options: ClaimOptions): Promise<Claims> {
  const rows = await dueRows(tx, options)
  if (rows.length === 0) return { claimed: [], putOff: 0, nextAt: await nextWake(tx, options.now) }
  const accounts = await accountsById(
    tx,
    rows.map((row) => [row.org_id, row.account_id]),
  )
  const decided = rows.map((row) => {
    const parts = row.parts.map(partFrom)
    const purpose = purposeOf(parts)
    const account = accounts.get(row.account_id)!
    const settleSeconds = options.settleSeconds(account.connector, row.answer !== null)
    const claim = claimOf({
      state: row.state,
      purpose,
      holdId: row.hold_id,
      consent: consentOf(row, contentHash(row.content, row.account_id)),
      accountState: account.state,
      restUntil: account.rest_until,
      settleSeconds,
      now: options.now,
    })
    return { row, parts, purpose, account, claim }
  })
  const taken = decided.flatMap(({ row, claim, ...facts }) =>
    claim.kind === 'take'
      ? [{ row, claimed: claimedFrom(row, { ...facts, state: claim.state, workerId: options.workerId }) }]
      : [],
  )
  const putOff = decided.filter(({ claim }) => claim.kind !== 'take')
  await endLostAttempts(
    tx,
    rows.filter((row) => row.lost),
    options.now,
  )
  await take(tx, taken, options.now)
  const stopped = await putAllOff(tx, putOff, options.now)
  const unclear = [...taken.filter(({ row }) => row.siblings), ...putOff]
  await refreshPostStates(
    tx,
    unclear.map(({ row }) => [row.org_id, row.post_id]),
  )
  for (const [orgId, posts] of Map.groupBy(stopped, ({ row }) => row.org_id))
    await recordAll(tx, orgId, longrunItself, options.now, posts.map(stoppedEvent))
  return { claimed: taken.map(({ claimed }) => claimed), putOff: putOff.length, nextAt: null }
}

/** Asked once a statement: where there is no hold at all, none is looked for row by row. */
export const anyHold = sql`exists (select from holds where ended_at is null)`

/** Of a variant `v`: its post as `p`, or what it answers as `said`. */
export const itsPostOrAnswer = sql`left join posts p on p.org_id = v.org_id and p.id = v.post_id
    left join answers said on said.org_id = v.org_id and said.id = v.answer_id`

/** Of these: the hold that binds it at a moment. */
export const bindingHold = (at: Date) =>
  sql`binding_hold(v.org_id, p.campaign_id, v.account_id, coalesce(p.department_id, said.department_id), ${at})`

/** What it answers, as delivery knows it. */
export const answering = sql`case when said.id is not null then jsonb_build_object('id', said.id, 'conversationId', said.conversation_id,
      'kind', said.said_kind, 'root', said.root, 'previous', said.previous) end`

async function dueRows(tx: Tx, { now, limit, inHand }: ClaimOptions): Promise<DueRow[]> {
  const found = await sql<DueRow>`
    select v.org_id, v.id, v.post_id, v.account_id, v.state, v.revision, v.tries, v.due_at, coalesce(v.frozen, v.content, p.content, said.content) as content,
      v.content_hash, v.needs_approval, v.approved_hash, case when ${anyHold} then ${bindingHold(now)} end as hold_id,
      ${answering} as answer,
      coalesce((select jsonb_agg(to_jsonb(parts) || jsonb_build_object('written_at', (select max(a.sent_at) from attempts a
          where a.org_id = v.org_id and a.variant_id = v.id and a.position = parts.position)) order by position) from parts
        where parts.org_id = v.org_id and parts.variant_id = v.id and parts.revision = v.revision), '[]') as parts,
      coalesce(a.lost, false) as lost, 1 + coalesce(a.last, 0) as attempt,
      exists (select from variants o where o.org_id = v.org_id and o.post_id = v.post_id and o.id <> v.id) as siblings
    from variants v
    ${itsPostOrAnswer}
    cross join lateral (select max(number) as last, bool_or(ended_at is null) as lost from attempts
      where attempts.org_id = v.org_id and attempts.variant_id = v.id) a
    where v.wake_at <= ${now} and not v.id = any(${inHand}::uuid[])
    order by v.wake_at limit ${limit} for update of v skip locked`.execute(tx)
  return found.rows
}

async function nextWake(tx: Tx, now: Date): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`select min(wake_at) as at from variants where wake_at > ${now}`.execute(
    tx,
  )
  return found.rows[0]!.at
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))

const partFrom = (row: DueRow['parts'][number]): PartRow => ({
  position: row.position,
  key: row.key,
  prepared: row.prepared,
  sentAt: instant(row.sent_at),
  writtenAt: instant(row.written_at),
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
  answer: row.answer,
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

/** A post with one variant shows that variant's state; those with more are looked at afterwards. */
async function take(tx: Tx, taken: { row: DueRow; claimed: Claimed }[], now: Date): Promise<void> {
  if (taken.length === 0) return
  const lease = new Date(now.getTime() + leaseMs)
  const rows = JSON.stringify(
    taken.map(({ row, claimed }) => ({
      org: claimed.orgId,
      id: claimed.id,
      post: row.siblings ? null : claimed.postId,
      state: claimed.state,
      attempt: claimed.attemptId,
      number: row.attempt,
      worker: claimed.workerId,
      purpose: claimed.purpose,
    })),
  )
  await sql`
    with taken as (select * from jsonb_to_recordset(${rows}::jsonb) as t(org uuid, id uuid, post uuid, state text, attempt uuid, number int, worker uuid, purpose text)
      limit ${taken.length}),
    moved as (
      update variants v set state = t.state, state_since = case when v.state = t.state then v.state_since else ${now} end, reason = null,
        worker_id = t.worker, lease_until = ${lease}, wake_at = ${lease}
      from taken t where v.org_id = t.org and v.id = t.id returning t.org, t.post, t.state),
    shown as (update posts p set state = m.state from moved m where p.org_id = m.org and p.id = m.post and p.state <> m.state)
    insert into attempts (org_id, id, variant_id, number, purpose, worker_id, claimed_at)
    select t.org, t.attempt, t.id, t.number, t.purpose, t.worker, ${now} from taken t`.execute(tx)
}

/** A post shows its most urgent variant; see `postState` in publishing/rules.ts for the same rule in words. */
export async function refreshPostStates(tx: Tx, posts: [org: string, post: string | null][]): Promise<void> {
  if (posts.length === 0) return
  const named = sql`(select * from unnest(${posts.map(([org]) => org)}::uuid[], ${posts.map(([, post]) => post)}::uuid[]))`
  // Two variants that end at the same moment must not each see the other at work: the second one looks when the first is done.
  await sql`select from posts where (org_id, id) in ${named} order by org_id, id for no key update`.execute(tx)
  await sql`
    update posts p set state = s.state
    from (select distinct on (v.org_id, v.post_id) v.org_id, v.post_id, v.state from variants v
      where (v.org_id, v.post_id) in ${named}
      order by v.org_id, v.post_id, variant_urgency(v.state)) s
    where p.org_id = s.org_id and p.id = s.post_id and p.state <> s.state`.execute(tx)
}
