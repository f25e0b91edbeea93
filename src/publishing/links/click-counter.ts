// Counts clicks: those that arrive together are committed together. Each is counted exactly once.
//
// A click is answered when it is committed, so that not even a killed process loses one. While the database is away, or slower
// than people wait, they are sent on at once: their clicks stay in memory, summed up, and are committed when it is back. A batch
// whose commit was left without an answer is sent again under the same number, and the database knows whether it has it.
//
// Several batches are on their way at a time, each in a lane of its own, so that neither the database nor this process waits for
// the other. A lane counts its batches; the database knows the number of the last one.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/tx.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import { addUp, type ClickSums, keepBatch, livingOf, registerCounter } from './store-clicks.ts'

export type Outcome =
  | 'counted'
  /** It will be committed when the database is back. */
  | 'later'
  /** The link was removed. */
  | 'gone'

export interface ClickCounter {
  /** Tells the outcome when it is known; a promise for each of thousands of clicks a second would be felt. What is told must not throw. */
  click(link: { orgId: string; id: string }, bot: boolean, told: (outcome: Outcome) => void): void
  /** Commits what waits, as far as that is possible within a few seconds. */
  stop(): Promise<void>
}

export interface CounterOptions {
  /** How long somebody who clicks waits for the database. */
  patienceMs?: number
  againMs?: number
  stopWithinMs?: number
  addUpEveryMs?: number
  /** How many batches may be on their way at a time. */
  lanes?: number
  /** How long the first click of a batch may wait for company. */
  lingerMs?: number
  /** Company enough: this part of all who wait, those included whose batch is on its way. Somebody alone waits for nobody. */
  company?: number
  /** Told when links were removed: whatever is known of links may be wrong. */
  removed?: () => void
}

interface Batch {
  /** As it was known when its first click came. */
  removals: Desk['removals']
  sums: Map<string, ClickSums>
  /** Those of the latest click: the next is most often of the same organisation, hour and kind. */
  latest: ClickSums | null
  waiting: { linkId: string; told: (outcome: Outcome) => void }[]
}

const emptyBatch = (removals: Batch['removals']): Batch => ({ removals, sums: new Map(), latest: null, waiting: [] })
const hourMs = 3_600_000

/** As the database knows it. `null` in its place: not known there yet. */
interface Lane {
  id: string
  /** The number of its last batch there. */
  batch: number
}

interface Desk {
  db: Db
  clock: Clock
  log: Log
  options: Required<CounterOptions>
  /** What the next batch will be. */
  open: Batch
  free: (Lane | null)[]
  working: Set<Promise<void>>
  /** How many people wait for batches on their way. */
  underWay: number
  /** How many links were ever removed, as the latest batch was told. null: none was told yet. */
  removals: number | null
  looking: NodeJS.Immediate | null
  lingering: NodeJS.Timeout | null
  /** The database did not answer in time: nobody waits for it until it does. */
  away: boolean
  stopping: AbortController
  lost: number
  addingUp: NodeJS.Timeout | null
}

const usual: Required<CounterOptions> = {
  lanes: 2,
  lingerMs: 3,
  company: 0.5,
  patienceMs: 2000,
  againMs: 250,
  stopWithinMs: 5000,
  addUpEveryMs: 1000,
  removed: () => {},
}

export function startCounter(
  { db, clock, log }: { db: Db; clock: Clock; log: Log },
  given: CounterOptions = {},
): ClickCounter {
  const options = { ...usual, ...given }
  const desk: Desk = {
    ...{ db, clock, log, options, open: emptyBatch(null), free: Array.from({ length: options.lanes }, () => null) },
    ...{ working: new Set(), underWay: 0, removals: null, looking: null, lingering: null },
    ...{ away: false, stopping: new AbortController(), lost: 0, addingUp: null },
  }
  return {
    click(link, bot, told) {
      add(desk, link, bot)
      if (desk.away) told('later')
      else desk.open.waiting.push({ linkId: link.id, told })
      // Everything that is read from the network in this turn of the loop is in before anybody looks.
      desk.looking ??= setImmediate(() => {
        desk.looking = null
        sendOpen(desk)
      })
    },
    stop: () => stop(desk),
  }
}

function add({ open, clock }: Desk, { orgId, id }: { orgId: string; id: string }, bot: boolean): void {
  const at = clock().getTime()
  const sums = sumsOf(open, { orgId, hour: at - (at % hourMs), bot })
  sums.at = at
  sums.clicks.set(id, (sums.clicks.get(id) ?? 0) + 1)
}

function sumsOf(open: Batch, { orgId, hour, bot }: Pick<ClickSums, 'orgId' | 'hour' | 'bot'>): ClickSums {
  const { latest } = open
  if (latest && latest.orgId === orgId && latest.hour === hour && latest.bot === bot) return latest
  const key = `${orgId}${hour}${bot}`
  const sums = open.sums.get(key) ?? { orgId, hour, bot, at: hour, clicks: new Map<string, number>() }
  open.sums.set(key, sums)
  open.latest = sums
  return sums
}

