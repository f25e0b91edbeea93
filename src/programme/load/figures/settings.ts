// All numbers of the training plan in one object: the defaults, what a change of them may not be, and what a page shows.

import { costFigures } from './cost-figures.ts'
import type { Figure } from './figure.ts'
import { guardFigures } from './guard-figures.ts'
import { moneyFigures } from './money-figures.ts'
import { sessionFigures } from './session-figures.ts'
import { sprintFigures } from './sprint-figures.ts'
import { weekFigures } from './week-figures.ts'

export const loadFigures = {
  ...weekFigures,
  ...costFigures,
  ...sessionFigures,
  ...guardFigures,
  ...sprintFigures,
  ...moneyFigures,
}

export type FigureName = keyof typeof loadFigures

export type LoadSettings = Record<FigureName, number>

export const figureNames = Object.keys(loadFigures) as FigureName[]

/** With what an organisation changed; everything else is the default. */
export const loadSettings = (own: Partial<LoadSettings> = {}): LoadSettings =>
  Object.fromEntries(figureNames.map((name) => [name, own[name] ?? loadFigures[name].value])) as LoadSettings

export interface SettingFault {
  field: FigureName
  says: string
  /** The figure that it does not go with. */
  against?: FigureName
}

/** Empty: they may be used. Whoever shows them names the field. */
export const settingFaults = (settings: LoadSettings): SettingFault[] => [...outside(settings), ...contrary(settings)]

/** The first may not be above the second. */
const inOrder: [FigureName, FigureName, string][] = [
  ['cutBackLow', 'cutBack', 'Not above a usual cut-back'],
  ['cutBack', 'cutBackHigh', 'Not above the lightest cut-back'],
  ['cutBack', 'cutBackShows', 'Not above what counts as a cut-back'],
  ['warnRatio', 'refuseRatio', 'Not above what is refused'],
  ['taperSecond', 'taperFirst', 'Not above the week before it'],
  ['watchPoints', 'intervenePoints', 'Not above the points of stepping in'],
  ['measuredWeeks', 'baselineWeeks', 'Not more weeks than the baseline looks at'],
]

const contrary = (settings: LoadSettings): SettingFault[] =>
  inOrder.flatMap(([field, above, says]) =>
    settings[field] > settings[above] ? [{ field, says, against: above }] : [],
  )

function outside(settings: LoadSettings): SettingFault[] {
  return figureNames.flatMap((field) => {
    const { least, most, unit }: Figure = loadFigures[field]
    const value = settings[field]
    const fits = Number.isFinite(value) && value >= least && value <= most
    return fits ? [] : [{ field, says: `Between ${least} and ${most} ${unit}` }]
  })
}
