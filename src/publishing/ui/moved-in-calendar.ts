// What the calendar shows after a move, before the server has said it.

import type { client, Output } from '../../kit/api.ts'
import { wallClock } from './calendar-days.ts'

type Answer = Output<typeof client.posts.calendar>
type Asked = Pick<Parameters<typeof client.posts.calendar>[0], 'zone' | 'cell'>

export function moved(shown: Answer, id: string, dueAt: string | null, { zone = 'UTC', cell }: Asked): Answer {
  const cellAt = (at: string) => wallClock(new Date(at), zone).slice(0, cell === 'hour' ? 13 : 10)
  const old = shown.posts.find((each) => each.id === id)
  if (!old?.dueAt) return shown
  const counts = new Map(shown.cells.map((each) => [each.cell, each.count]))
  const add = (at: string | null, by: number) => at && counts.set(cellAt(at), (counts.get(cellAt(at)) ?? 0) + by)
  add(old.dueAt, -1)
  add(dueAt, 1)
  return {
    posts: shown.posts
      .map((each) => (each === old ? { ...each, dueAt } : each))
      .toSorted((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1)),
    cells: [...counts].map(([at, count]) => ({ cell: at, count })),
  }
}
