// Writes what was settled: new rows, new places, and a step for whatever changed after it was made.

import type { Insertable } from 'kysely'
import type { PlanSessions } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Settled } from '../load/sessions/settle-sessions.ts'
import type { Session, WorkItem } from '../load/sessions/types.ts'
import type { Asked } from './ground.ts'
import { insertSessions, insertSteps, type SessionChange, type SessionRow, type Step, updateSessions } from './store.ts'

export interface Told {
  made: number
  moved: number
  dropped: number
  takenOut: number
  /** Whose sessions are not where they were. */
  memberIds: string[]
}

interface Ground {
  programmeId: string
  version: number
  at: Date
  rows: ReadonlyMap<string, SessionRow>
  asked: ReadonlyMap<string, Asked>
}

/** What stays as it is is not written. */
export async function writeSettled(
  tx: Tx,
  orgId: string,
  settled: readonly Settled[],
  { rows, asked, ...ground }: Ground,
): Promise<Told> {
  const [fresh, steps]: [Insertable<PlanSessions>[], Step[]] = [[], []]
  const changes: { id: string; values: Change['values'] }[] = []
  for (const each of settled) {
    const row = rows.get(each.id)
    if (row) {
      const own = asked.get(each.id)
      const campaign_id = own ? own.campaignId : row.campaign_id
      const change = changeOf(each, row, { ...ground, parts: own?.parts ?? row.parts, campaign_id })
      if (!change) continue
      changes.push({ id: row.id, values: change.values })
      if (change.step) steps.push({ ...stepOf(row, ground.at), ...change.step })
    } else if (each.outcome === 'placed' || each.outcome === 'dropped') {
      fresh.push(rowOf(each, { ...ground, orgId, asked: asked.get(each.id)! }))
    }
  }
  // Another version of the plan changes hundreds in the same way.
  for (const same of Map.groupBy(changes, ({ values }) => JSON.stringify(values)).values()) {
    const ids = same.map(({ id }) => id)
    await updateSessions(tx, orgId, ids, same[0]!.values, ground.at)
  }
  await insertSessions(tx, fresh)
  await insertSteps(tx, orgId, steps)
  const of = (...what: string[]) => steps.filter((step) => what.includes(step.what))
  return {
    ...{ made: fresh.length, moved: of('re-placed', 'came-back').length, dropped: of('dropped').length },
    takenOut: of('taken-out').length,
    memberIds: [...new Set(steps.flatMap(({ from_member, to_member }) => [from_member ?? [], to_member ?? []].flat()))],
  }
}

export const stepOf = (row: SessionRow, at: Date) => ({
  ...{ session_id: row.id, at, by_id: null },
  ...{ from_member: row.member_id, from_day: row.on_day, from_wall: row.wall },
})

interface Change {
  values: SessionChange
  step: Pick<Step, 'what' | 'to_member' | 'to_day' | 'reason'> | null
}

interface Given {
  version: number
  parts: number
  campaign_id: string | null
}

/** null: nothing is to be written. */
function changeOf(each: Settled, row: SessionRow, given: Given): Change | null {
  const { version, parts, campaign_id } = given
  switch (each.outcome) {
    case 'waits':
      return null
    case 'stays':
      return row.version === version && row.campaign_id === campaign_id
        ? null
        : { values: { version, campaign_id }, step: null }
    case 'taken-out': {
      if (row.state === 'taken-out') return null
      const values = { state: 'taken-out', reason: 'plan-changed', by_hand: false }
      // What never had a place leaves none behind.
      return { values, step: row.state === 'planned' ? { what: 'taken-out', reason: 'plan-changed' } : null }
    }
    case 'dropped': {
      // Why it was dropped at first stays.
      if (row.state === 'dropped' && row.version === version) return null
      const values = {
        ...facts(each.item),
        version,
        parts,
        campaign_id,
        state: 'dropped',
        reason: each.reason,
        by_hand: false,
      }
      return { values, step: row.state === 'planned' ? { what: 'dropped', reason: each.reason } : null }
    }
    case 'placed': {
      const { session, item, reason } = each
      const values = {
        ...facts(item),
        ...place(session),
        version,
        parts,
        campaign_id,
        state: 'planned',
        reason,
        by_hand: false,
      }
      const what = row.state === 'planned' ? 're-placed' : 'came-back'
      return { values, step: { what, to_member: session.person, to_day: session.day, reason } }
    }
  }
}

const facts = ({ minutes, from, to }: WorkItem) => ({ minutes, from_day: from, to_day: to })

export const place = ({ person, day, wall, zone, at, until, plannedDay, madeUp }: Session) => ({
  ...{ member_id: person, on_day: day, wall, zone, at, until_at: until, planned_day: plannedDay, made_up: madeUp },
})

function rowOf(
  each: Settled & { outcome: 'placed' | 'dropped' },
  { orgId, programmeId, version, at, asked }: Omit<Ground, 'rows' | 'asked'> & { orgId: string; asked: Asked },
): Insertable<PlanSessions> {
  const { activity, channel, kind } = each.item
  return {
    ...{
      org_id: orgId,
      id: newId(),
      programme_id: programmeId,
      item: asked.item,
      part: asked.part,
      parts: asked.parts,
    },
    ...{
      version,
      activity,
      channel,
      kind,
      campaign_id: asked.campaignId,
      ...facts(each.item),
      made_up: false,
      by_hand: false,
    },
    ...(each.outcome === 'placed' ? { state: 'planned', ...place(each.session) } : { state: 'dropped' }),
    ...{ reason: each.reason, revision: 0, made_at: at, changed_at: at },
  }
}
