// Four weeks as a list by day: the calendar of phones, and of those who rather read.

import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { dayName, groupByWall, shownOf } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'
import { DayMarks } from './planning/day-marks.tsx'

export function ListView({ range, lines, counts }: ViewProps) {
  const { zone, today, marks } = useCalendar()
  const byDay = useMemo(() => groupByWall(lines, zone), [lines, zone])
  // A day without posts is there for a day off, and for the first day of a quiet time: all days of one would be a wall.
  const days = range.days.filter(
    (day) => byDay.has(day) || today.startsWith(day) || marks.get(day)?.some(({ first }) => first),
  )
  return (
    <div className="ca-list">
      {days.map((day) => (
        <ListDay key={day} day={day} posts={byDay.get(day) ?? none} count={counts.get(day) ?? 0} />
      ))}
    </div>
  )
}

const none: PlacedLine[] = []

function ListDay({ day, posts, count }: { day: string; posts: PlacedLine[]; count: number }) {
  const { today, openDay, marks } = useCalendar()
  const isToday = today.startsWith(day)
  const now = today.slice(0, 16)
  const shown = posts.slice(0, shownOf('list', count))
  const next = isToday ? shown.findIndex((line) => line.wall > now) : -1
  return (
    <section className="ca-list-day" aria-labelledby={`day-${day}`} data-today={isToday || undefined}>
      <h3 id={`day-${day}`}>
        {dayName(day)}
        {isToday && <span className="ca-list-today">Today</span>}
      </h3>
      <DayMarks marks={marks.get(day)} />
      {posts.length === 0 && isToday && <p className="lr-page-description">Nothing is planned for today.</p>}
      {shown.map((line, index) => (
        <div key={line.id} data-next={index === next || undefined}>
          <CalendarPost line={line} wide />
        </div>
      ))}
      {count > shown.length && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => openDay(day)}>
          +{(count - shown.length).toLocaleString('en')} more
        </Button>
      )}
    </section>
  )
}
