// How often what is done where, exactly: "one blog post every other week, a short post daily, two posts of two different kinds a week" (R1-15, R1-16).

import type { Growth } from './growth.ts'

/** One way to fill a slot. `voice`: whose status it is, where that matters. */
export interface Choice {
  activity: string
  voice?: 'company' | 'person' | undefined
}

/** One item of a period: any of these fills it. The first is the usual one, by which it is priced and planned. */
export interface CadenceSlot {
  anyOf: Choice[]
}

export interface CadenceLine {
  id: string
  /** null: wherever. */
  channel: string | null
  /** Each so many days, working days or weeks is a period. */
  every: number
  unit: 'day' | 'working-day' | 'week'
  /** What one period asks for. */
  slots: CadenceSlot[]
  /** No two of its slots may be filled by the same kind of thing. */
  differ?: boolean | undefined
  /** What it is for, where it is for a campaign. */
  campaignId?: string | null | undefined
  /** What a period asks for of one kind is done at one go. */
  block?: boolean | undefined
  /** It begins with fewer of its slots; absent: with all of them. */
  grows?: Growth | undefined
  /** Who does it; absent or empty: whoever may. */
  people?: string[] | undefined
}

export interface Cadence {
  /** The first day of it; periods are counted from here, weeks from its Monday. */
  from: string
  lines: CadenceLine[]
}

/** Something that was done. */
export interface Deed {
  day: string
  channel: string
  activity: string
  voice?: 'company' | 'person' | undefined
}

/** Something that is to be done. */
export interface CadenceItem {
  id: string
  line: string
  channel: string | null
  choice: Choice
  anyOf: Choice[]
  /** The days within which it belongs; the same day twice where it has its day. */
  from: string
  to: string
}

/** Which days people work; the organisation's week without its holidays. */
export type IsWorkingDay = (day: string) => boolean
