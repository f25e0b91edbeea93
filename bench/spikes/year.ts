// Lives through a simulated year of one topic, minute by minute, and says what the detector told and what of it was right.

import { advance, newState, putRightInPlace } from '../../src/listening/spikes/detector.ts'
import type { SpikeSettings } from '../../src/listening/spikes/settings.ts'
import type { Bin, Signal } from '../../src/listening/spikes/types.ts'
import { type Crisis, type Plantings, plant } from './plantings.ts'
import { makeTopic, minuteMs, poisson, type Topic, yearMinutes, yearStart } from './topic.ts'

export interface Told {
  minute: number
  signal: Signal
}

export interface Found {
  crisis: Crisis
  hourly: number
  /** Minutes from its beginning to the alert; null: never told while it lasted. */
  lag: number | null
  /** Somebody listened in its first ten minutes. */
  heard: boolean
  /** The alert said that more of it is negative; null: it did not say. */
  negativeSeen: boolean | null
}

export interface TopicYear {
  topic: Topic
  plantings: Plantings
  found: Found[]
  stirsFound: number
  riseFound: boolean | null
  plannedAlerts: number
  falseAlerts: Told[]
  /** Of the false ones, within six hours after a source came back. */
  afterOutage: number
  falseInFirstMonth: number
  /** Everything that was told. */
  told: Told[]
}

/** Minutes after the last of a crisis in which an alert still belongs to it. */
const echo = 120

export function liveYear(seed: number, at: number, settings: SpikeSettings): TopicYear {
  const topic = makeTopic(seed, at)
  const plantings = plant(topic)
  const own = { ...settings, zone: topic.zone }
  return judge(topic, plantings, listen(topic, plantings, own))
}

interface Minute {
  count: number
  judged: number
  negative: number
}

function listen(topic: Topic, plantings: Plantings, settings: SpikeSettings): Told[] {
  const state = newState()
  const told: Told[] = []
  const { binMinutes } = settings
  const silent = outageMap(plantings)
  const late = new Map<number, Bin[]>()
  const soon = plantings.crises.concat(plantings.stirs, plantings.unrest)
  for (let minute = 0; minute < yearMinutes; minute += binMinutes) {
    const active = soon.filter(({ from, to }) => minute >= from - 60 && minute <= to + 1440)
    const bin = makeBin(topic, { plantings, active, minute, length: binMinutes })
    const at = yearStart + minute * minuteMs
    const outage = silent[minute]!
    const now = minute + binMinutes
    // Three mentions in a hundred come a quarter of an hour late; what an outage hid may come when it has ended.
    const missing = outage ? 0 : poisson(topic.random, bin.count * 0.03)
    const seen = outage ? { at, count: null } : { at, ...bin, count: Math.max(0, bin.count - missing) }
    if (missing > 0) put(late, now + 15 - (now % 5), { at, ...bin })
    if (outage === 2) put(late, endOfOutage(plantings, minute) + 5, { at, ...bin })
    const events = plantings.events.filter(({ from, to }) => at >= from - 3 * 3_600_000 && at <= to + 3 * 3_600_000)
    for (const signal of advance(state, seen, settings, events).signals) told.push({ minute: now, signal })
    const due = late.get(now)
    if (due) {
      for (const signal of putRightInPlace(state, due, settings, events).signals) told.push({ minute: now, signal })
      late.delete(now)
    }
  }
  return told
}

function makeBin(
  topic: Topic,
  { plantings, active, minute, length }: { plantings: Plantings; active: Crisis[]; minute: number; length: number },
): Minute {
  const { random } = topic
  const { rise } = plantings
  let [count, negative] = [0, 0]
  const share = topic.negative[Math.floor(minute / 1440)]!
  for (let at = minute; at < minute + length; at++) {
    const risen = rise && at >= rise.from && at < rise.to ? (1 + rise.daily) ** ((at - rise.from) / 1440) : 1
    const usual = poisson(random, topic.usual(at) * topic.mood[at]! * plantings.eventFactor(at) * risen)
    count += usual
    negative += binomial(topic, usual, share)
    for (const crisis of active) {
      const more = poisson(random, crisis.rate(at))
      count += more
      negative += binomial(topic, more, crisis.negative)
    }
  }
  return { count, judged: count, negative }
}

function binomial(topic: Topic, n: number, share: number): number {
  let hits = 0
  for (let at = 0; at < n; at++) if (topic.random.next() < share) hits += 1
  return hits
}

function put(late: Map<number, Bin[]>, minute: number, bin: Bin): void {
  const bins = late.get(minute)
  if (bins) bins.push(bin)
  else late.set(minute, [bin])
}

/** 0: somebody listens; 1: nobody does; 2: nobody does, and it is filled in afterwards. */
function outageMap({ outages }: Plantings): Uint8Array {
  const map = new Uint8Array(yearMinutes + 5)
  for (const { from, to, filledLater } of outages) map.fill(filledLater ? 2 : 1, from, to)
  return map
}

const endOfOutage = ({ outages }: Plantings, minute: number): number => {
  const end = outages.find(({ from, to }) => minute >= from && minute < to)!.to
  return end - (end % 5)
}

function judge(topic: Topic, plantings: Plantings, told: Told[]): TopicYear {
  const begun = told.filter(({ signal }) => signal.what !== 'ended')
  const within = (crisis: Crisis) =>
    begun.filter(({ minute }) => minute > crisis.from - 60 && minute <= crisis.to + echo)
  const found = plantings.crises.map((crisis) => findingOf(topic, plantings, crisis, within(crisis)))
  const { rise } = plantings
  const inRise = rise ? begun.filter(({ minute }) => minute >= rise.from && minute < rise.to + 7 * 1440) : []
  const right = new Set([...plantings.crises, ...plantings.stirs].flatMap(within).concat(inRise))
  const planned = begun.filter((each) => !right.has(each) && each.signal.planned !== null)
  const falseAlerts = begun.filter((each) => !right.has(each) && each.signal.planned === null)
  const returned = (minute: number) => plantings.outages.some(({ to }) => minute >= to && minute < to + 360)
  return {
    topic,
    plantings,
    found,
    stirsFound: plantings.stirs.filter((stir) => within(stir).length > 0).length,
    riseFound: rise ? inRise.length > 0 : null,
    plannedAlerts: planned.length,
    falseAlerts,
    afterOutage: falseAlerts.filter(({ minute }) => returned(minute)).length,
    falseInFirstMonth: falseAlerts.filter(({ minute }) => minute < 28 * 1440).length,
    told,
  }
}

function findingOf(topic: Topic, plantings: Plantings, crisis: Crisis, alerts: Told[]): Found {
  const first = alerts.find(({ signal }) => signal.trigger === 'volume' || signal.trigger === 'negative-share')
  const negative = alerts.some(({ signal }) => signal.trigger === 'negative-share' || signal.kind === 'potential-issue')
  return {
    crisis,
    hourly: topic.hourly,
    lag: first ? Math.max(0, first.minute - crisis.from) : null,
    heard: !plantings.outages.some(({ from, to }) => from < crisis.from + 10 && to > crisis.from - 30),
    negativeSeen: first && first.signal.kind !== 'unclear' ? negative : null,
  }
}
