// Hears what other processes stored, so that near copies are folded whoever stored them. Costs nothing where one process listens alone.

import { setTimeout as sleep } from 'node:timers/promises'
import { retried } from '../../db/retry.ts'
import type { Services } from '../../services.ts'
import { learnFromOthers } from '../mentions/fold-others.ts'
import { type Announcement, announcement, channel, teller } from './announce.ts'

export interface Others {
  stop(): Promise<void>
}

export interface OthersOptions {
  /** Before what was told is read: what both store at the same moment is there for both then. */
  restMs?: number
}

/** More wait only when this process is far behind; then the oldest stay as they are. */
const mostWaiting = 500

export async function hearOthers(
  { db, log, notices }: Pick<Services, 'db' | 'log' | 'notices'>,
  { restMs = 1_000 }: OthersOptions = {},
): Promise<Others> {
  const waiting: Announcement[] = []
  const ending = new AbortController()
  let working: Promise<void> | null = null
  const work = async (): Promise<void> => {
    while (waiting.length > 0 && !ending.signal.aborted) {
      await sleep(restMs, undefined, { signal: ending.signal, ref: false }).catch(() => {})
      for (const told of waiting.splice(0)) {
        if (ending.signal.aborted) return
        await retried(() => learnFromOthers(db, told)).catch((error) =>
          log.warn('Copies of what another process stored were not folded', { error }),
        )
      }
    }
  }
  const deaf = await notices.on(channel, (payload) => {
    const told = announcement.safeParse(JSON.parse(payload))
    if (!told.success || told.data.by === teller) return
    if (waiting.length >= mostWaiting) waiting.shift()
    waiting.push(told.data)
    working ??= work().finally(() => {
      working = null
    })
  })
  return {
    async stop() {
      deaf()
      ending.abort()
      await working
    },
  }
}
