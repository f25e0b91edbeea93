// Conversations as they change, to open pages: told through the database, so it does not matter which process stored them.

import { woken } from '../../lib/woken.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announcement, channel } from './announce.ts'

/** A page asks again after this, so that whoever lost their right is let go of. */
const longestMs = 15 * 60_000
/** Ids that wait for a slow reader; beyond them a page reads its list anew anyway. */
const mostWaiting = 500

/** Ends after a quarter of an hour, or when `signal` aborts. */
export async function* followConversations(
  { notices }: Pick<Services, 'notices'>,
  { orgId }: Caller,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ ids: string[] }> {
  const waiting = new Set<string>()
  let wake = () => {}
  const stop = await notices.on(channel, (payload) => {
    const told = announcement.parse(JSON.parse(payload))
    if (told.org !== orgId) return
    for (const id of told.ids) if (waiting.size < mostWaiting) waiting.add(id)
    wake()
  })
  const ends = Date.now() + longestMs
  try {
    // At once: it is open.
    yield { ids: [] }
    while (!signal?.aborted && Date.now() < ends) {
      if (waiting.size > 0) {
        const ids = [...waiting]
        waiting.clear()
        yield { ids }
      } else await woken(signal, ends, (wakeUp) => (wake = wakeUp))
    }
  } finally {
    stop()
  }
}
