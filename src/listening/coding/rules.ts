// Decisions of coding: how many texts are drawn of each label, what they weigh, where a set stands, and how far two coders agree. Pure.

import { type Agreement, agreementOf } from '../../lib/stats/agreement.ts'
import { type Codable, choices } from '../labels/types.ts'
import { type SetState, unclear } from './types.ts'

export interface Stratum {
  machine: string
  size: number
}

export interface Share extends Stratum {
  wanted: number
  /** How much each text drawn of it counts, so that all together stand for everything there was to draw from. */
  weight: number
}

/** As many of each, as far as there are; what some lack goes to the others. Not stratified, everything is one stratum. */
export function divide(strata: readonly Stratum[], size: number): Share[] {
  const wanted = new Map(strata.map(({ machine }) => [machine, 0]))
  let left = Math.min(
    size,
    strata.reduce((sum, stratum) => sum + stratum.size, 0),
  )
  while (left > 0) {
    const open = strata.filter(({ machine, size: there }) => wanted.get(machine)! < there)
    const each = Math.max(1, Math.floor(left / open.length))
    for (const { machine, size: there } of open) {
      const more = Math.min(each, there - wanted.get(machine)!, left)
      wanted.set(machine, wanted.get(machine)! + more)
      left -= more
    }
  }
  const drawn = [...wanted.values()].reduce((sum, each) => sum + each, 0)
  const all = strata.reduce((sum, stratum) => sum + stratum.size, 0)
  return strata
    .map((stratum) => {
      const own = wanted.get(stratum.machine)!
      return { ...stratum, wanted: own, weight: own === 0 ? 0 : stratum.size / all / (own / drawn) }
    })
    .filter((share) => share.wanted > 0)
}

export interface Coded {
  place: number
  /** Of the coder in seat 1 and in seat 2; null: not yet. */
  one: string | null
  two: string | null
  settled: string | null
}

/** `items`: without those whose mention is gone. */
export function stateOf(items: readonly Coded[], finishedAt: Date | null): SetState {
  if (finishedAt) return 'finished'
  if (items.some(({ one, two }) => one === null || two === null)) return 'coding'
  return items.some((item) => isOpen(item)) ? 'settling' : 'ready'
}

export const differs = ({ one, two }: Coded): boolean => one !== null && two !== null && one !== two
export const isOpen = (item: Coded): boolean => differs(item) && item.settled === null

/** What holds of a text; null: open still. */
export const resultOf = (item: Coded): string | null => item.settled ?? (differs(item) ? null : item.one)

export interface LabelAgreement {
  value: string
  /** Texts to which either gave it, and to which both did. */
  either: number
  both: number
  /** Of this label against all others; null: chance alone explains it. */
  kappa: number | null
  low: number | null
  high: number | null
}

export interface SetAgreement {
  all: Agreement
  byLabel: LabelAgreement[]
}

export function agreementIn(label: Codable, items: readonly Coded[]): SetAgreement {
  const pairs = items.flatMap(({ one, two }) => (one === null || two === null ? [] : [[one, two] as const]))
  const used = [...choices[label], unclear].filter((value) => pairs.some((pair) => pair.includes(value)))
  const table = used.map((mine) => used.map((theirs) => pairs.filter(([a, b]) => a === mine && b === theirs).length))
  return {
    all: agreementOf(table),
    byLabel: used.map((value) => {
      const cell = (a: boolean, b: boolean) =>
        pairs.filter(([x, y]) => (x === value) === a && (y === value) === b).length
      const both = cell(true, true)
      const { kappa, low, high } = agreementOf([
        [both, cell(true, false)],
        [cell(false, true), cell(false, false)],
      ])
      return { value, either: both + cell(true, false) + cell(false, true), both, kappa, low, high }
    }),
  }
}

/** Convention (science.md): from 0.7 on labels can be relied upon; Landis and Koch (1977) for the words below. */
export function kappaWord(kappa: number): string {
  if (kappa >= 0.8) return 'almost perfect'
  if (kappa >= 0.7) return 'good: labels can be relied upon'
  if (kappa >= 0.6) return 'substantial, and below the 0.7 from which labels can be relied upon'
  if (kappa >= 0.4) return 'moderate: agree on what the labels mean, then code another set'
  return 'low: agree on what the labels mean, then code another set'
}
