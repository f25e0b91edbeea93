// Looks at every topic in every network each minute and raises what its detector tells: once, whatever dies, with two workers or ten.
//
// A detector, what it has seen and the alerts that follow change in one transaction, under a lock on its row: a worker that is
// killed leaves the detector where it was, and the next one goes on from there.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import { campaignSpans, ownPosts } from '../../publishing/own-moments.ts'
import type { Services } from '../../services.ts'
import { findKind } from '../sources/kinds.ts'
import { advance, newState, putRightInPlace, type SpikeState } from '../spikes/detector.ts'
import { type SpikeSettings, settingsOf } from '../spikes/settings.ts'
import type { Bin, PlannedEvent, Reading, Signal } from '../spikes/types.ts'
import { type Hearing, hearingOf } from './hearing.ts'
import { echoHours, type Own, plannedFor } from './planned.ts'
import { type RaiseServices, raise } from './raise.ts'
import { organisationsThatListen, type PlannedRow, pairsToWatch, plannedRows, type WatchedPair } from './store.ts'
import {
  firstMinute,
  hearingRows,
  insertDetector,
  type KeptDetector,
  keepDetectors,
  type MinuteRow,
  minuteRowsOf,
  takeDetectors,
} from './store-detectors.ts'

export type WatchServices = RaiseServices & Pick<Services, 'db' | 'log'>

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** A new detector learns from what was heard before. */
const historyDays = 35
/** Without new mentions a detector is looked at so often. */
const staleMs = 10 * minuteMs
/** So many detectors go on in one transaction, and so many new ones learn from their history in a run: each takes a quarter of a second. */
const bundle = 100
const mostBegun = 100
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
  const known = pairs.filter(({ seen_to }) => seen_to !== null)
  const fresh = pairs.filter(({ seen_to }) => seen_to === null).slice(0, mostBegun)
  const bundles = Array.from({ length: Math.ceil(known.length / bundle) }, (_, at) =>
    known.slice(at * bundle, (at + 1) * bundle),
  )
  let done = 0
  for (const some of [...bundles, ...fresh.map((pair) => [pair])]) done += await watchBundle(services, ground, some)
  return done
}

/** All of them in one transaction; where that fails, each in its own, so that one that cannot go on keeps none of the others waiting. */
async function watchBundle(services: WatchServices, ground: Ground, pairs: WatchedPair[]): Promise<number> {
  const watch = (some: WatchedPair[]) =>
    inOrg(services.db, ground.orgId, (tx) => watchPairs(services, tx, ground, some))
  if (pairs.length > 1) {
    try {
      return await watch(pairs)
    } catch (error) {
      services.log.warn('Detectors go on one by one', { error })
    }
  }
  return oneByOne(services.log, 'A detector could not go on', pairs, (pair) => watch([pair]))
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

interface Watched {
  pair: WatchedPair
  state: SpikeState
  from: number
  until: number
  hearing: Hearing | null
}

async function watchPairs(services: WatchServices, tx: Tx, ground: Ground, pairs: WatchedPair[]): Promise<number> {
  const { orgId, now } = ground
  const watched = await takeAll(tx, ground, pairs)
  const rows = await minuteRowsOf(
    tx,
    orgId,
    watched.map(({ pair, from, until }) => ({ ...pair, from: new Date(from - hourMs), to: new Date(until) })),
  )
  const kept: KeptDetector[] = []
  const events: NewEvent[] = []
  for (const [at, each] of watched.entries()) {
    const { pair, state, from, until, hearing } = each
    const settings = settingsOf(pair.profile as Exclude<WatchedPair['profile'], 'off'>, ground.zone)
    const planned = plannedFor(ground.planned, ground.own, pair)
    const counts = countsOf(rows.get(at) ?? [], hearing)
    const { reading, signals } = goOn(state, { from, until, counts }, { settings, events: planned })
    const news = signals.filter((signal) => signal.what === 'ended' || now.getTime() - signal.at < newsMs)
    events.push(...(await raise(services, tx, { orgId, pair, now }, news)))
    const silentSince = hearing === null ? new Date(from) : hearing.silentSince
    const watch = silentSince ? 'suspended' : (reading?.watch ?? 'learning')
    kept.push({ topic: pair.topic, network: pair.network, seenTo: new Date(until), state, watch, silentSince })
  }
  await keepDetectors(tx, orgId, kept)
  await recordAll(tx, orgId, longrunItself, now, events)
  return watched.length
}

/** Locks their detectors, and makes those that are missing. Those that another worker is at are left to it. */
async function takeAll(tx: Tx, ground: Ground, pairs: WatchedPair[]): Promise<Watched[]> {
  const taken = await takeDetectors(tx, ground.orgId, pairs)
  const watched: Watched[] = []
  for (const pair of pairs) {
    const own = taken.find(({ topic, network }) => topic === pair.topic && network === pair.network)
    const detector = own ?? (pair.seen_to === null ? await begin(tx, ground, pair) : undefined)
    if (!detector) continue
    const hearing = ground.hearing.get(pair.network) ?? null
    const from = detector.seen_to.getTime()
    // Nobody listens there any more: from when on is not known, so it counts from what was seen last.
    const until = Math.max(from, minuteOf(hearing?.until ?? ground.now))
    watched.push({ pair, state: detector.state, from, until, hearing })
  }
  return watched
}

async function begin(tx: Tx, { orgId, now }: Ground, pair: WatchedPair) {
  const first = await firstMinute(tx, orgId, pair, new Date(now.getTime() - historyDays * dayMs))
  const seenTo = first ?? new Date(minuteOf(now))
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
