// Pure: figures that an organisation changed, as they are after a change, and what is wrong with them.

import {
  type FigureName,
  type LoadSettings,
  loadFigures,
  loadSettings,
  settingFaults,
} from '../load/figures/settings.ts'
import { changeable } from './types.ts'

export type OwnFigures = Partial<LoadSettings>

export interface FigureChange {
  name: FigureName
  /** null: back to the default. */
  value: number | null
}

/** What is as the default is none of one's own. */
export function withChanges(own: OwnFigures, changes: readonly FigureChange[]): OwnFigures {
  const next = { ...own }
  for (const { name, value } of changes) {
    if (value === null || value === loadFigures[name].value) delete next[name]
    else next[name] = value
  }
  return next
}

/** The first thing that is wrong with them, by the figure to which somebody can do something: one that was just changed, where there is one. */
export function figureFault(
  own: OwnFigures,
  changes: readonly FigureChange[],
): { field: FigureName; says: string } | null {
  const twice = changes.find(({ name }, index) => changes.findIndex((each) => each.name === name) !== index)
  if (twice) return { field: twice.name, says: 'It is there twice' }
  const faults = settingFaults(loadSettings(own))
  const touched = new Set(changes.map(({ name }) => name))
  const [fault] = [...faults.filter(({ field }) => touched.has(field)), ...faults]
  if (!fault) return null
  if (touched.has(fault.field) || fault.against === undefined || !touched.has(fault.against)) return fault
  return { field: fault.against, says: `Not below ${loadSettings(own)[fault.field]}, the figure that it bounds` }
}

/** What of one version differs from the one before it; in the order in which pages show figures. */
export const differences = (
  before: OwnFigures,
  after: OwnFigures,
): { name: FigureName; before: number; after: number }[] => {
  const [was, is] = [loadSettings(before), loadSettings(after)]
  return changeable.flatMap(({ name }) =>
    was[name] === is[name] ? [] : [{ name, before: was[name], after: is[name] }],
  )
}
