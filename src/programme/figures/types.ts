// The figures of the rules that an organisation may change, in groups as pages show them. Runs in the browser.

import { costFigures } from '../load/figures/cost-figures.ts'
import { guardFigures } from '../load/figures/guard-figures.ts'
import { moneyFigures } from '../load/figures/money-figures.ts'
import { sessionFigures } from '../load/figures/session-figures.ts'
import type { FigureName } from '../load/figures/settings.ts'
import { sprintFigures } from '../load/figures/sprint-figures.ts'
import { weekFigures } from '../load/figures/week-figures.ts'

export const groups = ['weeks', 'days', 'guards', 'money', 'costs'] as const
export type Group = (typeof groups)[number]

const figuresOf: Record<Group, object> = {
  weeks: weekFigures,
  days: sessionFigures,
  guards: { ...guardFigures, ...sprintFigures },
  money: moneyFigures,
  costs: costFigures,
}

/** How steady times have to be is asked by the gates of the ladder, each with a bound of its own; nobody is told yet how fast they learn. */
const asksNobody: ReadonlySet<string> = new Set(['learningSpread', 'stableSpread', 'stableTimes'])

/** Every figure that a rule goes by, with its group. */
export const changeable = groups.flatMap((group) =>
  Object.keys(figuresOf[group])
    .filter((name) => !asksNobody.has(name))
    .map((name) => ({ group, name: name as FigureName })),
)

const names = changeable.map(({ name }) => name)
export const changeableNames = names as [FigureName, ...FigureName[]]
