// What the rules find in weeks of load: which week breaks which rule, by how much, and whether an override may carry it.

import type { LoadSettings } from '../figures/settings.ts'
import { figuresOf, newHighLimit, usualOf } from './footing.ts'
import { beginStanding, nearnessNow, standAfter } from './standing.ts'
import type { Footing, Judgement, LoadGround, Nearness, WeekFigures, WeekFinding, WeekLoad, WeekRule } from './types.ts'

/** Which requirement a rule serves. */
export const weekRequirements: Record<WeekRule, string> = {
  'new-high': 'R1-08',
  ratio: 'R0-24',
  ceiling: 'R0-34',
  'cut-back-missing': 'R3-12',
  'cut-back-depth': 'R3-12',
  taper: 'R3-28',
  presence: 'R0-10',
}

/** Numbers that differ by less are the same. */
const hair = 1e-9

/** @param weeks In order, one each week. */
export function judgeWeeks(ground: LoadGround, weeks: readonly WeekLoad[], settings: LoadSettings): Judgement {
  const found: Judgement = { weeks: [], findings: [] }
  let standing = beginStanding(ground, settings)
  for (const week of weeks) {
    const figures = figuresOf(standing.footing, week, settings)
    const near = nearnessNow(standing, week.monday, ground.events)
    // Before an event lighter weeks are no cut-backs: they are the taper.
    found.weeks.push({ ...figures, cutBack: figures.cutBack && near.ahead === null })
    found.findings.push(...judge({ ground, footing: standing.footing, figures, week, ...near }, settings))
    standing = standAfter(standing, week, { events: ground.events, settings })
  }
  return found
}

/** The most of a week this near to an event: presence stays, production goes down. */
export function taperLimit(
  ahead: number,
  { peak, presence, slack = 0 }: { peak: number; presence: number; slack?: number },
  { taperFirst, taperSecond }: Pick<LoadSettings, 'taperFirst' | 'taperSecond'>,
): number {
  const share = (ahead === 2 ? taperFirst : taperSecond) + slack
  return presence + share * Math.max(0, peak - presence)
}

interface Case extends Nearness {
  ground: LoadGround
  footing: Footing
  figures: WeekFigures
  week: WeekLoad
}

function judge(facts: Case, settings: LoadSettings): WeekFinding[] {
  if (facts.week.away) return []
  return [...judgeHeight(facts, settings), ...judgeRest(facts, settings)]
}

const finding = (
  { week }: Case,
  rule: WeekRule,
  facts: Pick<WeekFinding, 'severity' | 'value' | 'limit' | 'says'>,
): WeekFinding => {
  const overridable = rule !== 'ceiling'
  const overridden = overridable && (week.override?.rules.includes(rule) ?? false)
  return { rule, requirement: weekRequirements[rule], week: week.monday, overridable, overridden, ...facts }
}

const above = (value: number, limit: number): boolean => value > limit * (1 + hair) + hair
const times = (value: number): string => `${value.toFixed(2)} times`
const whole = (minutes: number): string => `${Math.round(minutes)} minutes`

function judgeHeight(facts: Case, settings: LoadSettings): WeekFinding[] {
  const { ground, footing, figures } = facts
  const { minutes, ratio } = figures
  const found: WeekFinding[] = []
  if (ground.ceiling !== null && above(minutes, ground.ceiling)) {
    const says = `${whole(minutes)} are above the ceiling of ${whole(ground.ceiling)}. No override lifts it.`
    found.push(finding(facts, 'ceiling', { severity: 'refused', value: minutes, limit: ground.ceiling, says }))
  }
  const most = newHighLimit(footing, settings)
  if (above(minutes, most)) {
    // An experienced team's first step is measured by what it was used to.
    const [base, limit] = footing.firstStep === most ? [most, 1] : [footing.highest, settings.newHigh]
    const value = base > 0 ? minutes / base : minutes
    const says = `${times(value)} the highest week so far (${whole(base)}); at most ${times(limit)}.`
    found.push(finding(facts, 'new-high', { severity: 'refused', value, limit, says }))
  }
  if (ratio !== null && above(ratio, settings.warnRatio)) {
    const refused = above(ratio, settings.refuseRatio)
    const limit = refused ? settings.refuseRatio : settings.warnRatio
    const usual = whole(usualOf(footing, settings))
    const says = `${times(ratio)} the mean of the weeks before (${usual}); ${refused ? 'at most' : 'better not above'} ${times(limit)}.`
    found.push(finding(facts, 'ratio', { severity: refused ? 'refused' : 'warning', value: ratio, limit, says }))
  }
  return found
}

function judgeRest(facts: Case, settings: LoadSettings): WeekFinding[] {
  const { ground, footing, figures, ahead, peak } = facts
  const { minutes, toLast, cutBack } = figures
  const found: WeekFinding[] = []
  const inTaper = ahead !== null
  const weeks = footing.sinceRest + 1
  if (!cutBack && !inTaper && weeks >= settings.cutBackEvery) {
    const says = `The ${weeks}. week in a row without a lighter one; every ${settings.cutBackEvery}. week should be one.`
    const limit = settings.cutBackEvery - 1
    found.push(finding(facts, 'cut-back-missing', { severity: 'warning', value: weeks, limit, says }))
  }
  if (
    cutBack &&
    !inTaper &&
    toLast !== null &&
    (toLast < settings.cutBackLow - hair || toLast > settings.cutBackHigh + hair)
  ) {
    const deep = toLast < settings.cutBackLow
    const limit = deep ? settings.cutBackLow : settings.cutBackHigh
    const says = `A lighter week of ${times(toLast)} the one before; ${deep ? 'that is a break rather than a rest' : 'that hardly rests'}.`
    found.push(finding(facts, 'cut-back-depth', { severity: 'note', value: toLast, limit, says }))
  }
  if (inTaper) {
    const limit = taperLimit(ahead, { peak, presence: ground.presence, slack: settings.taperSlack }, settings)
    if (above(minutes, limit)) {
      const says = `${whole(minutes)} so near to an event; at most ${whole(limit)}, so that people come to it rested.`
      found.push(finding(facts, 'taper', { severity: 'warning', value: minutes, limit, says }))
    }
  }
  if (minutes < ground.presence * (1 - hair)) {
    const says = `${whole(minutes)} are not enough for being there each day, which takes ${whole(ground.presence)}.`
    found.push(finding(facts, 'presence', { severity: 'warning', value: minutes, limit: ground.presence, says }))
  }
  return found
}