const clicksIn = ({ sums }: Batch): number =>
  [...sums.values()].reduce((all, { clicks }) => [...clicks.values()].reduce((sum, count) => sum + count, all), 0)

async function stop(desk: Desk): Promise<void> {
  const { stopping, working, options } = desk
  const cutting = setTimeout(() => stopping.abort(), options.stopWithinMs)
  sendOpen(desk, { alone: true })
  while (working.size > 0) {
    await Promise.race(working)
    sendOpen(desk, { alone: true })
  }
  clearTimeout(cutting)
  if (desk.addingUp) clearTimeout(desk.addingUp)
  desk.addingUp = null
  const lost = desk.lost + clicksIn(desk.open)
  if (lost > 0) desk.log.error('Clicks could not be counted before Longrun stopped', { clicks: lost })
}

/** Sends the open batch on its way where a lane is free. `alone`: it has waited long enough for company. */
function sendOpen(desk: Desk, { alone = false } = {}): void {
  const { open, free, working, options } = desk
  // While the database is away one lane asks for it, and what comes meanwhile waits for the answer.
  if (open.sums.size === 0 || free.length === 0 || (desk.away && working.size > 0) || desk.stopping.signal.aborted)
    return
  const { length } = open.waiting
  if (!alone && !desk.away && length < (length + desk.underWay) * options.company) {
    desk.lingering ??= setTimeout(() => sendOpen(desk, { alone: true }), options.lingerMs)
    return
  }
  if (desk.lingering) clearTimeout(desk.lingering)
  desk.lingering = null
  desk.open = emptyBatch(desk.removals)
  const work = send(desk, free.pop() ?? null, open).finally(() => {
    working.delete(work)
    sendOpen(desk)
  })
  working.add(work)
}

async function send(desk: Desk, known: Lane | null, batch: Batch): Promise<void> {
  const { length } = batch.waiting
  desk.underWay += length
  const { lane, living } = await keepForSure(desk, known, batch)
  for (const { linkId, told } of batch.waiting) told(living === 'all' || living.has(linkId) ? 'counted' : 'gone')
  desk.underWay -= length
  desk.free.push(lane)
  addUpSoon(desk)
}

interface Kept {
  lane: Lane | null
  /** Which links are there still. */
  living: Set<string> | 'all'
}

/** Tries until the batch is committed. */
async function keepForSure(desk: Desk, known: Lane | null, batch: Batch): Promise<Kept> {
  const letGo = (error: unknown) => {
    if (!desk.away) desk.log.warn('Clicks are counted later: the database does not answer', { error })
    desk.away = true
    for (const { waiting } of [batch, desk.open]) for (const { told } of waiting.splice(0)) told('later')
  }
  const impatience = setTimeout(() => letGo('It is too slow'), desk.options.patienceMs)
  let lane = known
  try {
    while (!desk.stopping.signal.aborted) {
      try {
        lane ??= await register(desk)
        const living = await keepOnce(desk, lane, batch)
        desk.away = false
        if (living) return { lane, living }
        lane = null
      } catch (error) {
        letGo(error)
        await sleep(desk.options.againMs, null, { signal: desk.stopping.signal }).catch(() => {})
      }
    }
    letGo('Longrun stops')
    desk.lost += clicksIn(batch)
    return { lane, living: 'all' }
  } finally {
    clearTimeout(impatience)
  }
}

async function register({ db, clock }: Desk): Promise<Lane> {
  const id = newId()
  await registerCounter(db, id, clock())
  return { id, batch: 0 }
}

/** null: this lane is not known to the database (any more), and nothing was kept. */
async function keepOnce(desk: Desk, lane: Lane, batch: Batch): Promise<Set<string> | 'all' | null> {
  const { db, clock } = desk
  const [number, sums] = [lane.batch + 1, [...batch.sums.values()]]
  const { last, removals } = await keepBatch(db, { counter: lane.id, number, sums, at: clock() })
  if (last !== number) return null
  // Its clicks came by what was known then; meanwhile another batch may have been told of a removal.
  const living = removals === batch.removals ? 'all' : await livingOf(db, linksIn(sums))
  lane.batch = number
  if (removals !== desk.removals) {
    desk.removals = removals
    desk.options.removed()
  }
  return living
}

const linksIn = (sums: ClickSums[]): string[] => sums.flatMap(({ clicks }) => [...clicks.keys()])

/** Whoever looks at the numbers sees them a second later. What a process leaves behind is added up by a job (`jobs.ts`). */
function addUpSoon(desk: Desk): void {
  if (desk.addingUp || desk.stopping.signal.aborted) return
  desk.addingUp = setTimeout(async () => {
    const added = await addUp(desk.db).catch((error: unknown) => {
      desk.log.warn('Clicks are added up later', { error })
      return null
    })
    desk.addingUp = null
    if (added !== 0) addUpSoon(desk)
  }, desk.options.addUpEveryMs).unref()
}
