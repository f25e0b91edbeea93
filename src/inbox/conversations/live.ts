// Conversations as they change, to open pages: told through the database, so it does not matter which process stored them.

import { woken } from '../../lib/woken.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { presenceChannel } from '../presence/announce.ts'
import { announcement, channel } from './announce.ts'

/** A page asks again after this, so that whoever lost their right is let go of. */
const longestMs = 15 * 60_000
/** Ids that wait for a slow reader; beyond them a page reads its list anew anyway. */
const mostWaiting = 500

/** What is told: conversations that changed, and those in which somebody came, left or writes. */
interface Told {
  ids: string[]
  present?: string[]
}

/** Ends after a quarter of an hour, or when `signal` aborts. */
export async function* followConversations(
  { notices }: Pick<Services, 'notices'>,
  { orgId }: Caller,
  signal: AbortSignal | undefined,
): AsyncGenerator<Told> {
  const [waiting, present] = [new Set<string>(), new Set<string>()]
  let wake = () => {}
  const into = (ids: Set<string>) => (payload: string) => {
    const told = announcement.parse(JSON.parse(payload))
    if (told.org !== orgId) return
    for (const id of told.ids) if (ids.size < mostWaiting) ids.add(id)
    wake()
  }
  const stops = [await notices.on(channel, into(waiting)), await notices.on(presenceChannel, into(present))]
  const ends = Date.now() + longestMs
  try {
    // At once: it is open.
    yield { ids: [] }
    while (!signal?.aborted && Date.now() < ends) {
      if (waiting.size + present.size > 0) {
        const told = { ids: [...waiting], ...(present.size > 0 ? { present: [...present] } : {}) }
        waiting.clear()
        present.clear()
        yield told
      } else await woken(signal, ends, (wakeUp) => (wake = wakeUp))
    }
  } finally {
    for (const stop of stops) stop()
  }
}
