// Sessions: pieces of work of a person on a day at a wall time, and what became of everything that was to be done.

export interface FreeSpan {
  from: Date
  to: Date
}

export type SessionKind = 'key' | 'light'

/** Something to be done within some days by one of some people. */
export interface WorkItem {
  id: string
  activity: string
  channel: string | null
  kind: SessionKind
  minutes: number
  /** Who may do it, whoever is asked first at the front. */
  people: readonly string[]
  /** Why nobody may, where nobody does; absent: nobody takes part. */
  lack?: NoPlace | null
  /** The days within which it belongs, both included. */
  from: string
  to: string
  /** Where in its line and period it stands, 0 to 1: where there is less time than the plan asks for, every line gives up its last items. */
  rank?: number
  /** A part of a piece of which other parts are done: it comes before everything new, and its days never end. */
  begun?: boolean
  /** It is placed before everything else: other work waits for it. */
  first?: boolean
}

export interface PlanPerson {
  id: string
  /** Whose clock decides about their days; absent: that of the plan. */
  zone?: string
  /** When they are at work: hours without holidays and absences, as the rota tells them. */
  free: readonly FreeSpan[]
  /** Why a day has no time; for the words only. */
  off?: Readonly<Record<string, 'holiday' | 'absence'>>
  /** What the plan gives them, by Monday, for its sessions alone; a week without an entry has no limit but the ceiling. */
  weekMinutes: Readonly<Record<string, number>>
  /** The most in a week, of all that they do; null: none is set. */
  ceiling: number | null
  /** Minutes below the ceiling that answering keeps, by Monday. */
  answering?: Readonly<Record<string, number>>
  /** At whose side they learn an activity: that takes as long of the other's week. Absent or null: they manage on their own. */
  besideOf?: (activity: string) => string | null
  /** Days of crisis duty or of an event. */
  duties: readonly string[]
  /** Minutes of days before and in the plan that are done already, beside its sessions. */
  worked: Readonly<Record<string, number>>
}

export interface Session {
  /** That of its item. */
  id: string
  activity: string
  channel: string | null
  kind: SessionKind
  person: string
  day: string
  /** `2026-11-03T09:00`, in `zone`. */
  wall: string
  zone: string
  at: Date
  minutes: number
  /** Until when the time is kept free of other sessions: a half-day for long work. */
  until: Date
  /** The day that it was first planned for. */
  plannedDay: string
  /** It was missed once and got a second chance. */
  madeUp: boolean
  /** Somebody chose this day. */
  byHand?: boolean
}

/** Why something found no place. */
export type NoPlace =
  | 'nobody'
  | 'unable'
  | 'named-gone'
  | 'given-on'
  | 'holiday'
  | 'absence'
  | 'no-working-time'
  | 'no-room'
  | 'recovery'
  | 'rest-day'
  | 'too-even'
  | 'week-full'
  | 'ceiling'
  | 'buddy-full'
  | 'day-full'
  | 'made-up-before'
  | 'too-late'

/** `moved`: after the days within which it belonged. */
export type Placement =
  | { item: WorkItem; outcome: 'placed'; session: Session }
  | { item: WorkItem; outcome: 'moved'; session: Session; reason: NoPlace; says: string }
  | { item: WorkItem; outcome: 'dropped'; reason: NoPlace; says: string }

export interface SessionsQuestion {
  zone: string
  /** First and last day. */
  from: string
  to: string
  items: readonly WorkItem[]
  people: readonly PlanPerson[]
  /** Sessions that stay where they are. */
  kept?: readonly Session[]
}
