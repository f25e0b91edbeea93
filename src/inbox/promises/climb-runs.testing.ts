// One life of the ladder on the real database: workers that die at any query, two of them at once, people who are away, clocks that jump.
//
// A worker is the product's own sweep on a connection that ends at a query chosen by chance: from there on the process asks nothing more, and
// what it had not committed is undone by the database, as after kill -9. Whatever it did after a commit nobody else ever learns.

import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import { asSystem, type Db, inOrg } from '../../db/tx.ts'
import { mulberry32 } from '../../lib/mulberry.ts'
import { owner, setNow, world } from '../ground.testing.ts'
import { climbPromises } from './climb.ts'
import { say } from './promises-world.testing.ts'

export const minuteMs = 60_000

class Died extends Error {}

/** Ends before the query with this number, counted from 1. */
function mortal(db: Db, dyingAt: number): { db: Db; isDead: () => boolean } {
  let asked = 0
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      asked += 1
      if (asked >= dyingAt) throw new Died('The worker was killed')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { db: db.withPlugin(plugin), isDead: () => asked >= dyingAt }
}

export interface RunPlan {
  seed: number
  /** Chance that a worker dies in a sweep. */
  deaths: number
  jumps: boolean
  /** Whose they are. */
  give: { ownerId: string; departmentId: string }
  /** Answers whether a worker died in it. Absent: a worker of this process that dies in thought. */
  sweep?: Sweep
}

export interface Fate {
  dies: boolean
  /** The query at which it does. */
  at: number
  both: boolean
}

export type Sweep = (fate: Fate) => Promise<boolean>

export interface Committed {
  level: number
  told: string[]
  /** True time of the sweep after which it was there, in ms from the message. */
  seenAtMs: number
}

export interface Lived {
  id: string
  answeredAtMs: number | null
  steps: Committed[]
  notified: { member_id: string; kind: string }[]
  events: number
}

export interface RunResult {
  sweepMs: number
  /** True times of sweeps in which a worker died. */
  died: number[]
  /** True time after which no clock jumps any more. */
  settledMs: number
  /** What the clock is off by from then on. */
  offsetMs: number
  conversations: Lived[]
}

const dueMs = 60 * minuteMs
export const endMs = 4 * 60 * minuteMs
const perRun = 3

/** `begin`: true time of the messages. Promised: 60 minutes in calendar hours, warned a quarter before. */
export async function liveThrough(
  { seed, deaths, jumps, give, sweep = sweepInThought }: RunPlan,
  begin: Date,
): Promise<RunResult> {
  const draw = drawing(seed)
  const sweepMs = [1, 2, 3][draw(3)]! * minuteMs
  const planned = jumps
    ? Array.from({ length: draw(4) }, () => ({ atMs: draw(150) * minuteMs, byMs: (draw(120) - 60) * minuteMs }))
    : []
  setNow(begin)
  const conversations: { id: string; name: string; answeredAtMs: number | null }[] = []
  for (let index = 0; index < perRun; index++) {
    const name = `run-${seed}-${index}`
    const answeredAtMs = index === 0 ? null : (40 + draw(200)) * minuteMs
    const id = await say(name, { intent: 'complaint' })
    await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, give)
    conversations.push({ id, name, answeredAtMs })
  }
  const seen = new Map<string, number>()
  const died: number[] = []
  for (let true_ = 0; true_ <= endMs; true_ += sweepMs) {
    const offset = planned.reduce((sum, jump) => (true_ >= jump.atMs ? sum + jump.byMs : sum), 0)
    setNow(new Date(begin.getTime() + true_ + offset))
    for (const each of conversations)
      if (each.answeredAtMs !== null && each.answeredAtMs > true_ - sweepMs && each.answeredAtMs <= true_)
        // Networks date what is said by their own clocks, which no jump of ours moves.
        await say(`${each.name}-ours`, {
          author: each.name,
          replyTo: each.name,
          isOurs: true,
          at: new Date(begin.getTime() + true_),
        })
    // A sweep that tells somebody asks about 30 queries: half of the deaths are near its commit.
    if (
      await sweep({
        dies: draw(1000) < deaths * 1000,
        at: draw(2) === 0 ? 1 + draw(40) : 24 + draw(12),
        both: draw(3) === 0,
      })
    )
      died.push(true_)
    // Before half of the time, as clocks show it, nothing can have been told.
    if (true_ + Math.max(0, offset) >= dueMs / 2) await note(conversations, seen, true_)
  }
  const result = await Promise.all(conversations.map((each) => livedOf(each, seen)))
  await asSystem(world.services.db, (tx) => sql`update conversations set climb_at = null`.execute(tx))
  const settledMs = Math.max(0, ...planned.map(({ atMs }) => atMs))
  const offsetMs = planned.reduce((sum, { byMs }) => sum + byMs, 0)
  return { sweepMs, died, settledMs, offsetMs, conversations: result }
}

const sweepInThought: Sweep = async ({ dies, at, both }) => {
  const worker = mortal(world.services.db, dies ? at : Number.POSITIVE_INFINITY)
  const work = (db: Db) => climbPromises({ ...world.services, db }, world.ours).catch(() => 0)
  // Where the first one dies nobody else is at work; else two that work at the same time must do what one does.
  await Promise.all([work(worker.db), ...(both && !dies ? [work(world.services.db)] : [])])
  return worker.isDead()
}

async function note(conversations: readonly { id: string }[], seen: Map<string, number>, true_: number): Promise<void> {
  const ids = conversations.map(({ id }) => id)
  const found = await inOrg(world.services.db, world.ours, (tx) =>
    sql<{
      key: string
    }>`select conversation_id || ' ' || level as key from promise_steps where conversation_id = any(${ids}::uuid[])`.execute(
      tx,
    ),
  )
  for (const { key } of found.rows) if (!seen.has(key)) seen.set(key, true_)
}

async function livedOf(
  { id, answeredAtMs }: { id: string; answeredAtMs: number | null },
  seen: ReadonlyMap<string, number>,
): Promise<Lived> {
  return inOrg(world.services.db, world.ours, async (tx) => {
    const steps = await sql<{ level: number; told: string[] }>`
      select level, told from promise_steps where conversation_id = ${id} order by level`.execute(tx)
    const notified = await sql<{ member_id: string; kind: string }>`
      select member_id, kind from notifications where subject_id = ${id} and kind like 'promise-%' order by id`.execute(
      tx,
    )
    const events = await sql<{ count: number }>`
      select count(*)::integer as count from events where subject_id = ${id}
        and verb in ('promise.due-soon', 'promise.broken', 'promise.climbed')`.execute(tx)
    return {
      ...{ id, answeredAtMs, notified: notified.rows, events: events.rows[0]!.count },
      steps: steps.rows.map(({ level, told }) => ({ level, told, seenAtMs: seen.get(`${id} ${level}`)! })),
    }
  })
}

function drawing(seed: number): (below: number) => number {
  const random = mulberry32(seed)
  return (below) => Math.floor((random() / 2 ** 32) * below)
}
