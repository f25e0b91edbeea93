// Seeded lives of the ladder on the real database. A part of them here; with `npm run chaos:promises` 500, half of each kind, and more that are killed
// in truth.

import { afterAll, expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { currentTime, owner, useInbox, world } from '../ground.testing.ts'
import { climbPromises } from './climb.ts'
import { endMs, liveThrough, minuteMs, type RunResult, type Sweep } from './climb-runs.testing.ts'
import { startClimbers } from './climbers.testing.ts'
import { connectedLongAgo, goTo, makePromise, tuesday } from './promises-world.testing.ts'

const runs = Number(process.env.PROMISE_RUNS ?? 4)
const killedRuns = Number(process.env.PROMISE_KILLED_RUNS ?? 2)
const dueMs = 60 * minuteMs

let agent: TestSession
let boss: TestSession
let desk: TestSession

useInbox(async () => {
  await connectedLongAgo()
  goTo(-60)
  await makePromise({ name: 'Promise', targets: [{ metric: 'first-reply', minutes: 60, hours: 'calendar' }] })
  agent = await world.as('contributor')
  boss = await world.as('manager')
  desk = await world.as('approver')
  const department = await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })
  for (const { memberId } of [agent, boss])
    await owner.call('PATCH', `/orgs/{org}/members/${memberId}`, { departmentId: department.body.id })
  give = { ownerId: agent.memberId, departmentId: department.body.id }
  await owner.call('PUT', '/orgs/{org}/promise-ladder', { minutes: [10, 15, 20], always: [desk.memberId] })
})

let give = { ownerId: '', departmentId: '' }
const managerMs = 20 * minuteMs

/** A day apart, so that nothing of one run is due in another. */
const beginOf = (run: number): Date => new Date(tuesday.getTime() + run * 24 * 60 * minuteMs)

/** In order, each level once; everybody of a level told exactly once, with one event. */
function expectOnceInOrder({ conversations }: RunResult): void {
  for (const { steps, notified, events, answeredAtMs } of conversations) {
    expect(steps.map(({ level }) => level)).toEqual(steps.map((_, index) => index))
    expect(notified.map(({ member_id }) => member_id).sort()).toEqual(steps.flatMap(({ told }) => told).sort())
    expect(events).toBe(steps.filter(({ told }) => told.length > 0).length)
    const times = steps.map(({ seenAtMs }) => seenAtMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    if (answeredAtMs !== null) for (const time of times) expect(time).toBeLessThanOrEqual(answeredAtMs)
  }
}

/** What all of it came to. */
const tally = { lives: 0, steps: 0, deaths: 0, kills: 0, lateMs: 0 }

afterAll(() => {
  if (process.env.PROMISE_RUNS === undefined) return
  const { lives, steps, deaths, kills, lateMs } = tally
  process.stdout.write(
    `chaos:promises: ${lives} seeds, ${steps} steps, ${deaths} deaths in thought, ${kills} by kill -9, late max ${lateMs / minuteMs} min\n`,
  )
})

function count({ conversations }: RunResult): void {
  tally.lives += 1
  for (const { steps } of conversations) tally.steps += steps.length
}

/** To the top, once and in order; late only by sweeps in which somebody died. */
function expectOnTime(result: RunResult): void {
  expectOnceInOrder(result)
  const { sweepMs, died, conversations } = result
  const open = conversations.find(({ answeredAtMs }) => answeredAtMs === null)!
  // Nobody is deputy.
  expect(open.steps.map(({ told }) => told)).toEqual([[agent.memberId], [], [boss.memberId], [desk.memberId]])
  const seen = open.steps.map(({ seenAtMs }) => seenAtMs) as [number, number, number, number]
  const dues = [dueMs * 0.75, dueMs, Math.max(dueMs, seen[1]), seen[2] + managerMs]
  for (const [index, seenAt] of seen.entries()) {
    const due = Math.ceil(dues[index]! / sweepMs) * sweepMs
    expect(seenAt).toBeGreaterThanOrEqual(due)
    for (let sweep = due; sweep < seenAt; sweep += sweepMs) expect(died).toContain(sweep)
    tally.lateMs = Math.max(tally.lateMs, seenAt - dues[index]!)
  }
  count(result)
}

test(`${runs} runs with workers that die: every broken promise climbs to the top, in order, once, late only by sweeps that died`, {
  timeout: 60_000 * Math.max(1, runs / 10),
}, async () => {
  let deaths = 0
  for (let seed = 1; seed <= runs; seed++) {
    const result = await liveThrough({ seed, deaths: 0.6, jumps: false, give }, beginOf(seed))
    deaths += result.died.length
    expectOnTime(result)
  }
  tally.deaths += deaths
  // Else nothing was shown.
  expect(deaths).toBeGreaterThan(runs)
})

test(`${killedRuns} runs with processes that are killed at any statement and others that go on: the same`, {
  timeout: 120_000 * Math.max(1, killedRuns),
}, async () => {
  const climbers = startClimbers()
  try {
    let kills = 0
    for (let run = 1; run <= killedRuns; run++) {
      const seed = 20_000 + run
      let sweeps = 0
      const sweep: Sweep = async ({ dies, at, both }) => {
        const moment = (['before', 'during', 'after'] as const)[++sweeps % 3]!
        const order = { orgId: world.ours, at: currentTime().toISOString(), diesAt: dies ? at : null, moment }
        const work = [climbers.sweep(order), both && !dies ? climbPromises(world.services, world.ours) : null]
        return (await Promise.all(work))[0] === true
      }
      const result = await liveThrough({ seed, deaths: 0.5, jumps: false, give, sweep }, beginOf(2 * runs + run))
      kills += result.died.length
      expectOnTime(result)
    }
    tally.kills += kills
    expect(kills).toBeGreaterThan(killedRuns)
  } finally {
    climbers.stop()
  }
})

test(`${runs} runs with clocks that jump, too: in order and once, and nobody waits longer than a sweep after the last jump`, {
  timeout: 60_000 * Math.max(1, runs / 10),
}, async () => {
  for (let seed = 1; seed <= runs; seed++) {
    const result = await liveThrough({ seed: seed + 10_000, deaths: 0.3, jumps: true, give }, beginOf(runs + seed))
    expectOnceInOrder(result)
    count(result)
    tally.deaths += result.died.length
    const { sweepMs, died, settledMs, offsetMs, conversations } = result
    const { steps } = conversations.find(({ answeredAtMs }) => answeredAtMs === null)!
    // As its clock shows it, it is broken at the latest now; then each level waits for no more than the one before it had time.
    let latest = Math.max(settledMs, dueMs - offsetMs)
    for (const [level, waitMs] of [0, 0, 0, managerMs].entries()) {
      latest += waitMs
      if (latest > endMs - 10 * sweepMs) break
      const seenAt = steps[level]?.seenAtMs ?? Number.POSITIVE_INFINITY
      const lost = died.filter((sweep) => sweep >= latest - sweepMs && sweep <= seenAt).length
      expect(seenAt).toBeLessThanOrEqual(latest + (2 + lost) * sweepMs + minuteMs)
      latest = Math.max(latest, seenAt)
    }
  }
})
