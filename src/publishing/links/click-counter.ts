// Counts clicks: all that arrive while one batch is committed travel in the next one. Each is counted exactly once.
//
// A click is answered when it is committed, so that not even a killed process loses one. While the database is away, or slower
// than people wait, they are sent on at once: their clicks stay in memory, summed up, and are committed when it is back. A batch
// whose commit was left without an answer is sent again under the same number, and the database knows whether it has it.

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
  click(link: { orgId: string; id: string }, bot: boolean): Promise<Outcome> | Outcome
  /** Commits what waits, as far as that is possible within a few seconds. */
  stop(): Promise<void>
}

export interface CounterOptions {
  /** How long somebody who clicks waits for the database. */
  patienceMs?: number
  againMs?: number
  stopWithinMs?: number
  addUpEveryMs?: number
  /** How long the first click of a batch may wait for as many others as the batch before had. */
  lingerMs?: number
  /** Told when links were removed: whatever is known of links may be wrong. */
  removed?: () => void
}

interface Batch {
  sums: Map<string, ClickSums>
  waiting: { linkId: string; resolve: (outcome: Outcome) => void }[]
}

const emptyBatch = (): Batch => ({ sums: new Map(), waiting: [] })
const hourMs = 3_600_000

interface Desk {
  db: Db
  clock: Clock
  log: Log
  options: Required<CounterOptions>
  open: Batch
  working: Promise<void> | null
  /** The database did not answer in time: nobody waits for it until it does. */
  away: boolean
  stopping: AbortController
  /** This process in the database, and the number of its last batch there. null: not known there yet. */
  own: { id: string; batch: number } | null
  /** As the last batch was told. null: nothing was told yet. */
  removals: number | null
  addingUp: NodeJS.Timeout | null
  /** So many clicks are company enough; `hurry` ends the wait for them. */
  enough: number
  hurry: () => void
}

export function startCounter(
  { db, clock, log }: { db: Db; clock: Clock; log: Log },
  options: CounterOptions = {},
): ClickCounter {
  const usual = {
    lingerMs: 3,
    patienceMs: 2000,
    againMs: 250,
    stopWithinMs: 5000,
    addUpEveryMs: 1000,
    removed: () => {},
  }
  const desk: Desk = {
    ...{ db, clock, log, options: { ...usual, ...options }, stopping: new AbortController(), open: emptyBatch() },
    ...{ working: null, away: false, own: null, removals: null, addingUp: null, enough: 1, hurry: () => {} },
  }
  return {
    click(link, bot) {
      add(desk, link, bot)
      const outcome: Promise<Outcome> | Outcome = desk.away
        ? 'later'
        : new Promise((resolve) => desk.open.waiting.push({ linkId: link.id, resolve }))
      if (desk.open.waiting.length >= desk.enough) desk.hurry()
      desk.working ??= work(desk)
      return outcome
    },
    async stop() {
      const cutting = setTimeout(() => desk.stopping.abort(), desk.options.stopWithinMs)
      await desk.working
      clearTimeout(cutting)
      if (desk.addingUp) clearTimeout(desk.addingUp)
      desk.addingUp = null
    },
  }
}

function add({ open, clock }: Desk, { orgId, id }: { orgId: string; id: string }, bot: boolean): void {
  const at = clock().getTime()
  const hour = at - (at % hourMs)
  const key = `${orgId}${hour}${bot}`
  const sums = open.sums.get(key) ?? { orgId, hour, bot, at, clicks: new Map<string, number>() }
  open.sums.set(key, sums)
  sums.at = at
  sums.clicks.set(id, (sums.clicks.get(id) ?? 0) + 1)
}

const clicksIn = ({ sums }: Batch): number =>
  [...sums.values()].reduce((all, { clicks }) => [...clicks.values()].reduce((sum, count) => sum + count, all), 0)

async function work(desk: Desk): Promise<void> {
  // Everything that is called in this turn of the loop joins the first batch.
  await null
  while (desk.open.sums.size > 0 && !desk.stopping.signal.aborted) {
    if (desk.open.waiting.length < desk.enough) await company(desk)
    const batch = desk.open
    desk.enough = Math.max(1, Math.floor(batch.waiting.length * 0.9))
    desk.open = emptyBatch()
    const living = await keepForSure(desk, batch)
    for (const { linkId, resolve } of batch.waiting)
      resolve(living === 'all' || living.has(linkId) ? 'counted' : 'gone')
    addUpSoon(desk)
  }
  desk.working = null
  const lost = clicksIn(desk.open)
  if (lost > 0) desk.log.error('Clicks could not be counted before Longrun stopped', { clicks: lost })
}

/** Visitors who were answered together come back together: without waiting for them, each commit would be made for the first alone. */
const company = (desk: Desk): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, desk.options.lingerMs)
    desk.hurry = () => {
      clearTimeout(timer)
      resolve()
    }
  })

/** Tries until the batch is committed. Answers which links are there still. */
async function keepForSure(desk: Desk, batch: Batch): Promise<Set<string> | 'all'> {
  const letGo = (error: unknown) => {
    if (!desk.away) desk.log.warn('Clicks are counted later: the database does not answer', { error })
    desk.away = true
    for (const { waiting } of [batch, desk.open]) for (const { resolve } of waiting.splice(0)) resolve('later')
  }
  const impatience = setTimeout(() => letGo('It is too slow'), desk.options.patienceMs)
  try {
    while (!desk.stopping.signal.aborted) {
      try {
        const living = await keepOnce(desk, batch)
        desk.away = false
        if (living) return living
      } catch (error) {
        letGo(error)
        await sleep(desk.options.againMs, null, { signal: desk.stopping.signal }).catch(() => {})
      }
    }
    letGo('Longrun stops')
    desk.log.error('Clicks could not be counted before Longrun stopped', { clicks: clicksIn(batch) })
    return 'all'
  } finally {
    clearTimeout(impatience)
  }
}

/** null: this process is not known to the database (any more), and nothing was kept. */
async function keepOnce(desk: Desk, { sums }: Batch): Promise<Set<string> | 'all' | null> {
  const { db, clock } = desk
  desk.own ??= await register(desk)
  const number = desk.own.batch + 1
  const { last, removals } = await keepBatch(db, {
    counter: desk.own.id,
    number,
    sums: [...sums.values()],
    at: clock(),
  })
  if (last !== number) {
    desk.own = null
    return null
  }
  const before = desk.removals
  const living =
    before === removals
      ? 'all'
      : await livingOf(
          db,
          [...sums.values()].flatMap(({ clicks }) => [...clicks.keys()]),
        )
  desk.own.batch = number
  desk.removals = removals
  if (before !== null && before !== removals) desk.options.removed()
  return living
}

async function register({ db, clock }: Desk): Promise<{ id: string; batch: number }> {
  const id = newId()
  await registerCounter(db, id, clock())
  return { id, batch: 0 }
}

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
