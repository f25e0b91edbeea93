// All posts of one day, or of one hour of it.

import { Button, Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { CalendarContext, useCalendar } from './calendar-context.ts'
import { dayName, groupByWall, lengthOf } from './calendar-days.ts'
import type { Whose } from './calendar-filters.tsx'
import { CalendarPost } from './calendar-post.tsx'

const atOnce = 100

/** `cell` is `2026-11-23` or `2026-11-23T14`. */
export function DayDialog({ cell, whose, close }: { cell: string; whose: Whose; close: () => void }) {
  const { id: org } = useOrg()
  const calendar = useCalendar()
  const { zone } = calendar
  const [most, setMost] = useState(atOnce)
  const hourly = cell.length > 10
  const input = { org, ...lengthOf(cell, zone), zone, cell: hourly ? 'hour' : 'day', most, ...whose } as const
  const found = useQuery(api.posts.calendar.queryOptions({ input, placeholderData: keepPreviousData }))
  const total = found.data?.cells.find((each) => each.cell === cell)?.count ?? 0
  const posts = useMemo(
    () => groupByWall(found.data?.posts ?? [], zone, hourly).get(cell) ?? [],
    [found.data, zone, hourly, cell],
  )
  // Of a full day the view behind knows only the first ones; here all that are listed can be chosen.
  const inDialog = useMemo(() => {
    const byId = new Map(posts.map((line) => [line.id, line]))
    return { ...calendar, lineOf: (id: string) => byId.get(id) }
  }, [calendar, posts])
  const title = `${dayName(cell.slice(0, 10))}${hourly ? `, ${cell.slice(11)}:00` : ''}`
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside
      size="lg"
      title={found.data ? `${title}: ${count(total, 'post')}` : title}
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <LoadingRows rows={6} />}
      <div className="ca-dialog-list">
        <CalendarContext value={inDialog}>
          {posts.map((line) => (
            <CalendarPost key={line.id} line={line} wide />
          ))}
        </CalendarContext>
        {total > posts.length && most < 1000 && (
          <Button variant="default" loading={found.isFetching} onClick={() => setMost(Math.min(1000, most + atOnce))}>
            Show more
          </Button>
        )}
        {total > posts.length && most === 1000 && (
          <p className="lr-page-description">These are the first thousand. Choose a filter to see fewer at once.</p>
        )}
      </div>
    </Modal>
  )
}
