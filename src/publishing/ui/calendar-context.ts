// What every part of the calendar shares: the zone, today, the accounts, and how posts are moved.

import { createContext, use } from 'react'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import type { client, Output } from '../../kit/api.ts'
import type { CalendarRange } from './calendar-days.ts'
import type { DayMark } from './planning/marks-of-days.ts'

export type CalendarLine = Output<typeof client.posts.calendar>['posts'][number]
export type PlacedLine = CalendarLine & { wall: string }

export interface ViewProps {
  range: CalendarRange
  /** `2026-11`: the month that is meant. */
  month: string
  /** The first posts of each day or hour. */
  lines: CalendarLine[]
  /** How many posts each day or hour has, those that are not in `lines` with them. */
  counts: Map<string, number>
}

interface CalendarValue {
  zone: string
  /** Wall time now: `2026-11-23T15:30`. */
  today: string
  /** Holidays and quiet times of the days that are shown. */
  marks: ReadonlyMap<string, DayMark[]>
  accounts: Accounts
  mayWrite: boolean
  mayMove: boolean
  move: (line: CalendarLine, wall: string) => Promise<boolean>
  askMove: (line: CalendarLine) => void
  askCopy: (line: CalendarLine) => void
  openDay: (day: string) => void
  /** Whether a click chooses a post instead of opening it. */
  choosing: boolean
  lineOf: (id: string) => CalendarLine | undefined
  campaignName: (id: string) => string
  /** Some posts were dropped elsewhere: one goes at once, several after a look at what stands against it. */
  drop: (lines: CalendarLine[], change: { from: string; to: string; copy: boolean }) => void
}

export const CalendarContext = createContext<CalendarValue | null>(null)

export function useCalendar(): CalendarValue {
  const value = use(CalendarContext)
  if (!value) throw new Error('useCalendar outside the calendar')
  return value
}

/** What waits for its time keeps waiting, a draft stays one; moving a held post would release it. */
export const isMovable = (line: Pick<CalendarLine, 'state'>): boolean =>
  line.state === 'scheduled' || line.state === 'in-review' || line.state === 'draft'

/** What a dragged post is called while it is carried. */
export const dragType = 'application/x-longrun-post'
