// Reads one stream and stores what it brings. While one lot is being written the next is read; both are bounded.

import type { StreamBatch } from '../../connectors/listen.ts'
import type { Understood } from './keep-batch.ts'

export interface ReadOptions {
  understand(batch: StreamBatch): Understood | Promise<Understood>
  /** Stores lots in order; what it throws ends the reading. */
  keep(lot: Understood): Promise<unknown>
  /** No more than so many events wait to be stored. */
  most?: number
}

const mostWaiting = 5_000

/** Resolves at the end of the stream with everything stored. @throws what the stream, `understand` or `keep` throws. */
export async function readStream(
  stream: AsyncIterable<StreamBatch>,
  { understand, keep, most = mostWaiting }: ReadOptions,
): Promise<void> {
  let waiting: Understood[] = []
  let events = 0
  let writing: Promise<void> | null = null
  let failure: { error: unknown } | null = null

  const write = async () => {
    while (waiting.length > 0 && !failure) {
      const lot = joined(waiting)
      waiting = []
      events = 0
      await keep(lot).catch((error) => {
        failure = { error }
      })
    }
    writing = null
  }

  try {
    for await (const batch of stream) {
      waiting.push(await understand(batch))
      events += batch.events.length
      writing ??= write()
      if (events > most) await writing
      if (failure) break
    }
  } finally {
    // Also when the stream broke: what it brought before is stored.
    await writing
  }
  if (failure) throw (failure as { error: unknown }).error
}

/** Several batches as one: the later cursor counts, everything else adds up. */
function joined(lots: readonly Understood[]): Understood {
  const [first] = lots
  if (lots.length === 1) return first!
  const batches = lots.map(({ batch }) => batch)
  return {
    batch: {
      events: batches.flatMap(({ events }) => events),
      cursor: batches.at(-1)!.cursor,
      reachedAt: batches.findLast(({ reachedAt }) => reachedAt !== null)?.reachedAt ?? null,
      gaps: batches.flatMap(({ gaps }) => gaps),
      unreadable: sum(batches.map(({ unreadable }) => unreadable)),
      cut: sum(batches.map(({ cut }) => cut)),
      bytes: sum(batches.map(({ bytes }) => bytes)),
    },
    mentions: lots.flatMap(({ mentions }) => mentions),
    heard: sum(lots.map(({ heard }) => heard)),
  }
}

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0)
