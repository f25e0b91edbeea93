// Weeks of load in minutes: what was done, what is planned, and what the rules find in them.

/** `null`: nobody measured, or nobody was there. It is skipped, never taken for 0. */
export interface CompletedWeek {
  monday: string
  minutes: number | null
}

/** `new`: an assumption. `evidence`: an experienced team. `realigned`: after a break. */
export type BaselineFrom = 'measured' | 'new' | 'evidence' | 'realigned'

export interface Baseline {
  /** C0: minutes a week that people are used to. */
  minutes: number
  from: BaselineFrom
  /** Measured weeks in it. */
  weeks: number
}

export type WeekRule = 'new-high' | 'ratio' | 'ceiling' | 'cut-back-missing' | 'cut-back-depth' | 'taper' | 'presence'

/** `refused`: only with an override, on record; the ceiling not even so. */
export type Severity = 'refused' | 'warning' | 'note'

export interface WeekFinding {
  rule: WeekRule
  requirement: string
  severity: Severity
  /** Its Monday. */
  week: string
  /** In minutes for the ceiling, presence and taper; for the others as a multiple of what it is compared with. */
  value: number
  limit: number
  overridable: boolean
  /** Somebody took it on themselves, on record. */
  overridden: boolean
  says: string
}

export interface Override {
  rules: WeekRule[]
}

export interface WeekLoad {
  monday: string
  minutes: number
  /** Nobody is there: it trains nobody, and no week is compared with it. */
  away?: boolean
  override?: Override
}

export interface LoadEvent {
  name: string
  day: string
}

/** What a week is compared with. */
export interface Footing {
  highest: number
  /** The weeks that the next is compared with, oldest first; away ones are not among them. */
  before: number[]
  /** The last weeks, for the peak before a taper. */
  recent: number[]
  /** The week before; null: none was. */
  last: number | null
  /** Of the last week that counts as completed. */
  worked: number
  /** Weeks since the last that was lighter. */
  sinceRest: number
  /** What the first step may be, whatever the highest week was; null: the step is over, or there is no such right. */
  firstStep: number | null
}

/** How near the next event is in weeks, and the peak by which a taper is measured: that before it began. */
export interface Nearness {
  ahead: number | null
  peak: number
}

/** Where a plan stands between two weeks. Store it with the plan: it is plain data. */
export interface Standing {
  footing: Footing
  /** What the compound growth has come to, whatever single weeks were. */
  pace: number
  near: Nearness | null
  wasAway: boolean
}

/** What rules need to know besides the weeks: of a person, or of a team as a whole. */
export interface LoadGround {
  baseline: Baseline
  /** In order; those before the first week that is planned or judged. */
  history: readonly CompletedWeek[]
  /** The most in a week; null: none is set. */
  ceiling: number | null
  /** Minutes a week for daily presence and what was promised: no taper and no cut-back touches them. */
  presence: number
  events: readonly LoadEvent[]
  /** Where the plan stands that this one goes on with; then baseline and history are in it already. */
  standing?: Standing | null
}

/** The figures of one week, by which it was judged. */
export interface WeekFigures {
  monday: string
  minutes: number
  /** Multiple of the highest week before. */
  toHigh: number | null
  /** Multiple of the mean of the weeks before. */
  ratio: number | null
  /** Multiple of the week before. */
  toLast: number | null
  cutBack: boolean
}

export interface Judgement {
  weeks: WeekFigures[]
  findings: WeekFinding[]
}

export type Phase = 'build' | 'hold' | 'cut-back' | 'taper' | 'event' | 'away'

/** What decided about the minutes of a week. */
export type Because =
  | 'pace'
  | 'target'
  | 'new-high'
  | 'ratio'
  | 'ceiling'
  | 'available'
  | 'after-break'
  | 'presence'
  | 'wish'
  | Phase

export interface PlannedWeek extends WeekFigures {
  phase: Phase
  because: Because
  /** The most that breaks no rule and brings no warning. */
  limit: number
  /** What somebody asked for; null: nothing. */
  wished: number | null
  away: boolean
  findings: WeekFinding[]
}

export interface Wish {
  monday: string
  minutes: number
  /** Whoever wishes it takes the rules that it breaks on themselves. */
  override: boolean
}

export interface WeeksQuestion extends LoadGround {
  /** A Monday. */
  from: string
  weeks: number
  /** Minutes a week at which it has grown enough; null: as far as the ceiling. */
  target: number | null
  /** What is aimed at instead in weeks before that, by Monday, where what is asked for grows itself. */
  targets?: Readonly<Record<string, number>>
  /** Share of the usual time that is there, by Monday; 1 where nothing is said. */
  available?: Readonly<Record<string, number>>
  wishes?: readonly Wish[]
}
