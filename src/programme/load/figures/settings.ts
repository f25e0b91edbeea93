// All numbers of the training plan in one object: the defaults, what a change of them may not be, and what a page shows.

import { costFigures } from './cost-figures.ts'
import type { Figure } from './figure.ts'

export const loadFigures = { ...costFigures }

export type FigureName = keyof typeof loadFigures

export type LoadSettings = Record<FigureName, number>

export const figureNames = Object.keys(loadFigures) as FigureName[]

/** With what an organisation changed; everything else is the default. */
export const loadSettings = (own: Partial<LoadSettings> = {}): LoadSettings =>
  Object.fromEntries(figureNames.map((name) => [name, own[name] ?? loadFigures[name].value])) as LoadSettings

export interface SettingFault {
  field: FigureName
  says: string
}

/** Empty: they may be used. Whoever shows them names the field. */
export function settingFaults(settings: LoadSettings): SettingFault[] {
  return figureNames.flatMap((field) => {
    const { least, most, unit }: Figure = loadFigures[field]
    const value = settings[field]
    const fits = Number.isFinite(value) && value >= least && value <= most
    return fits ? [] : [{ field, says: `Between ${least} and ${most} ${unit}` }]
  })
}
