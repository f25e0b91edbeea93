// Pure: what was spent and ordered on which lines of a budget, and whether a line is above its plan or on its way there.

import type { LoadSettings } from '../load/figures/settings.ts'
import type { Spent } from './rules.ts'
import type { BudgetLine, Kind } from './types.ts'

export interface Booked extends Spent {
  /** Ordered, and not paid yet. */
  isCommitted: boolean
}

/** Lines for the same kind, channel and campaign stand together: nobody can tell which of them an expense was for. */
export interface LineStand {
  /** By which it is known again in every version of every year. */
  key: string
  /** Empty: no line of the budget is for it. */
  names: string[]
  kind: Kind
  channel: string | null
  campaignId: string | null
  plan: number
  actual: number
  committed: number
  /** Where the year ends at the pace of its months so far; null: too little of it is over to tell. */
  forecast: number | null
  state: 'fits' | 'on-its-way' | 'above'
}

type Limits = Pick<LoadSettings, 'paceMonths' | 'paceSlack'>

interface Months {
  plan: number[]
  actual: number[]
  committed: number
}

/** `until`: the month that goes on, from 0; 11 of a year that is over, −1 of one ahead. */
export function standOfLines(
  lines: readonly BudgetLine[],
  booked: readonly Booked[],
  { until, settings }: { until: number; settings: Limits },
): LineStand[] {
  const groups = [...Map.groupBy(lines, keyOf)].map(([key, own]) => ({ key, own, line: own[0]! }))
  const months = new Map<string, Months>()
  const at = (key: string): Months => {
    const found = months.get(key) ?? { plan: noMonths(), actual: noMonths(), committed: 0 }
    months.set(key, found)
    return found
  }
  for (const line of lines) for (const [month, amount] of line.months.entries()) at(keyOf(line)).plan[month]! += amount
  for (const each of booked) {
    const line = lineFor(
      groups.map((group) => group.line),
      each,
    )
    const own = at(line ? keyOf(line) : unplanned(each.kind))
    if (each.isCommitted) own.committed += each.amount
    else own.actual[each.month]! += each.amount
  }
  const known = groups.map(({ key, own, line }) => ({ key, names: own.map(({ name }) => name), of: line }))
  const kinds = new Set(booked.map(({ kind }) => kind))
  const others = [...kinds]
    .filter((kind) => months.has(unplanned(kind)))
    .map((kind) => ({ key: unplanned(kind), names: [], of: { kind, channel: null, campaignId: null } }))
  return [...known, ...others].map(({ key, names, of: { kind, channel, campaignId } }) => ({
    ...{ key, names, kind, channel, campaignId, ...judge(at(key), { until, settings }) },
  }))
}

const noMonths = (): number[] => Array.from({ length: 12 }, () => 0)

type Place = Pick<BudgetLine, 'kind' | 'channel' | 'campaignId'>

const keyOf = ({ kind, channel, campaignId }: Place): string => JSON.stringify([kind, channel, campaignId])
const unplanned = (kind: Kind): string => JSON.stringify([kind])

/** The line that says most of what it is: campaign before channel; one that names another channel or campaign is for something else. */
function lineFor<Line extends Place>(lines: readonly Line[], spent: Place): Line | undefined {
  const fits = (line: Place) =>
    line.kind === spent.kind &&
    (line.channel === null || line.channel === spent.channel) &&
    (line.campaignId === null || line.campaignId === spent.campaignId)
  const says = ({ channel, campaignId }: Place) => (campaignId === null ? 0 : 2) + (channel === null ? 0 : 1)
  return lines.filter(fits).reduce<Line | undefined>((a, b) => (a && says(a) >= says(b) ? a : b), undefined)
}

/** Below half of the smallest unit nothing is lost: time costs parts of it. */
const hardly = 0.5

function judge(
  { plan, actual, committed }: Months,
  { until, settings }: { until: number; settings: Limits },
): Pick<LineStand, 'plan' | 'actual' | 'committed' | 'forecast' | 'state'> {
  const sure = sum(actual) + committed
  const forecast = forecastOf({ plan, actual, sure }, { until, settings })
  const planned = sum(plan)
  const isOnItsWay = forecast !== null && forecast > planned * (1 + settings.paceSlack) + hardly
  return {
    ...{ plan: planned, actual: sum(actual), committed, forecast },
    state: sure > planned + hardly ? 'above' : isOnItsWay ? 'on-its-way' : 'fits',
  }
}

/**
 * What the whole months that are over took of what was planned for them, taken for the rest too. One large bill that was planned for a month is
 * no pace: it takes several months with spending on. Never below what is spent and ordered already.
 */
function forecastOf(
  { plan, actual, sure }: { plan: number[]; actual: number[]; sure: number },
  { until, settings: { paceMonths } }: { until: number; settings: Limits },
): number | null {
  const over = Math.max(0, until)
  const [planned, spent] = [sum(plan.slice(0, over)), sum(actual.slice(0, over))]
  const busy = actual.slice(0, over).filter((amount) => amount > 0).length
  if (planned <= 0 || busy < paceMonths) return null
  return Math.max(sure, (spent / planned) * sum(plan))
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)
