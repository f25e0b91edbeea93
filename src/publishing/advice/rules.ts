// Pure: whether something comes before publishing for somebody, and for how long that may be set aside.

import { addDays } from '../../lib/days.ts'
import { longestDays } from './types.ts'

export interface Advice {
  since: Date
  /** Teams to which it does not apply. */
  openDepartmentIds: readonly string[]
  overriddenUntil: string | null
}

/** Whether somebody of a department is advised against publishing on a day. */
export const holdsFor = (
  advice: Pick<Advice, 'openDepartmentIds' | 'overriddenUntil'> | null,
  { departmentId, today }: { departmentId: string | null; today: string },
): boolean =>
  advice !== null &&
  !(departmentId !== null && advice.openDepartmentIds.includes(departmentId)) &&
  !(advice.overriddenUntil !== null && advice.overriddenUntil >= today)

/** null: it may be set aside until then. */
export function untilFault(until: string, today: string): 'day-past' | 'until-too-far' | null {
  if (until < today) return 'day-past'
  return until > addDays(today, longestDays) ? 'until-too-far' : null
}
