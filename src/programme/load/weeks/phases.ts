// The phases of a plan, announced ahead with the effort that they bring (R3-04).

import type { Phase, PlannedWeek } from './types.ts'

export interface PlanPhase {
  /** `build` and `hold` end with their lighter week; `event` is taper and event together. */
  kind: 'build' | 'hold' | 'event' | 'away'
  /** Mondays of the first and the last week. */
  from: string
  to: string
  weeks: number
  /** In the mean of its weeks, and in the fullest. */
  minutes: number
  most: number
  /** Of the fullest week, ÷ that of the last one that built or held; null: there is none, or this is none. */
  toBefore: number | null
  says: string
}

type Week = Pick<PlannedWeek, 'monday' | 'minutes' | 'phase'>

export function phasesOf(weeks: readonly Week[]): PlanPhase[] {
  const groups: Week[][] = []
  for (const week of weeks) {
    const last = groups.at(-1)
    const previous = last?.at(-1)
    if (last && previous && goesOn(previous.phase, week.phase)) last.push(week)
    else groups.push([week])
  }
  let before: number | null = null
  return groups.map((group) => {
    const kind = kindOf(group)
    const trains = kind === 'build' || kind === 'hold'
    const most = Math.max(...group.map(({ minutes }) => minutes))
    const phase = {
      ...{ kind, from: group[0]!.monday, to: group.at(-1)!.monday, weeks: group.length, most },
      minutes: group.reduce((sum, { minutes }) => sum + minutes, 0) / group.length,
      toBefore: trains && before !== null && before > 0 ? most / before : null,
    }
    if (trains) before = most
    return { ...phase, says: wordsOf(phase, group) }
  })
}

function goesOn(before: Phase, next: Phase): boolean {
  // A lighter week ends its phase: what comes after it is the next step.
  if (before === 'cut-back' || before === 'event') return false
  if (before === 'taper' || before === 'away') return next === before || (before === 'taper' && next === 'event')
  return next === before || next === 'cut-back'
}

function kindOf(group: readonly Week[]): PlanPhase['kind'] {
  const first = group[0]!.phase
  if (first === 'taper' || first === 'event') return 'event'
  return first === 'away' || first === 'hold' ? first : 'build'
}

function wordsOf({ kind, minutes, most, toBefore }: Omit<PlanPhase, 'says'>, group: readonly Week[]): string {
  if (kind === 'away') return 'Nobody is there.'
  if (kind === 'event')
    return `Less work before an event: ${Math.round(minutes)} minutes a week, so that people come to it rested.`
  const step = toBefore === null ? 0 : Math.round((toBefore - 1) * 100)
  const change = step === 0 ? '' : `, ${Math.abs(step)} % ${step > 0 ? 'more' : 'less'} than before`
  const lighter = group.length > 1 && group.at(-1)!.phase === 'cut-back' ? '; its last week is lighter' : ''
  return `Up to ${Math.round(most)} minutes a week${change}${lighter}.`
}
