// A week by days and hours, with a line where the present is.

import { UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { type CalendarLine, type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { groupByWall, shortDay } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'
import { useDrop } from './use-drop.ts'

const shownPerHour = 3
const firstSeen = 7
const headHeight = 40
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

export function WeekView({ range, lines }: ViewProps) {
  const { zone, today } = useCalendar()
  const byHour = useMemo(() => groupByWall(lines, zone, true), [lines, zone])
  const frame = useRef<HTMLElement>(null)
  // The night is there, but the day is what people look at.
  useEffect(() => {
    const row = frame.current?.querySelector<HTMLElement>(`[data-hour="${firstSeen}"]`)
    if (row && frame.current) frame.current.scrollTop = row.offsetTop - headHeight
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="ca-week" ref={frame} tabIndex={0} aria-label="Hours of the week">
      <div className="ca-week-head">
        <span />
        {range.days.map((day) => (
          <span key={day} data-today={today.startsWith(day) || undefined}>
            {shortDay(day)}
          </span>
        ))}
      </div>
      {hours.map((hour) => (
        <div key={hour} className="ca-hour" data-hour={Number(hour)}>
          <span className="ca-hour-name">{hour}:00</span>
          {range.days.map((day) => (
            <Hour key={day} day={day} hour={hour} posts={byHour.get(`${day}T${hour}`) ?? none} lines={lines} />
          ))}
        </div>
      ))}
    </section>
  )
}

const none: PlacedLine[] = []

function Hour({ day, hour, posts, lines }: { day: string; hour: string; posts: PlacedLine[]; lines: CalendarLine[] }) {
  const { today, openDay } = useCalendar()
  const drop = useDrop(lines, (old) => `${day}T${hour}${old.slice(13)}`)
  const now = today.startsWith(`${day}T${hour}`)
  const shown = posts.length <= shownPerHour + 1 ? posts : posts.slice(0, shownPerHour)
  return (
    <div className="ca-cell" {...drop}>
      {now && <span className="ca-now" style={{ top: `${(Number(today.slice(14, 16)) / 60) * 100}%` }} aria-hidden />}
      {shown.map((line) => (
        <CalendarPost key={line.id} line={line} />
      ))}
      {posts.length > shown.length && (
        <UnstyledButton className="ca-more" onClick={() => openDay(`${day}T${hour}`)} aria-haspopup="dialog">
          +{(posts.length - shown.length).toLocaleString('en')} more
        </UnstyledButton>
      )}
    </div>
  )
}
