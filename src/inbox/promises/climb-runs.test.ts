// Seeded lives of the ladder on the real database. A part of them here; all 500, half of each kind, with `npm run chaos:promises`.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { endMs, liveThrough, minuteMs, type RunResult } from './climb-runs.testing.ts'
import { connectedLongAgo, goTo, makePromise, tuesday } from './promises-world.testing.ts'

const runs = Number(process.env.PROMISE_RUNS ?? 4)
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

test(`${runs} runs with workers that die: every broken promise climbs to the top, in order, once, late only by sweeps that died`, {
  timeout: 60_000 * Math.max(1, runs / 10),
}, async () => {
  let deaths = 0
  for (let seed = 1; seed <= runs; seed++) {
    const result = await liveThrough({ seed, deaths: 0.6, jumps: false, give }, beginOf(seed))
    const { sweepMs, died, conversations } = result
    deaths += died.length
    expectOnceInOrder(result)
    const open = conversations.find(({ answeredAtMs }) => answeredAtMs === null)!
    // Nobody is deputy.
    expect(open.steps.map(({ told }) => told)).toEqual([[agent.memberId], [], [boss.memberId], [desk.memberId]])
    const [first, passed, manager, last] = open.steps.map(({ seenAtMs }) => seenAtMs) as [
      number,
      number,
      number,
      number,
    ]
    const dues = [dueMs * 0.75, dueMs, Math.max(dueMs, passed), manager + managerMs]
    for (const [index, seenAt] of [first, passed, manager, last].entries()) {
      const due = Math.ceil(dues[index]! / sweepMs) * sweepMs
      expect(seenAt).toBeGreaterThanOrEqual(due)
      for (let sweep = due; sweep < seenAt; sweep += sweepMs) expect(died).toContain(sweep)
    }
  }
  // Else nothing was shown.
  expect(deaths).toBeGreaterThan(runs)
})

test(`${runs} runs with clocks that jump, too: in order and once, and nobody waits longer than a sweep after the last jump`, {
  timeout: 60_000 * Math.max(1, runs / 10),
}, async () => {
  for (let seed = 1; seed <= runs; seed++) {
    const result = await liveThrough({ seed: seed + 10_000, deaths: 0.3, jumps: true, give }, beginOf(runs + seed))
    expectOnceInOrder(result)
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
