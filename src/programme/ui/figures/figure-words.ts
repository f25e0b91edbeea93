// The words of figures: groups, units, and values as people read them.

import type { client, Output } from '../../../kit/api.ts'
import { plainCode } from '../../../kit/words.ts'
import type { Group } from '../../figures/types.ts'
import '../refusal-words.ts'

export type Figures = Output<typeof client.figures.read>
export type Figure = Figures['figures'][number]

export const groupWords: Record<Group, { title: string; means: string }> = {
  weeks: { title: 'How load grows', means: 'Where weeks begin, how fast they may grow, when they rest.' },
  days: { title: 'Single days', means: 'What is light, what needs a block, what becomes of what was missed.' },
  guards: { title: 'Guards', means: 'When load is too even, too much on one person, or too much at once.' },
  money: { title: 'Money', means: 'When a line of the budget is told to be on its way above its plan.' },
  costs: { title: 'What things take', means: 'How minutes of single items are told from what was measured.' },
}

const digits = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 })

/** `7 %`, `1.2 ×`, `28 days`. */
export function figureText(value: number, unit: string): string {
  if (unit === 'share') return `${digits.format(Math.round(value * 1000) / 10)} %`
  if (unit === 'times') return `${digits.format(value)} ×`
  return `${digits.format(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`
}

/** What is typed: shares are typed as they are kept. */
export const rangeText = ({ least, most, unit }: Figure): string =>
  unit === 'share'
    ? `A share from ${digits.format(least)} to ${digits.format(most)}; 0.1 is 10 %.`
    : `From ${digits.format(least)} to ${digits.format(most)} ${unit}.`

/** `cut back every`, for a list of what was changed. */
export const figureName = (name: string): string =>
  plainCode(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
