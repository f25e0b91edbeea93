// A month as whole weeks: a few posts a day, the rest behind one button.

import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { type CalendarLine, type PlacedLine, useCalendar, type ViewProps } from './calendar-context.ts'
import { dayName, groupByWall, shownOf, weekdayName } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'
import { DayMarks } from './planning/day-marks.tsx'
import { useDrop } from './use-drop.ts'

export function MonthView({ range, month, lines, counts }: ViewProps) {
  const { zone } = useCalendar()
  const byDay = useMemo(() => groupByWall(lines, zone), [lines, zone])
  return (
    <div className="ca-month">
      <div className="ca-weekdays" aria-hidden>
        {range.days.slice(0, 7).map((day) => (
          <span key={day}>{weekdayName(day)}</span>
        ))}
      </div>
      <div className="ca-grid">
        {range.days.map((day) => (
          <Day
            key={day}
            day={day}
            outside={!day.startsWith(month)}
            posts={byDay.get(day) ?? none}
            count={counts.get(day) ?? 0}
            lines={lines}
          />
        ))}
      </div>
    </div>
  )
}

const none: PlacedLine[] = []

function Day({
  day,
  outside,
  posts,
  count: total,
  lines,
}: {
  day: string
  outside: boolean
  posts: PlacedLine[]
  count: number
  lines: CalendarLine[]
}) {
  const { today, openDay, marks } = useCalendar()
  const own = marks.get(day)
  const drop = useDrop(lines, (old) => `${day}${old.slice(10)}`)
  const isToday = today.startsWith(day)
  const shown = posts.slice(0, shownOf('month', total))
  const more = total - shown.length
  return (
    <section
      className="ca-day"
      data-outside={outside || undefined}
      data-today={isToday || undefined}
      data-quiet={own?.some(({ kind }) => kind === 'quiet') || undefined}
      aria-label={`${dayName(day)}${isToday ? ', today' : ''}, ${count(total, 'post')}`}
      {...drop}
    >
      <DayNumber day={day} />
      <DayMarks marks={own} />
      {shown.map((line) => (
        <CalendarPost key={line.id} line={line} />
      ))}
      {more > 0 && (
        <UnstyledButton className="ca-more" onClick={() => openDay(day)} aria-haspopup="dialog">
          +{more.toLocaleString('en')} more
        </UnstyledButton>
      )}
    </section>
  )
}

function DayNumber({ day }: { day: string }) {
  const { slug } = useOrg()
  const { today, mayWrite } = useCalendar()
  const text = Number(day.slice(8))
  if (!mayWrite || day < today.slice(0, 10)) return <span className="ca-day-number">{text}</span>
  return (
    <Link
      to="/o/$slug/compose"
      params={{ slug }}
      search={{ date: day }}
      preload={false}
      className="ca-day-number"
      aria-label={`Write a post for ${dayName(day)}`}
      title="Write a post for this day"
    >
      {text}
    </Link>
  )
}
