// Every query of approval requests, their renditions, steps and votes.

import type { Insertable, Selectable } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type {
  ApprovalComments,
  ApprovalRenditions,
  ApprovalRequests,
  ApprovalSteps,
  ApprovalVotes,
} from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Finding, LaneReason, RequestState, StepRule } from './types.ts'

export type RequestRow = Omit<Selectable<ApprovalRequests>, 'state' | 'findings'> & {
  state: RequestState
  findings: Finding[]
}
export type RenditionRow = Omit<Selectable<ApprovalRenditions>, 'words' | 'content'> & { words: Draft; content: Draft }
export type StepRow = Omit<Selectable<ApprovalSteps>, 'rule' | 'reasons' | 'kind'> & {
  rule: StepRule
  reasons: LaneReason[]
  kind: 'ordinary' | 'fast' | 'investor' | 'anybody' | 'invited'
}
export type VoteRow = Omit<Selectable<ApprovalVotes>, 'vote'> & { vote: 'approve' | 'reject' }
export type CommentRow = Selectable<ApprovalComments>

const requests = (tx: Tx, orgId: string) => tx.selectFrom('approval_requests').selectAll().where('org_id', '=', orgId)

/** The newest request of a post, if it is open or granted: what consent there is now. The post is locked by the caller. */
export async function lockLiveRequest(tx: Tx, orgId: string, postId: string): Promise<RequestRow | null> {
  const row = await requests(tx, orgId)
    .where('post_id', '=', postId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return row && (row.state === 'open' || row.state === 'granted') ? (row as unknown as RequestRow) : null
}

export async function lockRequest(tx: Tx, orgId: string, id: string): Promise<RequestRow | null> {
  const row = await requests(tx, orgId).where('id', '=', id).forUpdate().executeTakeFirst()
  return (row as unknown as RequestRow) ?? null
}

export async function findRequest(tx: Tx, orgId: string, id: string): Promise<RequestRow | null> {
  const row = await requests(tx, orgId).where('id', '=', id).executeTakeFirst()
  return (row as unknown as RequestRow) ?? null
}

export async function requestsOfPost(tx: Tx, orgId: string, postId: string, limit: number): Promise<RequestRow[]> {
  const rows = await requests(tx, orgId)
    .where('post_id', '=', postId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as RequestRow[]
}

export interface RequestFilter {
  state?: RequestState
  askedBy?: string
  after: [at: string, id: string] | null
  limit: number
}

export async function listRequests(tx: Tx, orgId: string, filter: RequestFilter): Promise<RequestRow[]> {
  let query = requests(tx, orgId)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.askedBy) query = query.where('asked_by', '=', filter.askedBy)
  if (filter.after) {
    const [at, id] = filter.after
    query = query.where((eb) =>
      eb.or([eb('asked_at', '<', new Date(at)), eb.and([eb('asked_at', '=', new Date(at)), eb('id', '<', id)])]),
    )
  }
  const rows = await query.orderBy('asked_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
  return rows as unknown as RequestRow[]
}

export const insertRequest = (tx: Tx, row: Omit<Insertable<ApprovalRequests>, 'findings'> & { findings: Finding[] }) =>
  tx
    .insertInto('approval_requests')
    .values({ ...row, findings: JSON.stringify(row.findings) })
    .execute()

export type RequestChange = Partial<
  Pick<
    RequestRow,
    | 'state'
    | 'ended_at'
    | 'granted_at'
    | 'ended_by'
    | 'reason'
    | 'due_at'
    | 'at_once'
    | 'look_at'
    | 'late_told_at'
    | 'end_told_at'
    | 'box_ends_at'
    | 'box_over_at'
    | 'when_silent'
    | 'findings'
  >
>

export async function changeRequest(
  tx: Tx,
  { org_id, id }: Pick<RequestRow, 'org_id' | 'id'>,
  { findings, ...change }: RequestChange,
): Promise<void> {
  await tx
    .updateTable('approval_requests')
    .set({ ...change, ...(findings ? { findings: JSON.stringify(findings) } : {}) })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute()
}

// ── Renditions ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function renditionsOf(tx: Tx, orgId: string, requestIds: string[]): Promise<RenditionRow[]> {
  if (requestIds.length === 0) return []
  const rows = await tx
    .selectFrom('approval_renditions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('request_id', 'in', requestIds)
    .orderBy('variant_id')
    .execute()
  return rows as unknown as RenditionRow[]
}

/** For lists, which need no contents. */
export const accountsAsked = (
  tx: Tx,
  orgId: string,
  requestIds: string[],
): Promise<{ request_id: string; account_id: string }[]> =>
  tx
    .selectFrom('approval_renditions')
    .select(['request_id', 'account_id'])
    .where('org_id', '=', orgId)
    .where('request_id', 'in', requestIds)
    .orderBy('variant_id')
    .execute()

export async function insertRenditions(tx: Tx, rows: Omit<RenditionRow, 'voided_at'>[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({
    ...row,
    words: JSON.stringify(row.words),
    content: JSON.stringify(row.content),
  }))
  await tx.insertInto('approval_renditions').values(values).execute()
}

export async function voidRenditions(
  tx: Tx,
  { org_id, id }: Pick<RequestRow, 'org_id' | 'id'>,
  variantIds: string[],
  at: Date,
): Promise<void> {
  if (variantIds.length === 0) return
  await tx
    .updateTable('approval_renditions')
    .set({ voided_at: at })
    .where('org_id', '=', org_id)
    .where('request_id', '=', id)
    .where('variant_id', 'in', variantIds)
    .execute()
}

/** Consent to exactly this content, or none; the permission to write compares it with what would go out. */
export async function setConsent(
  tx: Tx,
  orgId: string,
  variantId: string,
  consent: { needed: boolean; hash: string | null },
): Promise<void> {
  await tx
    .updateTable('variants')
    .set({ needs_approval: consent.needed, approved_hash: consent.hash })
    .where('org_id', '=', orgId)
    .where('id', '=', variantId)
    .execute()
}

// ── Steps and votes ─────────────────────────────────────────────────────────────────────────────────────────────────

export async function stepsOf(tx: Tx, orgId: string, requestIds: string[]): Promise<StepRow[]> {
  if (requestIds.length === 0) return []
  const rows = await tx
    .selectFrom('approval_steps')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('request_id', 'in', requestIds)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows as unknown as StepRow[]
}

export async function insertSteps(
  tx: Tx,
  rows: Pick<
    StepRow,
    'org_id' | 'id' | 'request_id' | 'lane_id' | 'lane_name' | 'kind' | 'position' | 'rule' | 'reasons'
  >[],
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({
    ...row,
    rule: JSON.stringify(row.rule),
    reasons: JSON.stringify(row.reasons),
  }))
  await tx.insertInto('approval_steps').values(values).execute()
}

export async function deleteSteps(tx: Tx, orgId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.deleteFrom('approval_steps').where('org_id', '=', orgId).where('id', 'in', ids).execute()
}

export type StepMarks = Partial<
  Pick<StepRow, 'opened_at' | 'told_at' | 'reminded_at' | 'deputy_at' | 'manager_at' | 'satisfied_at'>
>

export async function markStep(tx: Tx, orgId: string, id: string, marks: StepMarks): Promise<void> {
  await tx.updateTable('approval_steps').set(marks).where('org_id', '=', orgId).where('id', '=', id).execute()
}

export async function votesOf(tx: Tx, orgId: string, requestIds: string[]): Promise<VoteRow[]> {
  if (requestIds.length === 0) return []
  const rows = await tx
    .selectFrom('approval_votes')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('request_id', 'in', requestIds)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows as VoteRow[]
}

export const insertVote = (tx: Tx, row: Insertable<ApprovalVotes>): Promise<unknown> =>
  tx.insertInto('approval_votes').values(row).execute()

// ── Comments ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const commentsOf = (tx: Tx, orgId: string, requestIds: string[]): Promise<CommentRow[]> =>
  requestIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('approval_comments')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('request_id', 'in', requestIds)
        .orderBy('at')
        .orderBy('id')
        .execute()

export const insertComment = (tx: Tx, row: Insertable<ApprovalComments>): Promise<unknown> =>
  tx.insertInto('approval_comments').values(row).execute()

export async function markTaken(tx: Tx, orgId: string, id: string, taken: { at: Date; by: string }): Promise<void> {
  await tx
    .updateTable('approval_comments')
    .set({ taken_at: taken.at, taken_by: taken.by })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}
