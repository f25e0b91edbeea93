// Pure: how a team or a person stands, in a word and with its reasons, for pages that show many at once.

import type { LoadSettings } from '../load/figures/settings.ts'

interface Standing {
  isOver: boolean
  ratio: number | null
  tooEven: boolean
  /** Of a team: its people above their ceiling. */
  peopleOver?: number
  sharing?: { alarm: boolean; topShare: number | null } | null
}

export interface Risk {
  level: 'calm' | 'watch' | 'act'
  reasons: string[]
}

export function riskOf(
  { isOver, ratio, tooEven, peopleOver = 0, sharing }: Standing,
  { refuseRatio }: Pick<LoadSettings, 'refuseRatio'>,
): Risk {
  const act = [
    ...(isOver ? ['above the ceiling'] : []),
    ...(peopleOver > 0
      ? [peopleOver === 1 ? 'one person above the ceiling' : `${peopleOver} people above the ceiling`]
      : []),
    ...(sharing?.alarm ? [`one person does ${Math.round((sharing.topShare ?? 0) * 100)} %`] : []),
  ]
  const watch = [
    ...(ratio !== null && ratio >= refuseRatio ? [`${ratio.toFixed(1)} times the weeks before`] : []),
    ...(tooEven ? ['no light days'] : []),
  ]
  const level = act.length > 0 ? 'act' : watch.length > 0 ? 'watch' : 'calm'
  return { level, reasons: [...act, ...watch] }
}
