// How grave an alert is, in three steps: surprise, negative share, the authors' reach and how new the words are, each part shown.

import type { Novelty } from './novelty.ts'
import type { Reach } from './reach.ts'
import type { Signal } from './types.ts'

/** Keep an eye on it; do something today; do something at once. */
export const severities = ['watch', 'act', 'act-now'] as const
export type Severity = (typeof severities)[number]

export interface SeverityFacts {
  signal: Pick<Signal, 'surprise' | 'sentiment' | 'trigger'>
  /** null: nothing is usual yet, or nobody is named. */
  reach: Pick<Reach, 'now' | 'usual'> | null
  /** null: too little was said to tell. */
  novelty: Pick<Novelty, 'share'> | null
}

export interface SeverityParts {
  /** Each 0 to 1; null: not known, and then the others carry its weight. */
  surprise: number
  negative: number | null
  reach: number | null
  novelty: number | null
  /** 0 to 1. */
  score: number
  severity: Severity
}

/** Conventions of ours: what is surprising and angry weighs most. */
const weights = { surprise: 0.4, negative: 0.35, reach: 0.15, novelty: 0.1 }
/** A surprise of 12 (once in a billion half hours) is as surprising as anything needs to be. */
const fullSurprise = 12
/** A hundred times the usual reach counts in full. */
const fullReach = 2
/** Where every second telling word is new, it is about something else. */
const fullNovelty = 0.5
const bounds: [least: number, severity: Severity][] = [
  [0.75, 'act-now'],
  [0.55, 'act'],
]

export function severityOf({ signal, reach, novelty }: SeverityFacts): SeverityParts {
  const { probability, judged, negative } = signal.sentiment
  const parts = {
    surprise: part(signal.surprise / fullSurprise),
    // How sure it is that more is negative, times how much of it is.
    negative: probability === null || judged === 0 ? null : part(probability * (0.5 + negative / judged)),
    reach: reach === null ? null : part(Math.log10((reach.now + 1) / (reach.usual + 1)) / fullReach),
    novelty: novelty === null ? null : part(novelty.share / fullNovelty),
  }
  let [sum, weight] = [0, 0]
  for (const [name, own] of Object.entries(weights) as [keyof typeof weights, number][]) {
    const value = parts[name]
    if (value === null) continue
    sum += own * value
    weight += own
  }
  const score = sum / weight
  return { ...parts, score, severity: bounds.find(([least]) => score >= least)?.[1] ?? 'watch' }
}

const part = (value: number): number => Math.min(1, Math.max(0, value))
