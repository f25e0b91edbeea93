// Conversations as they change, to open pages: told through the database, so it does not matter which process stored them.

import { readInOrg, type Tx } from '../../db/tx.ts'
import { woken } from '../../lib/woken.ts'
import type { Caller } from '../../people/types.ts'
import { ownWalls } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { presenceChannel } from '../presence/announce.ts'
import { announcement, channel } from './announce.ts'
import { seenAmong } from './store-seen.ts'

/** A page asks again after this, so that whoever lost their right is let go of. */
const longestMs = 15 * 60_000
/** Ids that wait for a slow reader; beyond them a page reads its list anew anyway. */
const mostWaiting = 500

/** What is told: conversations that changed, and those in which somebody came, left or writes. */
interface Told {
  ids: string[]
  present?: string[]
}

/** Behind which wall a conversation stood before; undefined: nothing was said of that. */
type Waiting = Map<string, string | null | undefined>

/**
 * Ends after a quarter of an hour, or when `signal` aborts. Tells of what the follower sees at that moment, whoever they were when they
 * began to follow; of what goes behind a wall those who saw it are told once more.
 */
export async function* followConversations(
  { db, notices }: Pick<Services, 'db' | 'notices'>,
  { orgId }: Caller,
  signal: AbortSignal | undefined,
): AsyncGenerator<Told> {
  const waiting = { changed: new Map() as Waiting, present: new Map() as Waiting }
  let wake = () => {}
  const into = (ids: Waiting) => (payload: string) => {
    const told = announcement.parse(JSON.parse(payload))
    if (told.org !== orgId) return
    for (const id of told.ids)
      if (ids.has(id) || ids.size < mostWaiting) ids.set(id, told.wall === undefined ? ids.get(id) : told.wall)
    wake()
  }
  const stops = [
    await notices.on(channel, into(waiting.changed)),
    await notices.on(presenceChannel, into(waiting.present)),
  ]
  const ends = Date.now() + longestMs
  try {
    // At once: it is open.
    yield { ids: [] }
    while (!signal?.aborted && Date.now() < ends) {
      if (waiting.changed.size + waiting.present.size > 0) {
        const [changed, present] = [new Map(waiting.changed), new Map(waiting.present)]
        waiting.changed.clear()
        waiting.present.clear()
        const told = await readInOrg(db, orgId, (tx) => toldOf(tx, orgId, changed, present))
        if (told) yield told
      } else await woken(signal, ends, (wakeUp) => (wake = wakeUp))
    }
  } finally {
    for (const stop of stops) stop()
  }
}

/** null: the follower sees none of it. */
async function toldOf(tx: Tx, orgId: string, changed: Waiting, present: Waiting): Promise<Told | null> {
  const seen = await seenAmong(tx, orgId, [...changed.keys(), ...present.keys()])
  const left = [...changed].some(([id, wall]) => !seen.has(id) && wall !== undefined)
  const walls = left ? await ownWalls(tx) : []
  const saw = (wall: string | null | undefined) => wall === null || (wall !== undefined && walls.includes(wall))
  const ids = [...changed].flatMap(([id, wall]) => (seen.has(id) || saw(wall) ? [id] : []))
  const there = [...present.keys()].filter((id) => seen.has(id))
  if (ids.length + there.length === 0) return null
  return { ids, ...(there.length > 0 ? { present: there } : {}) }
}
