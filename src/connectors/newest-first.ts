// Reads lists that show the newest first and where late ones may stand between old ones: comments that a moderator let through.

import { z } from 'zod'
import type { Json } from './contract.ts'
import { type Gathering, newGathering } from './heard.ts'
import type { Heard, StreamBatch } from './listen.ts'

const cursorSchema = z.object({
  /** Those of the newest pages, oldest first. */
  seen: z.array(z.string()),
  at: z.number(),
})

export interface NewestFirst<T> {
  /** Pages count from 1; one that is shorter than `pageLength` is the last. */
  page(number: number): Promise<T[]>
  pageLength: number
  mostPages: number
  /** null: it cannot be read. */
  read(item: T, into: Gathering): { id: string; heard: Heard } | null
}

/** What was not there at the last reading, oldest first. At the first time the newest page is read. */
export async function readNewestFirst<T>(list: NewestFirst<T>, cursor: Json, now: Date): Promise<StreamBatch> {
  const parsed = cursorSchema.safeParse(cursor)
  const seen = new Set(parsed.success ? parsed.data.seen : [])
  const gathering = newGathering()
  const found: string[] = []
  for (let number = 1; ; number++) {
    const items = await list.page(number)
    let fresh = 0
    for (const item of items) {
      const told = list.read(item, gathering)
      if (told === null) gathering.unreadable++
      else {
        found.push(told.id)
        if (seen.has(told.id)) continue
        fresh++
        gathering.events.push({ type: 'heard', heard: told.heard })
      }
    }
    // A page on which everything is known lies behind us.
    if (!parsed.success || fresh === 0 || items.length < list.pageLength) break
    if (number === list.mostPages) {
      gathering.gaps.push({ from: new Date(parsed.data.at), to: now, reason: 'page-limit' })
      break
    }
  }
  gathering.events.reverse()
  const kept = [...[...seen].filter((id) => !found.includes(id)), ...found.toReversed()]
  return { ...gathering, cursor: { seen: kept.slice(-list.pageLength * list.mostPages), at: now.getTime() } }
}
