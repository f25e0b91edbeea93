// Decides who goes next: every actor stops before each statement, call and request, and a seeded choice lets one of them go on.

import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { recognise } from '../chaos/boundaries.ts'
import type { Random } from '../chaos/random.ts'

interface Actor {
  name: string
  schedule: Schedule
  /** Where it stands; several when it does several things at once. */
  waiting: { place: string; go: () => void }[]
  done: boolean
  /** Larger goes first, while the schedule follows ranks. */
  rank: number
  /** Connections that have a statement of this actor in work. */
  busy: Set<number>
  /** When this actor was last permitted to write, on the schedule's own count. */
  permitted: number
}

const acting = new AsyncLocalStorage<Actor>()

/** So long one that was let go may take before it is asked whether it waits: for somebody's lock, or for company. */
const patientMs = 8

/** Whether all these connections of the database wait for locks that others hold. */
export type WaitsForLocks = (pids: number[]) => Promise<boolean>

export interface Schedule {
  /** Begins to act at once, and stands still at its first place. */
  act(name: string, work: () => Promise<void>): void
  /** Lets them go, one after the other, until all are done. */
  conduct(): Promise<void>
  /** The places in the order in which they were passed. */
  trace: string[]
  /** Counts what happens: whatever has a smaller number came before. */
  tick(): number
}

export function createSchedule(random: Random, waitsForLocks: WaitsForLocks): Schedule {
  const actors: Actor[] = []
  const trace: string[] = []
  const failures: unknown[] = []
  let ticks = 0
  /** Half of the schedules follow ranks that change now and then: long runs of one actor, cut at few places. */
  const byRank = random.chance(0.5)
  const schedule: Schedule = {
    trace,
    tick: () => ++ticks,
    act(name, work) {
      const actor: Actor = {
        name,
        schedule,
        waiting: [],
        done: false,
        rank: random.next(),
        busy: new Set(),
        permitted: 0,
      }
      actors.push(actor)
      void acting
        .run(actor, async () => {
          await pass('begins')
          await work()
        })
        .catch((error) => failures.push(error))
        .finally(() => {
          actor.done = true
        })
    },
    async conduct() {
      while (actors.some(({ done }) => !done)) {
        const ready = actors.filter(({ waiting }) => waiting.length > 0)
        if (ready.length === 0) {
          await sleep(1)
          continue
        }
        const next = byRank ? ready.reduce((best, each) => (each.rank > best.rank ? each : best)) : random.pick(ready)
        if (byRank && random.chance(0.07)) next.rank = random.next() * 0.5
        const { place, go } = next.waiting.splice(random.whole(0, next.waiting.length - 1), 1)[0]!
        trace.push(`${next.name} ${place}`)
        go()
        await untilStill(next, waitsForLocks)
      }
      if (failures.length > 0) throw failures[0]
    },
  }
  return schedule
}

/** A slow machine is no reason to let another one go on: while its statement is being worked on, it is waited for. */
async function untilStill(actor: Actor, waitsForLocks: WaitsForLocks): Promise<void> {
  const began = performance.now()
  while (actor.waiting.length === 0 && !actor.done) {
    await new Promise((resolve) => setImmediate(resolve))
    if (performance.now() - began < patientMs) continue
    const pids = [...actor.busy]
    if (pids.length === 0 || (await waitsForLocks(pids))) return
  }
}

/** Stands still until it is this actor's turn. Nobody's work is not held up. */
export async function pass(place: string): Promise<void> {
  const actor = acting.getStore()
  if (!actor || actor.done) return
  await new Promise<void>((go) => actor.waiting.push({ place, go }))
}

/** Who acts here, and when it was last permitted to write. */
export const actorNow = (): { name: string; permitted: number } | null => acting.getStore() ?? null

/** These are sent without waiting for an answer, so they keep their place before what follows them. */
const unawaited = /^\s*(begin|select set_config)/

/** Lets every statement of this process wait for its turn. `change` may take words out of it. */
export function watchStatements(change: (sql: string) => string = (sql) => sql): () => void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  function watched(this: object, ...given: unknown[]): unknown {
    const sql = given[0]
    const actor = acting.getStore()
    if (typeof sql !== 'string') return query.apply(this, given)
    const changed = [change(sql), ...given.slice(1)]
    if (!actor || unawaited.test(sql)) return query.apply(this, changed)
    const name = recognise(sql)?.name ?? sql.trim().slice(0, 40).replaceAll(/\s+/g, ' ')
    return pass(name).then(async () => {
      const pid = (this as { processID?: number }).processID
      if (pid) actor.busy.add(pid)
      const answer = await Promise.resolve(query.apply(this, changed)).finally(() => pid && actor.busy.delete(pid))
      // Only now has it been given: whoever stops permissions waited until here, or will be waited for.
      if (name === 'permit the write') actor.permitted = actor.schedule.tick()
      return answer
    })
  }
  pg.Client.prototype.query = watched as typeof pg.Client.prototype.query
  return () => {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  }
}
