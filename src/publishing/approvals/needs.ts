// Which lanes a post has to pass on each account, and why: by where it belongs, and by what guardrails find in it.

import { sql } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { findingsOf, type Guardrail } from './guardrail-rules.ts'
import { type AssignmentRow, type LaneRow, readAssignments, readGuardrails, readLanes } from './store-lanes.ts'
import type { Finding, LaneReason } from './types.ts'

export interface Planned {
  campaignId: string | null
  departmentId: string | null
  /** When it is planned; null: not yet. */
  dueAt: Date | null
  /** To how many accounts the post goes as a whole. */
  accounts: number
  variants: { accountId: string; words: Draft }[]
}

export interface Need {
  lane: LaneRow
  reasons: LaneReason[]
}

export interface Needs {
  /** Account → lanes; an account without any is not in it. */
  byAccount: Map<string, Need[]>
  findings: Finding[]
  lanes: LaneRow[]
}

export async function needsOf(tx: Tx, orgId: string, planned: Planned): Promise<Needs> {
  const lanes = await readLanes(tx, orgId)
  if (lanes.length === 0) return { byAccount: new Map(), findings: [], lanes }
  const assignments = await readAssignments(tx, orgId)
  const guardrails = await readGuardrails(tx, orgId)
  const fresh = await withoutPosts(tx, orgId, guardrails, planned)
  return { ...needsFrom(planned, { lanes, assignments, guardrails, fresh }), lanes }
}

export interface NeedFacts {
  lanes: LaneRow[]
  assignments: AssignmentRow[]
  guardrails: Guardrail[]
  /** Accounts on which nothing was published yet. */
  fresh: Set<string>
}

/** The decision itself, without a query. */
export function needsFrom(
  planned: Planned,
  { lanes, assignments, guardrails, fresh }: NeedFacts,
): Pick<Needs, 'byAccount' | 'findings'> {
  const inUse = new Map(lanes.map((lane) => [lane.id, lane]))
  const byAccount = new Map<string, Need[]>()
  const findings: Finding[] = []
  for (const { accountId, words } of planned.variants) {
    const found = findingsOf(
      guardrails.filter(({ laneId }) => inUse.has(laneId)),
      { accountId, words, dueAt: planned.dueAt, accounts: planned.accounts, firstPost: fresh.has(accountId) },
    )
    findings.push(...found)
    const why = [
      ...assignments.flatMap((each) => byScope(each, planned, accountId)),
      ...found.map(({ laneId, name, match, guardrailId }) => ({
        laneId,
        reason: { code: 'guardrail', name, match, id: guardrailId } satisfies LaneReason,
      })),
    ]
    const needs = [...Map.groupBy(why, ({ laneId }) => laneId)].flatMap(([laneId, each]) => {
      const lane = inUse.get(laneId)
      // A fast lane is chosen by a person; as a duty it would be none.
      return lane && lane.kind !== 'fast' ? [{ lane, reasons: each.map(({ reason }) => reason) }] : []
    })
    if (needs.length > 0) byAccount.set(accountId, needs)
  }
  return { byAccount, findings }
}

function byScope(
  { scope, scope_id: id, lane_id: laneId }: AssignmentRow,
  planned: Planned,
  accountId: string,
): { laneId: string; reason: LaneReason }[] {
  const own = {
    organisation: null,
    account: accountId,
    campaign: planned.campaignId,
    department: planned.departmentId,
  }[scope]
  if (scope !== 'organisation' && (own === null || own !== id)) return []
  return [{ laneId, reason: { code: scope, ...(id ? { id } : {}) } }]
}

async function withoutPosts(tx: Tx, orgId: string, guardrails: Guardrail[], planned: Planned): Promise<Set<string>> {
  const asked = planned.variants.map(({ accountId }) => accountId)
  if (asked.length === 0 || !guardrails.some(({ kind }) => kind === 'first-post')) return new Set()
  const found = await sql<{ id: string }>`
    select id from unnest(${asked}::uuid[]) id where not exists (
      select from variants v where v.org_id = ${orgId} and v.account_id = id and v.published_at is not null
        and v.post_id is not null)`.execute(tx)
  return new Set(found.rows.map(({ id }) => id))
}
