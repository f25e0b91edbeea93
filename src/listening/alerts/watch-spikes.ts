// Looks at every topic in every network each minute and raises what its detector tells: once, whatever dies, with two workers or ten.
//
// A detector, what it has seen and the alerts that follow change in one transaction, under a lock on its row: a worker that is
// killed leaves the detector where it was, and the next one goes on from there.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { campaignSpans, ownPosts } from '../../publishing/own-moments.ts'
import type { Services } from '../../services.ts'
import { findKind } from '../sources/kinds.ts'
import { advance, newState, putRightInPlace, type SpikeState } from '../spikes/detector.ts'
import { type SpikeSettings, settingsOf } from '../spikes/settings.ts'
import type { Bin, PlannedEvent, Reading, Signal } from '../spikes/types.ts'
import { type Hearing, hearingOf } from './hearing.ts'
import { echoHours, type Own, plannedFor } from './planned.ts'
import { type RaiseServices, raise } from './raise.ts'
import {
  hearingRows,
  insertDetector,
  keepDetector,
  type MinuteRow,
  minuteRows,
  organisationsThatListen,
  type PlannedRow,
  pairsToWatch,
  plannedRows,
  takeDetector,
  type WatchedPair,
} from './store.ts'

export type WatchServices = RaiseServices & Pick<Services, 'db' | 'log'>

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** A new detector learns from what was heard before. */
const historyDays = 35
/** Without new mentions a detector is looked at so often. */
const staleMs = 10 * minuteMs
/** What is older is history: it is learned from, and nobody is called. */
const newsMs = 2 * hourMs

/** Answers how many detectors went on. */
export async function watchSpikes(services: WatchServices, only?: string): Promise<number> {
  const all = only ? [only] : await asSystem(services.db, organisationsThatListen)
  return oneByOne(services.log, 'Alerts of an organisation could not be looked at', all, (orgId) =>
    watchIn(services, orgId),
  )
}

interface Ground {
  orgId: string
  zone: string
  now: Date
  hearing: Map<string, Hearing | null>
  planned: PlannedRow[]
  own: Own
}

async function watchIn(services: WatchServices, orgId: string): Promise<number> {
  const now = services.clock()
  const { pairs, ground } = await inOrg(services.db, orgId, async (tx) => {
    const seen = new Date(now.getTime() - 2 * dayMs)
    const pairs = await pairsToWatch(tx, orgId, { seen, stale: new Date(now.getTime() - staleMs) })
    return { pairs, ground: await groundOf(tx, orgId, now) }
  })
  return oneByOne(services.log, 'A detector could not go on', pairs, (pair) =>
    inOrg(services.db, orgId, async (tx) => ((await watchPair(services, tx, ground, pair)) ? 1 : 0)),
  )
}

async function groundOf(tx: Tx, orgId: string, now: Date): Promise<Ground> {
  const rows = await hearingRows(tx, orgId, new Date(now.getTime() - historyDays * dayMs), now)
  const byNetwork = Map.groupBy(rows, ({ network }) => network)
  const hearing = new Map<string, Hearing | null>()
  for (const [network, sources] of byNetwork) hearing.set(network, hearingOf(sources.map(hearingSource), now))
  return {
    orgId,
    zone: await readOrganisationZone(tx, orgId),
    now,
    hearing,
    planned: await plannedRows(tx, orgId, new Date(now.getTime() - historyDays * dayMs)),
    own: await ownOf(tx, orgId, now),
  }
}

/** What belongs to the usual only marks what is told now, and what is older than news is not. */
async function ownOf(tx: Tx, orgId: string, now: Date): Promise<Own> {
  const since = new Date(now.getTime() - 2 * newsMs)
  return {
    campaigns: await campaignSpans(tx, orgId, since, now),
    posts: await ownPosts(tx, orgId, new Date(since.getTime() - echoHours * hourMs), now),
  }
}

export function hearingSource(row: Awaited<ReturnType<typeof hearingRows>>[number]) {
  const kind = findKind(row.network, row.kind)
  return {
    createdAt: row.created_at,
    everySeconds: kind?.way === 'poll' ? (kind.everySeconds ?? null) : null,
    answeredAt: row.answered_at,
    reachedAt: row.reached_at,
    gaps: row.gaps.map(({ from, to }) => ({ from: from ? new Date(from) : null, to: to ? new Date(to) : null })),
  }
}

