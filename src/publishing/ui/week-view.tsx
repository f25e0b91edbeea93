// A week by days and hours, with a line where the present is.

import { UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { type CalendarLine, type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { groupByWall, shortDay, shownOf } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'
import { DayMarks } from './planning/day-marks.tsx'
import { useDrop } from './use-drop.ts'

const firstSeen = 7
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

export function WeekView({ range, lines, counts }: ViewProps) {
  const { zone, today, marks } = useCalendar()
  const byHour = useMemo(() => groupByWall(lines, zone, true), [lines, zone])
  const frame = useRef<HTMLElement>(null)
  // The night is there, but the day is what people look at.
  useEffect(() => {
    const row = frame.current?.querySelector<HTMLElement>(`[data-hour="${firstSeen}"]`)
    const head = frame.current?.querySelector<HTMLElement>('.ca-week-head')
    if (row && frame.current) frame.current.scrollTop = row.offsetTop - (head?.offsetHeight ?? 0)
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="ca-week" ref={frame} tabIndex={0} aria-label="Hours of the week">
      <div className="ca-week-head">
        <span />
        {range.days.map((day) => (
          <div key={day} className="ca-week-day">
            <span data-today={today.startsWith(day) || undefined}>{shortDay(day)}</span>
            <DayMarks marks={marks.get(day)} />
          </div>
        ))}
      </div>
      {hours.map((hour) => (
        <div key={hour} className="ca-hour" data-hour={Number(hour)}>
          <span className="ca-hour-name">{hour}:00</span>
          {range.days.map((day) => (
            <Hour
              key={day}
              cell={`${day}T${hour}`}
              posts={byHour.get(`${day}T${hour}`) ?? none}
              count={counts.get(`${day}T${hour}`) ?? 0}
              lines={lines}
            />
          ))}
        </div>
      ))}
    </section>
  )
}

const none: PlacedLine[] = []

interface HourProps {
  /** `2026-11-23T14` */
  cell: string
  posts: PlacedLine[]
  count: number
  lines: CalendarLine[]
}

function Hour({ cell, posts, count, lines }: HourProps) {
  const { today, openDay } = useCalendar()
  const drop = useDrop(lines, (old) => `${cell}${old.slice(13)}`)
  const shown = posts.slice(0, shownOf('week', count))
  return (
    <div className="ca-cell" {...drop}>
      {today.startsWith(cell) && (
        <span className="ca-now" style={{ top: `${(Number(today.slice(14, 16)) / 60) * 100}%` }} aria-hidden />
      )}
      {shown.map((line) => (
        <CalendarPost key={line.id} line={line} />
      ))}
      {count > shown.length && (
        <UnstyledButton className="ca-more" onClick={() => openDay(cell)} aria-haspopup="dialog">
          +{(count - shown.length).toLocaleString('en')} more
        </UnstyledButton>
      )}
    </div>
  )
}
