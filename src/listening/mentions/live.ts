// Mentions as they are stored, to open pages: told through the database, so it does not matter which process stored them.

import { readInOrg } from '../../db/tx.ts'
import { woken } from '../../lib/woken.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type Announcement, announcement, channel } from '../pipeline/announce.ts'
import { topicIdsByNumber, topicNumber } from '../topics/store.ts'
import { announcedMentions, type MentionRow } from './store-read.ts'
import { type MentionShown, viewOfMention } from './views.ts'

type Deps = Pick<Services, 'db' | 'notices'>

/** Of one announcement; nobody reads more at once. */
const mostAtOnce = 100
/** A page asks again after this, so that whoever lost their right is let go of. */
const longestMs = 15 * 60_000
/** Announcements that wait for a slow reader. */
const mostWaiting = 200

export interface LiveLot {
  mentions: MentionShown[]
  left: number
}

/** Ends after a quarter of an hour, or when `signal` aborts. */
export async function* followMentions(
  services: Deps,
  { orgId }: Caller,
  { topic }: { topic?: string },
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveLot> {
  const number = topic === undefined ? null : await readInOrg(services.db, orgId, (tx) => topicNumber(tx, orgId, topic))
  const waiting: Announcement[] = []
  let wake = () => {}
  const stop = await services.notices.on(channel, (payload) => {
    const told = announcement.parse(JSON.parse(payload))
    if (told.org !== orgId) return
    // A reader that slow sees the newest rather than everything.
    if (waiting.length >= mostWaiting) waiting.shift()
    waiting.push(told)
    wake()
  })
  const ends = Date.now() + longestMs
  try {
    // At once: it is open.
    yield { mentions: [], left: 0 }
    while (!signal?.aborted && Date.now() < ends) {
      const told = waiting.shift()
      if (told) {
        const lot = await lotOf(services, told, number)
        if (lot.mentions.length > 0) yield lot
      } else await woken(signal, ends, (wakeUp) => (wake = wakeUp))
    }
  } finally {
    stop()
  }
}

// ── One reading of an announcement serves every page of this process that waits for it ──────────────────────────────

interface Read {
  rows: MentionRow[]
  topicIds: Map<number, string>
}

const reads = new Map<string, Promise<Read>>()

async function lotOf({ db }: Deps, told: Announcement, topic: number | null): Promise<LiveLot> {
  const key = JSON.stringify(told)
  const reading = reads.get(key) ?? read(db, told)
  reads.set(key, reading)
  // It is wanted at one moment only.
  setTimeout(() => reads.delete(key), 5_000).unref()
  const { rows, topicIds } = await reading
  const wanted = topic === null ? rows : rows.filter(({ topics }) => topics.includes(topic))
  return {
    mentions: wanted.map((row) => viewOfMention(row, topicIds)),
    left: topic === null ? told.count - rows.length : 0,
  }
}

const read = (db: Deps['db'], { org, heardAt, from, to }: Announcement): Promise<Read> =>
  readInOrg(db, org, async (tx) => {
    const times = { heardAt: new Date(heardAt), from: new Date(from), to: new Date(to) }
    return {
      rows: await announcedMentions(tx, org, times, mostAtOnce),
      topicIds: await topicIdsByNumber(tx, org),
    }
  })
