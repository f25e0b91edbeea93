// Moves a post to another wall time: shown at once, put back with the reason when refused, and undone by one button.

import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, client, Refused, refresh } from '../../kit/api.ts'
import { instantOf } from '../../kit/time.ts'
import { showProblem, showUndo } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { CalendarLine } from './calendar-context.ts'
import { dayName, wallClock } from './calendar-days.ts'
import { moved } from './moved-in-calendar.ts'

type Input = Parameters<typeof client.posts.calendar>[0]

export function useMovePost(zone: string, input: Input): (line: CalendarLine, wall: string) => Promise<boolean> {
  const queryClient = useQueryClient()
  const { id: org } = useOrg()
  const running = useRef(0)
  const queryKey = api.posts.calendar.queryKey({ input })
  const place = (id: string, dueAt: string | null) =>
    queryClient.setQueryData(queryKey, (shown) => shown && moved(shown, id, dueAt, input))
  const send = async (id: string, wall: string): Promise<void> => {
    running.current++
    try {
      const { rows } = await client.bulk.move({ org, places: [{ id, wall, zone }] })
      const [row] = rows
      if (row && !row.done)
        throw new Refused({ code: row.code ?? 'failed', field: row.field ?? undefined, params: row.params })
      place(id, instantOf(wall, zone).toISOString())
    } finally {
      // Several moves in a row: the calendar is read again after the last one, so that nothing jumps back meanwhile.
      if (--running.current === 0) void refresh(queryClient, api.posts)
    }
  }
  return async (line, wall) => {
    await queryClient.cancelQueries({ queryKey })
    place(line.id, instantOf(wall, zone).toISOString())
    try {
      await send(line.id, wall)
    } catch (error) {
      place(line.id, line.dueAt)
      showProblem(error, 'The post stays where it was.')
      return false
    }
    const back = line.dueAt && wallClock(new Date(line.dueAt), zone)
    const said = `Moved to ${dayName(wall.slice(0, 10))}, ${wall.slice(11, 16)}`
    if (back) showUndo(said, () => send(line.id, back))
    return true
  }
}
