// Pure: in which state a version of a budget is, what its months come to, and plan beside what was spent.

import type { BudgetLine, Kind } from './types.ts'

export type VersionState = 'draft' | 'asked' | 'approved' | 'declined'

export const stateOf = ({ asked, decision }: { asked: boolean; decision: string | null }): VersionState =>
  decision === 'approved' || decision === 'declined' ? decision : asked ? 'asked' : 'draft'

/** The newest that was approved; what comes after it is only written. */
export const inForce = <V extends { number: number; state: VersionState }>(versions: readonly V[]): V | null =>
  versions
    .filter(({ state }) => state === 'approved')
    .reduce<V | null>((a, b) => (a && a.number > b.number ? a : b), null)

/** The code of what is wrong with lines, and the place of it; null: nothing. */
export function lineFault(
  lines: readonly BudgetLine[],
  knownCampaigns: ReadonlyMap<string, string>,
): { field: string; code: string } | null {
  const ids = new Set<string>()
  for (const [index, { id, campaignId }] of lines.entries()) {
    if (ids.has(id)) return { field: `lines.${index}.id`, code: 'line-twice' }
    ids.add(id)
    if (campaignId !== null && !knownCampaigns.has(campaignId))
      return { field: `lines.${index}.campaignId`, code: 'campaign-unknown' }
  }
  return null
}

/** What was spent, or what time cost, in a month from 0. */
export interface Spent {
  month: number
  amount: number
  kind: Kind
  channel: string | null
  campaignId: string | null
}

export interface Beside {
  plan: number
  actual: number
}

export interface Compared {
  /** January to December. */
  months: Beside[]
  total: Beside
  /** Up to the end of a month that goes on: what the plan has until then. */
  soFar: Beside
  byKind: Map<Kind, Beside>
  /** null: no channel. */
  byChannel: Map<string | null, Beside>
  /** null: no campaign. */
  byCampaign: Map<string | null, Beside>
}

/** `until`: the month that goes on, from 0; 11 of a year that is over, −1 of one ahead. */
export function compare(lines: readonly BudgetLine[], spent: readonly Spent[], until: number): Compared {
  const months = Array.from({ length: 12 }, (): Beside => ({ plan: 0, actual: 0 }))
  const found: Compared = {
    ...{ months, total: { plan: 0, actual: 0 }, soFar: { plan: 0, actual: 0 } },
    ...{ byKind: new Map(), byChannel: new Map(), byCampaign: new Map() },
  }
  const add = (part: keyof Beside, each: Omit<Spent, 'month'> & { month: number }) => {
    months[each.month]![part] += each.amount
    found.total[part] += each.amount
    if (each.month <= until) found.soFar[part] += each.amount
    for (const of of [
      at(found.byKind, each.kind),
      at(found.byChannel, each.channel),
      at(found.byCampaign, each.campaignId),
    ])
      of[part] += each.amount
  }
  for (const { kind, channel, campaignId, months: planned } of lines)
    for (const [month, amount] of planned.entries()) add('plan', { month, amount, kind, channel, campaignId })
  for (const each of spent) add('actual', each)
  return found
}

function at<Key>(map: Map<Key, Beside>, key: Key): Beside {
  const found = map.get(key) ?? { plan: 0, actual: 0 }
  map.set(key, found)
  return found
}

export interface Rate {
  role: string | null
  memberId: string | null
  /** null: nobody says from this day on. */
  perHour: number | null
  currency: string
  from: string
}

/** What an hour of somebody costs on a day: their own rate before that of their role; null: nobody said. */
export function rateOn(
  rates: readonly Rate[],
  { memberId, role, day, currency }: { memberId: string; role: string | undefined; day: string; currency: string },
): number | null {
  const newest = (some: Rate[]): Rate | undefined =>
    some
      .filter((rate) => rate.from <= day)
      .reduce<Rate | undefined>((a, b) => (a && a.from > b.from ? a : b), undefined)
  const own = newest(rates.filter((rate) => rate.memberId === memberId))
  const rate =
    own && own.perHour !== null ? own : newest(rates.filter((each) => each.role !== null && each.role === role))
  return rate && rate.currency === currency ? rate.perHour : null
}

/** Below half of the smallest unit nothing is lost: sums are rounded once. */
export const costOf = (minutes: number, perHour: number): number => (minutes / 60) * perHour
