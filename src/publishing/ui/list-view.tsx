// Four weeks as a list by day: the calendar of phones, and of those who rather read.

import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { dayName, groupByWall } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'

const shownPerDay = 12

export function ListView({ range, lines }: ViewProps) {
  const { zone, today } = useCalendar()
  const byDay = useMemo(() => groupByWall(lines, zone), [lines, zone])
  const days = range.days.filter((day) => byDay.has(day) || today.startsWith(day))
  return (
    <div className="ca-list">
      {days.map((day) => (
        <ListDay key={day} day={day} posts={byDay.get(day) ?? none} />
      ))}
    </div>
  )
}

const none: PlacedLine[] = []

function ListDay({ day, posts }: { day: string; posts: PlacedLine[] }) {
  const { today, openDay } = useCalendar()
  const isToday = today.startsWith(day)
  const now = today.slice(0, 16)
  const shown = posts.length <= shownPerDay + 1 ? posts : posts.slice(0, shownPerDay)
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
      {posts.length > shown.length && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => openDay(day)}>
          +{(posts.length - shown.length).toLocaleString('en')} more
        </Button>
      )}
    </section>
  )
}
