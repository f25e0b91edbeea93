// What is to be written of sessions, one by one: new rows, new places, and a step for whatever changed after it was made. Pure.

import type { Insertable } from 'kysely'
import type { PlanSessions } from '../../db/schema.gen.ts'
import { newId } from '../../lib/ids.ts'
import type { Settled } from '../load/sessions/settle-sessions.ts'
import type { Session, WorkItem } from '../load/sessions/types.ts'
import type { Asked } from './ground.ts'
import type { SessionChange, SessionRow, Step } from './store.ts'

export type Writing =
  /** Of what was missed, or of what the plan asks for. `row`: as it stands then. */
  | { of: 'reckoning' | 'plan'; row: SessionRow; values: SessionChange; steps: Step[] }
  | { of: 'plan'; row: null; values: Insertable<PlanSessions>; steps: [] }

/** Whose days it touches: who had it, and who gets it. */
export const membersOf = ({ row, values }: Writing): string[] => [
  ...new Set([row?.member_id ?? [], (values.member_id as string | null | undefined) ?? []].flat()),
]

interface Ground {
  orgId: string
  programmeId: string
  version: number
  at: Date
  /** By their keys. */
  rows: ReadonlyMap<string, SessionRow>
  asked: ReadonlyMap<string, Asked>
}

/** What stays as it is is not written. */
export const writingsOf = (settled: readonly Settled[], { rows, asked, ...ground }: Ground): Writing[] =>
  settled.flatMap((each): Writing[] => {
    const row = rows.get(each.id)
    if (row) {
      const own = asked.get(each.id)
      const { parts, items, campaign_id } = own ? { ...own, campaign_id: own.campaignId } : row
      const change = changeOf(each, row, { version: ground.version, parts, items, campaign_id })
      if (!change) return []
      const steps = change.step ? [{ ...stepOf(row, ground.at), ...change.step }] : []
      return [{ of: 'plan', row, values: change.values, steps }]
    }
    if (each.outcome !== 'placed' && each.outcome !== 'dropped') return []
    const values = rowOf(each, { ...ground, asked: asked.get(each.id)! })
    return [{ of: 'plan', row: null, values, steps: [] }]
  })

export const stepOf = (row: SessionRow, at: Date) => ({
  ...{ session_id: row.id, at, by_id: null },
  ...{ from_member: row.member_id, from_day: row.on_day, from_wall: row.wall },
})

interface Change {
  values: SessionChange
  step: Pick<Step, 'what' | 'to_member' | 'to_day' | 'reason'> | null
}

type Given = Pick<SessionRow, 'version' | 'parts' | 'items' | 'campaign_id'>

/** null: nothing is to be written. */
function changeOf(each: Settled, row: SessionRow, { version, parts, items, campaign_id }: Given): Change | null {
  const work = { version, parts, items, campaign_id }
  switch (each.outcome) {
    case 'waits':
      return null
    case 'stays':
      return row.version === version && row.campaign_id === campaign_id
        ? null
        : { values: { version, campaign_id }, step: null }
    case 'taken-out': {
      if (row.state === 'taken-out') return null
      const values = { state: 'taken-out', reason: 'plan-changed', ...loosed }
      // What never had a place leaves none behind.
      return { values, step: row.state === 'planned' ? { what: 'taken-out', reason: 'plan-changed' } : null }
    }
    case 'dropped': {
      // Why it was dropped at first stays.
      if (row.state === 'dropped' && row.version === version && !isOtherLack(each.reason, row.reason)) return null
      const values = { ...facts(each.item), ...work, state: 'dropped', reason: each.reason, ...loosed }
      return { values, step: row.state === 'planned' ? { what: 'dropped', reason: each.reason } : null }
    }
    case 'placed': {
      const { session, item, reason } = each
      const values = { ...facts(item), ...place(session), ...work, state: 'planned', reason, ...loosed }
      const what = row.state === 'planned' ? 're-placed' : 'came-back'
      return { values, step: { what, to_member: session.person, to_day: session.day, reason } }
    }
  }
}

/** That nobody may do it, or somebody may by now, is worth another word than what stood against it before. */
const isOtherLack = (now: string, before: string | null): boolean =>
  now !== before && [now, before].some((reason) => reason === 'unable' || reason === 'named-gone')

/** Whoever chose its day, or gave it to somebody, chose another place than it has now. */
const loosed = { by_hand: false, handed: false }

const facts = ({ minutes, from, to }: WorkItem) => ({ minutes, from_day: from, to_day: to })

export const place = ({ person, day, wall, zone, at, until, plannedDay, madeUp }: Session) => ({
  ...{ member_id: person, on_day: day, wall, zone, at, until_at: until, planned_day: plannedDay, made_up: madeUp },
})

function rowOf(
  each: Settled & { outcome: 'placed' | 'dropped' },
  { orgId, programmeId, version, at, asked }: Omit<Ground, 'rows' | 'asked'> & { asked: Asked },
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
      items: asked.items,
    },
    ...{ version, activity, channel, kind, ...facts(each.item), made_up: false, ...loosed },
    campaign_id: asked.campaignId,
    ...(each.outcome === 'placed' ? { state: 'planned', ...place(each.session) } : { state: 'dropped' }),
    ...{ reason: each.reason, revision: 0, made_at: at, changed_at: at },
  }
}
