// All posts of one day, or of one hour of it.

import { Button, Modal } from '@mantine/core'
import { useMemo, useState } from 'react'
import { count } from '../../kit/words.ts'
import { type CalendarLine, useCalendar } from './calendar-context.ts'
import { dayName, groupByWall } from './calendar-days.ts'
import { CalendarPost } from './calendar-post.tsx'

const atOnce = 100

/** `day` is `2026-11-23` or `2026-11-23T14`. */
export function DayDialog({ day, lines, close }: { day: string | null; lines: CalendarLine[]; close: () => void }) {
  const { zone } = useCalendar()
  const [shown, setShown] = useState(atOnce)
  const posts = useMemo(
    () => (day ? (groupByWall(lines, zone, day.length > 10).get(day) ?? []) : []),
    [day, lines, zone],
  )
  const leave = () => {
    setShown(atOnce)
    close()
  }
  return (
    <Modal
      opened={day !== null}
      onClose={leave}
      size="lg"
      title={
        day &&
        `${dayName(day.slice(0, 10))}${day.length > 10 ? `, ${day.slice(11)}:00` : ''}: ${count(posts.length, 'post')}`
      }
    >
      <div className="ca-dialog-list">
        {posts.slice(0, shown).map((line) => (
          <CalendarPost key={line.id} line={line} wide />
        ))}
        {posts.length > shown && (
          <Button variant="default" onClick={() => setShown(shown + atOnce)}>
            Show more
          </Button>
        )}
      </div>
    </Modal>
  )
}
