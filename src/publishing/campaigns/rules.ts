// Pure decisions about campaigns: what state the days put them in, what of a brief does not fit, what an account's numbers add up to.

import { daysBetween } from '../../lib/days.ts'
import type { CampaignResults, CampaignState, Phase, Sum } from './types.ts'

export interface Term {
  beginsOn: string
  endsOn: string
  closed: boolean
}

/** `today` is the day in the campaign's own zone. Its last day is part of it. */
export function campaignState({ beginsOn, endsOn, closed }: Term, today: string): CampaignState {
  if (closed) return 'closed'
  if (today < beginsOn) return 'planned'
  return today > endsOn ? 'over' : 'running'
}

export interface Fault {
  code: string
  field: string
}

/** What of the days does not fit; null when all does. */
export function termFault(term: { beginsOn: string; endsOn: string; phases: Phase[] }): Fault | null {
  if (term.endsOn < term.beginsOn) return { code: 'ends-before-begin', field: 'endsOn' }
  for (const [index, phase] of term.phases.entries()) {
    if (phase.endsOn < phase.beginsOn) return { code: 'ends-before-begin', field: `phases.${index}.endsOn` }
    if (phase.beginsOn < term.beginsOn) return { code: 'phase-outside', field: `phases.${index}.beginsOn` }
    if (phase.endsOn > term.endsOn) return { code: 'phase-outside', field: `phases.${index}.endsOn` }
  }
  return null
}

/** The numbers of days before its beginning that a campaign has come within, of those asked for and not yet told. */
export function nearedBy(
  asked: number[],
  told: number[],
  { beginsOn }: Pick<Term, 'beginsOn'>,
  today: string,
): number[] {
  const left = daysBetween(today, beginsOn)
  return [...new Set(asked)].filter((days) => left > 0 && left <= days && !told.includes(days)).sort((a, b) => b - a)
}

export interface VariantResult {
  accountId: string
  account: string
  published: boolean
  likes: number | null
  replies: number | null
  reposts: number | null
  quotes: number | null
  views: number | null
}

const metrics = ['likes', 'replies', 'reposts', 'quotes', 'views'] as const

/** Sums by account of the newest reading of each post that is out. What a network does not offer counts for nothing: its sum is null. */
export function resultsByAccount(variants: VariantResult[]): CampaignResults['byAccount'] {
  const out = variants.filter(({ published }) => published)
  return [...Map.groupBy(out, ({ accountId }) => accountId)].map(([accountId, some]) => ({
    accountId,
    account: some[0]!.account,
    published: some.length,
    ...(Object.fromEntries(metrics.map((name) => [name, sumOf(some.map((each) => each[name]))])) as Record<
      (typeof metrics)[number],
      Sum
    >),
  }))
}

function sumOf(values: (number | null)[]): Sum {
  const known = values.filter((value) => value !== null)
  return { sum: known.length === 0 ? null : known.reduce((a, b) => a + b, 0), n: known.length }
}
