// One day by its hours, with room for words, accounts and pictures.

import { UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { type CalendarLine, type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { groupByWall, shownOf } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'
import { DayMarks } from './planning/day-marks.tsx'
import { useDrop } from './use-drop.ts'

const firstSeen = 7
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
const none: PlacedLine[] = []

export function DayView({ range, lines, counts }: ViewProps) {
  const { zone, marks } = useCalendar()
  const byHour = useMemo(() => groupByWall(lines, zone, true), [lines, zone])
  const frame = useRef<HTMLElement>(null)
  const day = range.days[0]!
  useEffect(() => {
    const row = frame.current?.querySelector<HTMLElement>(`[data-hour="${firstSeen}"]`)
    if (row && frame.current) frame.current.scrollTop = row.offsetTop
  }, [])
  return (
    <>
      {marks.has(day) && (
        <div className="ca-day-marks">
          <DayMarks marks={marks.get(day)} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section className="ca-week" ref={frame} tabIndex={0} aria-label="Hours of the day">
        {hours.map((hour) => (
          <Hour
            key={hour}
            cell={`${day}T${hour}`}
            posts={byHour.get(`${day}T${hour}`) ?? none}
            count={counts.get(`${day}T${hour}`) ?? 0}
            lines={lines}
          />
        ))}
      </section>
    </>
  )
}

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
  const shown = posts.slice(0, shownOf('day', count))
  return (
    <div className="ca-day-hour" data-hour={Number(cell.slice(11))}>
      <span className="ca-hour-name">{cell.slice(11)}:00</span>
      <div className="ca-cell" {...drop}>
        {today.startsWith(cell) && (
          <span className="ca-now" style={{ top: `${(Number(today.slice(14, 16)) / 60) * 100}%` }} aria-hidden />
        )}
        {shown.map((line) => (
          <CalendarPost key={line.id} line={line} wide />
        ))}
        {count > shown.length && (
          <UnstyledButton className="ca-more" onClick={() => openDay(cell)} aria-haspopup="dialog">
            +{(count - shown.length).toLocaleString('en')} more
          </UnstyledButton>
        )}
      </div>
    </div>
  )
}