async function watchPair(services: WatchServices, tx: Tx, ground: Ground, pair: WatchedPair): Promise<boolean> {
  const { orgId, now } = ground
  const hearing = ground.hearing.get(pair.network) ?? null
  const detector =
    (await takeDetector(tx, orgId, pair)) ?? (pair.seen_to === null ? await begin(tx, ground, pair) : undefined)
  if (!detector) return false
  // Nobody listens there any more: from when on is not known, so it counts from what was seen last.
  const until = minuteOf(hearing?.until ?? now)
  const from = detector.seen_to.getTime()
  const rows = await minuteRows(tx, orgId, pair, {
    from: new Date(from - hourMs),
    to: new Date(Math.max(until, from)),
  })
  const settings = settingsOf(pair.profile as Exclude<WatchedPair['profile'], 'off'>, ground.zone)
  const events = plannedFor(ground.planned, ground.own, pair)
  const { state } = detector
  const counts = countsOf(rows, hearing)
  const { reading, signals } = goOn(state, { from, until, counts }, { settings, events })
  const fresh = signals.filter(({ at, what }) => what === 'ended' || now.getTime() - at < newsMs)
  await raise(services, tx, { orgId, pair, now }, fresh)
  const silentSince = hearing === null ? detector.seen_to : hearing.silentSince
  const watch = silentSince ? 'suspended' : (reading?.watch ?? 'learning')
  await keepDetector(tx, orgId, pair, { seenTo: new Date(Math.max(until, from)), state, watch, silentSince })
  return true
}

async function begin(tx: Tx, { orgId, now }: Ground, pair: WatchedPair) {
  const rows = await minuteRows(tx, orgId, pair, { from: new Date(now.getTime() - historyDays * dayMs), to: now })
  const seenTo = rows[0]?.at ?? new Date(minuteOf(now))
  const state = newState()
  return (await insertDetector(tx, orgId, pair, { seenTo, state })) ? { seen_to: seenTo, state } : undefined
}

const minuteOf = (at: Date): number => Math.floor(at.getTime() / minuteMs) * minuteMs

/** The bin of a minute: nothing was said where somebody listened and there is no row. */
function countsOf(rows: readonly MinuteRow[], hearing: Hearing | null): (minute: number) => Bin {
  const byMinute = new Map(rows.map((row) => [row.at.getTime(), row]))
  return (at) => {
    if (!hearing?.heard(at)) return { at, count: null }
    const row = byMinute.get(at)
    return { at, count: row?.total ?? 0, judged: row?.judged ?? 0, negative: row?.negative ?? 0 }
  }
}

interface Way {
  from: number
  until: number
  counts(minute: number): Bin
}

export interface DatedSignal extends Signal {
  at: number
}

/** Puts the last hour right where counts came late, then goes on minute by minute. Changes the state. */
function goOn(
  state: SpikeState,
  { from, until, counts }: Way,
  { settings, events }: { settings: SpikeSettings; events: PlannedEvent[] },
): { reading: Reading | null; signals: DatedSignal[] } {
  const signals: DatedSignal[] = []
  const late = lateBins(state, from, counts)
  if (late.length > 0) {
    const put = putRightInPlace(state, late, settings, events)
    signals.push(...put.signals.map((signal) => ({ ...signal, at: from })))
  }
  let reading: Reading | null = null
  for (let at = from; at < until; at += minuteMs) {
    reading = advance(state, counts(at), settings, events)
    signals.push(...reading.signals.map((signal) => ({ ...signal, at: at + minuteMs })))
  }
  return { reading, signals }
}

/** Minutes of the last hour of which the detector knows something else. What it once knew it does not forget. */
function lateBins(state: SpikeState, from: number, counts: (minute: number) => Bin): Bin[] {
  const { counts: known, judged, negative } = state.ring
  const bins: Bin[] = []
  for (let back = Math.min(60, known.length); back >= 1; back--) {
    const bin = counts(from - back * minuteMs)
    const index = known.length - back
    if (bin.count === null) continue
    const same = known[index] === bin.count && judged[index] === bin.judged && negative[index] === bin.negative
    if (!same) bins.push(bin)
  }
  return bins
}
