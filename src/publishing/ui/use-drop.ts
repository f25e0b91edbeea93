// Makes a day or an hour of the calendar a place on which posts can be dropped.

import { type DragEvent, useState } from 'react'
import { useSelection } from './bulk/selection.ts'
import { type CalendarLine, dragType, useCalendar } from './calendar-context.ts'
import { wallClock } from './calendar-days.ts'

/** `wallOf` says the new wall time from the old one. */
export function useDrop(lines: CalendarLine[], wallOf: (old: string) => string) {
  const { drop, zone } = useCalendar()
  const selection = useSelection()
  const [over, setOver] = useState(false)
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = event.altKey ? 'copy' : 'move'
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      const id = event.dataTransfer.getData(dragType)
      const chosen = selection.has(id) ? selection.all() : []
      const line = lines.find((each) => each.id === id) ?? chosen.find((each) => each.id === id)
      if (!line?.dueAt) return
      event.preventDefault()
      const from = wallClock(new Date(line.dueAt), zone)
      const to = wallOf(from)
      // Whoever drags one of the chosen ones drags them all.
      if (to !== from || event.altKey) drop(chosen.length > 1 ? chosen : [line], { from, to, copy: event.altKey })
    },
  }
}
