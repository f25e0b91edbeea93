// Which minutes of a network were listened to: what nobody heard is not zero. Pure.

import { silentAfterMs } from '../sources/rules.ts'

export interface HearingSource {
  createdAt: Date
  /** null: held open. */
  everySeconds: number | null
  answeredAt: Date | null
  /** The network's own time of the last that was read; null: not told. */
  reachedAt: Date | null
  gaps: readonly { from: Date | null; to: Date | null }[]
}

export interface Hearing {
  /** Up to here something can be said about minutes, heard or not. */
  until: Date
  /** Nobody listens since; null: all sources are alive. */
  silentSince: Date | null
  /** Whether all sources listened through the minute that begins here. */
  heard(minute: number): boolean
}

const minuteMs = 60_000
/** Writing what was heard takes a moment. */
const writingMs = 20_000
/** A stream that is so far behind its network counts from what it has read. */
const behindMs = minuteMs
/** Farther behind it is as good as silent. */
const lostMs = 60 * minuteMs

/** What the sources of one network, each of which belongs to its counts, come to. null: there is none. */
export function hearingOf(sources: readonly HearingSource[], now: Date): Hearing | null {
  if (sources.length === 0) return null
  const latest = now.getTime() - writingMs
  const each = sources.map((source) => ({ source, ...reachOf(source, now.getTime()) }))
  const alive = each.filter(({ silent }) => !silent).map(({ reach }) => reach)
  const silent = each.filter((one) => one.silent).map(({ reach }) => reach)
  return {
    until: new Date(Math.min(latest, ...alive)),
    silentSince: silent.length > 0 ? new Date(Math.min(...silent)) : null,
    heard: (minute) =>
      each.every(
        ({ source, reach }) =>
          minute >= source.createdAt.getTime() && minute + minuteMs <= reach && !inGap(source, minute),
      ),
  }
}

function reachOf(
  { createdAt, everySeconds, answeredAt, reachedAt }: HearingSource,
  now: number,
): { reach: number; silent: boolean } {
  const last = (answeredAt ?? createdAt).getTime()
  if (now - last > silentAfterMs(everySeconds)) return { reach: last, silent: true }
  if (everySeconds !== null || reachedAt === null || last - reachedAt.getTime() <= behindMs) {
    return { reach: last, silent: false }
  }
  return { reach: reachedAt.getTime(), silent: now - reachedAt.getTime() > lostMs }
}

/** A gap without a beginning or end reaches as far as anybody knows: it is stated, but no minutes can be named. */
const inGap = ({ gaps }: HearingSource, minute: number): boolean =>
  gaps.some(
    ({ from, to }) => from !== null && to !== null && from.getTime() < minute + minuteMs && to.getTime() > minute,
  )
