// The load curve: how many minutes each week of a plan has, from the baseline up, by the rules that `judgeWeeks` holds.

import { addDays } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { newHighLimit, usualOf } from './footing.ts'
import { judgeWeeks, taperLimit } from './judge-weeks.ts'
import { beginStanding, nearnessNow, standAfter } from './standing.ts'
import type {
  Because,
  Nearness,
  Phase,
  PlannedWeek,
  Standing,
  WeekLoad,
  WeekRule,
  WeeksQuestion,
  Wish,
} from './types.ts'

export interface WeeksPlan {
  weeks: PlannedWeek[]
  /** The Monday of the week in which the target is first reached; null: not in these weeks, or there is none. */
  reachesTarget: string | null
}

/** Everything in it grows and shrinks with its input: nothing is rounded, so that pages round once. */
export function planWeeks(question: WeeksQuestion, settings: LoadSettings): WeeksPlan {
  const drafts: Draft[] = []
  let standing = beginStanding(question, settings)
  for (let index = 0; index < question.weeks; index++) {
    const monday = addDays(question.from, 7 * index)
    const draft = draftWeek(monday, { question, standing, settings })
    drafts.push(draft)
    standing = standAfter(standing, draft, { events: question.events, settings })
  }
  const loads = drafts.map((draft): WeekLoad => {
    const { monday, minutes, away } = draft
    return draft.override ? { monday, minutes, away, override: { rules: everyRule } } : { monday, minutes, away }
  })
  const { weeks, findings } = judgeWeeks(question, loads, settings)
  const planned = weeks.map((figures, index): PlannedWeek => {
    const { phase, because, limit, wished, away } = drafts[index]!
    const own = findings.filter(({ week }) => week === figures.monday)
    return { ...figures, phase, because, limit, wished, away, findings: own }
  })
  const { target } = question
  const reached = target === null ? undefined : planned.find(({ minutes }) => minutes >= target * (1 - 1e-9))
  return { weeks: planned, reachesTarget: reached?.monday ?? null }
}

const everyRule: WeekRule[] = ['new-high', 'ratio', 'cut-back-missing', 'cut-back-depth', 'taper', 'presence']

interface Draft {
  monday: string
  minutes: number
  phase: Phase
  because: Because
  limit: number
  wished: number | null
  override: boolean
  away: boolean
}

interface Ground {
  question: WeeksQuestion
  standing: Standing
  settings: LoadSettings
}

function draftWeek(monday: string, ground: Ground): Draft {
  const { question, standing } = ground
  const near = nearnessNow(standing, monday, question.events)
  const wish = question.wishes?.find((each) => each.monday === monday) ?? null
  const share = question.available?.[monday] ?? 1
  const base = { monday, wished: wish?.minutes ?? null, override: false }
  if (share <= 0 || wish?.minutes === 0) {
    return { ...base, minutes: 0, phase: 'away', because: wish ? 'wish' : 'away', limit: 0, away: true }
  }
  const ceiling = question.ceiling === null ? Number.POSITIVE_INFINITY : question.ceiling * Math.min(1, share)
  const [limit, limitedBy] = limitOf(ground, ceiling)
  const target = question.targets?.[monday] ?? question.target
  const { phase, wanted, because } = wantedOf({ ...ground, ...near, target })
  if (wish) return { ...base, ...granted(wish, { limit, limitedBy, ceiling }), phase, limit, away: false }
  const shared = wanted * Math.min(1, share)
  // Who is there and what was promised comes before a rest, but never before the rules.
  const asked = Math.max(shared, question.presence)
  const minutes = Math.min(asked, limit)
  const reason = minutes < asked ? limitedBy : asked > shared ? 'presence' : share < 1 ? 'available' : because
  // Whoever is still on the way back to the target does not hold it yet.
  const isShort = phase === 'hold' && minutes < (target ?? 0) * (1 - 1e-9)
  return { ...base, minutes, phase: isShort ? 'build' : phase, because: reason, limit, away: false }
}

function granted(
  { minutes, override }: Wish,
  { limit, limitedBy, ceiling }: { limit: number; limitedBy: Because; ceiling: number },
): Pick<Draft, 'minutes' | 'because' | 'override'> {
  const most = override ? ceiling : limit
  if (minutes <= most) return { minutes, because: 'wish', override }
  return { minutes: most, because: override ? 'ceiling' : limitedBy, override }
}

/** The most without a warning, and what makes it so. */
function limitOf({ standing: { footing }, settings }: Ground, ceiling: number): [number, Because] {
  const limits: [number, Because][] = [
    [ceiling, 'ceiling'],
    [newHighLimit(footing, settings), 'new-high'],
    [settings.warnRatio * usualOf(footing, settings), 'ratio'],
  ]
  return limits.reduce((a, b) => (b[0] < a[0] ? b : a))
}

function wantedOf({
  question,
  standing,
  settings,
  ahead,
  peak,
  target,
}: Ground & Nearness & Pick<WeeksQuestion, 'target'>): {
  phase: Phase
  wanted: number
  because: Because
} {
  const { footing, pace, wasAway } = standing
  if (ahead !== null) {
    const wanted = taperLimit(ahead, { peak, presence: question.presence }, settings)
    const phase = ahead === 0 ? 'event' : 'taper'
    return { phase, wanted: Math.min(wanted, Math.max(pace, question.presence)), because: phase }
  }
  if (footing.sinceRest >= settings.cutBackEvery - 1 && footing.last !== null) {
    return { phase: 'cut-back', wanted: settings.cutBack * footing.last, because: 'cut-back' }
  }
  const isHeld = target !== null && target <= pace
  const wanted = isHeld ? target : pace
  const phase = isHeld ? 'hold' : 'build'
  const again = settings.realign * footing.worked
  if (wasAway && again < wanted) return { phase, wanted: again, because: 'after-break' }
  return { phase, wanted, because: isHeld ? 'target' : 'pace' }
}
