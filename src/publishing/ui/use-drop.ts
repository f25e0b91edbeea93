// Makes a day or an hour of the calendar a place on which a post can be dropped.

import { type DragEvent, useState } from 'react'
import { type CalendarLine, dragType, useCalendar } from './calendar-context.ts'
import { wallClock } from './calendar-days.ts'

/** `wallOf` says the new wall time from the old one. */
export function useDrop(lines: CalendarLine[], wallOf: (old: string) => string) {
  const { move, zone } = useCalendar()
  const [over, setOver] = useState(false)
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      const line = lines.find(({ id }) => id === event.dataTransfer.getData(dragType))
      if (!line?.dueAt) return
      event.preventDefault()
      const old = wallClock(new Date(line.dueAt), zone)
      const wall = wallOf(old)
      if (wall !== old) void move(line, wall)
    },
  }
}
