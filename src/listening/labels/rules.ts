// Labels by people: what a correction makes of a mention, what its undoing leaves, and how often the machine was right. Pure.

import { wilsonInterval } from '../../lib/stats/proportion.ts'
import type { Labels } from '../mentions/types.ts'
import { type Correctable, leastCoded } from './types.ts'

/** The value of a label as its column holds it, as text. */
export function columnText(labels: Labels, label: Correctable): string | null {
  const value = labels[label]
  return value === null ? null : String(value)
}

/** Labels with one of them set. What people say has no certainty to be measured; the machine's comes back with its label. */
export function withValue(
  labels: Labels,
  label: Correctable,
  value: string | null,
  certainty: number | null = null,
): Labels {
  if (label === 'sentiment')
    return {
      ...labels,
      sentiment: value === null ? null : (Number(value) as -1 | 0 | 1),
      sentimentCertainty: certainty,
    }
  if (label === 'crisis' || label === 'offensive') return { ...labels, [label]: value === null ? null : Number(value) }
  if (label === 'language') return { ...labels, language: value ?? 'und' }
  return { ...labels, [label]: value }
}

export interface Said {
  label: Correctable
  after: string | null
  machine: string | null
  machineCertainty: number | null
  at: Date
  undoneAt: Date | null
}

/** What stands of a label: what was said last and not undone, else what the machine said. `said`: all of this label, oldest first. */
export function standing(said: readonly Said[]): { value: string | null; certainty: number | null } {
  const last = said.findLast(({ undoneAt }) => undoneAt === null)
  if (last) return { value: last.after, certainty: null }
  return { value: said[0]?.machine ?? null, certainty: said[0]?.machineCertainty ?? null }
}

export interface Judged {
  right: boolean
  /** How many mentions it stands for, against the others. */
  weight: number
}

export interface Accuracy {
  n: number
  /** null: too few. */
  figure: { share: number; low: number; high: number } | null
}

/**
 * Share of texts drawn at random on which machine and people say the same, with the 95 % range by Wilson. Where some count for more
 * than others, the range is that of as many equal ones as they are worth (Kish 1965: (Σw)² / Σw²).
 */
export function accuracyOf(judged: readonly Judged[]): Accuracy {
  const n = judged.length
  if (n < leastCoded) return { n, figure: null }
  const all = judged.reduce((sum, { weight }) => sum + weight, 0)
  const squares = judged.reduce((sum, { weight }) => sum + weight * weight, 0)
  const right = judged.reduce((sum, { right: is, weight }) => sum + (is ? weight : 0), 0)
  const worth = (all * all) / squares
  return { n, figure: wilsonInterval((right / all) * worth, worth) }
}

const percent = (share: number): string => String(Math.round(share * 100))

/** “The machine agreed with people in 84 % (78–89) of 120 texts drawn at random.” */
export function accuracySentence({ n, figure }: Accuracy): string {
  if (figure)
    return `The machine agreed with people in ${percent(figure.share)} % (${percent(figure.low)}–${percent(figure.high)}) of ${n} texts drawn at random.`
  if (n === 0) return 'How often the machine is right here is not known: nobody has coded texts drawn at random yet.'
  return `How often the machine is right here is not known: only ${n} texts drawn at random were coded, and below ${leastCoded} a figure would mislead.`
}
