// Four weeks as a list by day: the calendar of phones, and of those who rather read.

import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { dayName, groupByWall, shownOf } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'

export function ListView({ range, lines, counts }: ViewProps) {
  const { zone, today } = useCalendar()
  const byDay = useMemo(() => groupByWall(lines, zone), [lines, zone])
  const days = range.days.filter((day) => byDay.has(day) || today.startsWith(day))
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
  const { today, openDay } = useCalendar()
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
      {posts.length === 0 && <p className="lr-page-description">Nothing is planned for today.</p>}
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
