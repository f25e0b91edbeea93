// What every part of the calendar shares: the zone, today, the accounts, and how posts are moved.

import { createContext, use } from 'react'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import type { client, Output } from '../../kit/api.ts'
import type { CalendarRange } from './calendar-days.ts'

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
  accounts: Accounts
  mayWrite: boolean
  mayMove: boolean
  move: (line: CalendarLine, wall: string) => Promise<boolean>
  askMove: (line: CalendarLine) => void
  openDay: (day: string) => void
}

export const CalendarContext = createContext<CalendarValue | null>(null)

export function useCalendar(): CalendarValue {
  const value = use(CalendarContext)
  if (!value) throw new Error('useCalendar outside the calendar')
  return value
}

/** Only what waits for its time can be moved: moving a draft would send it, moving a held post would release it. */
export const isMovable = (line: Pick<CalendarLine, 'state'>): boolean => line.state === 'scheduled'

/** What a dragged post is called while it is carried. */
export const dragType = 'application/x-longrun-post'
