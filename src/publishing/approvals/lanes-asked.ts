// Which lanes a request consists of: those that are needed, the fast one in place of ordinary ones, or anybody who may let it go.

import type { Need } from './needs.ts'
import type { StepRow } from './store.ts'
import type { LaneRow } from './store-lanes.ts'
import type { LaneReason, StepRule } from './types.ts'

export interface AskedLane {
  /** null: anybody who may schedule. */
  id: string | null
  name: string
  kind: StepRow['kind']
  steps: StepRule[]
  reasons: LaneReason[]
}

/** Whoever may schedule lets it go, the author too: asking is a courtesy then, and somebody is told. */
const anybody: AskedLane = {
  id: null,
  name: 'Anybody who may schedule',
  kind: 'anybody',
  steps: [
    {
      approvers: (['owner', 'admin', 'manager'] as const).map((role) => ({ kind: 'role', role })),
      ...{ needed: 1, deputies: [], notAuthor: false, remindAfter: 240, deputyAfter: null, managerAfter: null },
    },
  ],
  reasons: [{ code: 'nobody-else' }],
}

/** The fast lane takes the place of ordinary lanes, never of one for investor relations. */
export function lanesFor(needs: Need[], { fast, mayLetGo }: { fast: LaneRow | null; mayLetGo: boolean }): AskedLane[] {
  const asked = needs.map(({ lane, reasons }) => laneOf(lane, reasons))
  if (fast) {
    const stays = asked.filter(({ kind }) => kind === 'investor')
    const replaces = asked.length > stays.length || (asked.length === 0 && !mayLetGo)
    return replaces ? [...stays, laneOf(fast, [{ code: 'asked-fast' }])] : stays
  }
  return asked.length === 0 && !mayLetGo ? [anybody] : asked
}

const laneOf = ({ id, name, kind, steps }: LaneRow, reasons: LaneReason[]): AskedLane => ({
  ...{ id, name, kind, steps, reasons },
})

/** Each lane once, with every reason for it. */
export function joined(lanes: AskedLane[]): AskedLane[] {
  return [...Map.groupBy(lanes, ({ id }) => id).values()].map((same) => {
    const reasons = new Map(same.flatMap((lane) => lane.reasons).map((reason) => [JSON.stringify(reason), reason]))
    return { ...same[0]!, reasons: [...reasons.values()] }
  })
}
