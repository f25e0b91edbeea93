// A year of one organisation through the real verbs and jobs, at a clock that jumps: people do what their sessions say, what they do goes out
// and brings what the truth gives, the planner is asked each month, and a person follows it.

import { inOrg } from '../../src/db/tx.ts'
import { addDays } from '../../src/lib/days.ts'
import { newId } from '../../src/lib/ids.ts'
import { freshenSessions } from '../../src/programme/sessions/upkeep.ts'
import { insertPublished, type PublishedRow } from '../../src/programme/worth/published.testing.ts'
import { snapshotAges } from '../../src/publishing/numbers-rules.ts'
import type { TestApp } from '../../test/world/app.ts'
import { brokenIn } from './check.ts'
import { type Ladder, lookAtLadder } from './ladder.ts'
import { beginListening, listenFor } from './listening.ts'
import {
  activities,
  begin,
  type JumpingClock,
  type Live,
  lineOf,
  month,
  must,
  path,
  type Row,
  sessionRows,
} from './live-world.ts'
import { answerRealignments, choose, review, type Stop } from './monthly.ts'
import { settle } from './settle.ts'
import { type DrawnYear, drawYear, isCrisis, weeks, worthOf } from './truth.ts'
import type { World } from './worlds.ts'

export interface Lived {
  world: World
  year: DrawnYear
  /** By week: minutes that were worked, and the value that the truth expects of what went out. */
  minutes: number[]
  value: number[]
  /** By week and line: items that the plan in force asks for, that have a place when the week begins, and that went out. */
  asked: number[][]
  placed: number[][]
  done: number[][]
  /** Rules that a plan or its sessions broke, in words. */
  broken: string[]
  choices: { week: number; state: string; isAdopted: boolean | null }[]
  realigned: number
  /** Lines that were reviewed, all reviews together, and those that were stopped. */
  reviewed: number
  stops: Stop[]
  ladder: Ladder
  /** Of the guards, after the second week and every fourth one. */
  levels: { week: number; level: 'steady' | 'watch' | 'intervene'; reasons: string[] }[]
  /** Of the clock on the wall: no part of what was lived. */
  plannerSeconds: number
}

export async function liveYear(app: TestApp, clock: JumpingClock, world: World, seed: number): Promise<Lived> {
  const year = drawYear(world, seed)
  clock.setNow(new Date(`${begin}T05:00:00Z`))
  const live: Live = {
    app,
    ...clock,
    world,
    year,
    spent: new Map(),
    planner: { seconds: 0 },
    ...(await settle(app, world, year)),
  }
  const lived: Lived = {
    ...{
      world,
      year: { seed, first: year.first },
      minutes: [],
      value: [],
      broken: [],
      choices: [],
      realigned: 0,
      levels: [],
    },
    ...{ asked: [], placed: [], done: [] },
    ...{ reviewed: 0, stops: [], ladder: { passed: [], learning: null }, plannerSeconds: 0 },
  }
  const listening = await beginListening(live, seed)
  for (let week = 0; week < weeks; week++) {
    clock.setNow(new Date(`${addDays(begin, 7 * week)}T05:00:00Z`))
    if (week > 0 && week % month === 0) {
      const { reviewed, stops } = await review(live, week)
      lived.reviewed += reviewed
      lived.stops.push(...stops)
      lived.choices.push(await choose(live, week, seed))
      lived.ladder = await lookAtLadder(live, lived.ladder, week)
    }
    lived.realigned += await answerRealignments(live)
    const { minutes, value, placed, done } = await liveWeek(live, week)
    // What comes after the first rung is no matter of listening.
    if (lived.ladder.passed.length === 0)
      await listenFor(live, listening, { week, diligence: diligenceIn(world, week) })
    lived.minutes.push(minutes)
    lived.value.push(value)
    lived.asked.push(await askedBy(live))
    lived.placed.push(placed)
    lived.done.push(done)
    lived.broken.push(...(await brokenIn(live, week)))
    if (week === 1 || week % month === 0) lived.levels.push({ week, ...(await levelOf(live)) })
  }
  return { ...lived, plannerSeconds: live.planner.seconds }
}

/** What the guards say at the end of a week. */
async function levelOf({ people }: Live): Promise<Pick<Lived['levels'][number], 'level' | 'reasons'>> {
  const { level, reasons } = (await must(people[0]!.call('GET', `${path}/guards`))).sprint
  return { level, reasons: reasons.map(({ reason }: { reason: string }) => reason) }
}

/** Beside the plan, every day, everywhere. */
async function sprintOn({ world, people }: Live, { week, today }: { week: number; today: string }): Promise<void> {
  const minutes = world.sprint?.[week] ?? 0
  if (minutes === 0) return
  for (const [index, { channel, kind }] of world.lines.entries()) {
    const own = Math.max(1, Math.round((minutes / world.lines.length) * (1 + 0.1 * index)))
    const facts = { activity: activities[kind], channel, day: today, minutes: own, items: 0 }
    await must(people[0]!.call('POST', `${path}/time`, facts))
  }
}

/** Whoever sprinted does hardly anything for five weeks. */
const tired = 5
const isTired = ({ sprint }: World, week: number): boolean =>
  sprint !== undefined && week >= sprint.length && week < sprint.length + tired

const diligenceIn = (world: World, week: number): number =>
  world.diligence * (isCrisis(world, week) ? 0.67 : 1) * (isTired(world, week) ? 0.2 : 1)

/** What will be read of an item, at every age: what lies ahead of the clock counts for nobody yet. */
const readLater = { halfLifeMinutes: 240, ages: snapshotAges }

/** Day by day: sessions are kept, people do most of what stands on the day, and what is whole goes out. */
async function liveWeek(
  live: Live,
  week: number,
): Promise<{ minutes: number; value: number; placed: number[]; done: number[] }> {
  const { app, setNow, world, year, people, accounts } = live
  const diligence = diligenceIn(world, week)
  const counts = world.lines.map(() => 0)
  let minutes = 0
  let placed: number[] = []
  for (let day = 0; day < 7; day++) {
    const today = addDays(begin, 7 * week + day)
    setNow(new Date(`${today}T06:00:00Z`))
    await freshenSessions(app.services, people[0]!.orgId)
    if (day === 0) placed = await placedIn(live, week)
    const rows = (await sessionRows(live, today, today)).filter(({ state }) => state === 'planned')
    setNow(new Date(`${today}T15:00:00Z`))
    const out: PublishedRow[] = []
    const kept = rows.filter(() => year.even() <= diligence)
    await doAll(live, kept, today)
    const whole = new Set<string>()
    for (const row of kept) {
      const line = lineOf(world, row)
      const truth = world.lines[line]
      minutes += minutesOf(world, row)
      // What is gathered ahead of a heavy week takes its time and goes out with nothing of its own.
      if (!truth) continue
      if (whole.has(row.item) || !(await isWhole(live, row))) continue
      whole.add(row.item)
      const expected = year.first[line]![week]! * truth.decay ** counts[line]!
      counts[line]! += 1
      const likes = year.draw(expected)
      const item = { variantId: newId(), accountId: accounts.get(truth.channel)!, kind: truth.kind, likes }
      out.push({ ...item, ...readLater, at: new Date(`${today}T15:00:00Z`) })
    }
    await sprintOn(live, { week, today })
    if (out.length > 0) await inOrg(app.services.db, people[0]!.orgId, (tx) => insertPublished(tx, people[0]!, out))
  }
  const value = counts.reduce(
    (sum, items, line) => sum + worthOf(year.first[line]![week]!, world.lines[line]!.decay, items),
    0,
  )
  return { minutes, value, placed, done: counts }
}

/** A part counts as its part of one. */
async function placedIn(live: Live, week: number): Promise<number[]> {
  const rows = await sessionRows(live, addDays(begin, 7 * week), addDays(begin, 7 * week + 6))
  const counts = live.world.lines.map(() => 0)
  for (const row of rows) {
    const line = lineOf(live.world, row)
    if (line >= 0 && ['planned', 'done'].includes(row.state)) counts[line]! += 1 / row.parts
  }
  return counts
}

/** As the truth has them; of what is gathered ahead, as they are planned. */
const minutesOf = (world: World, row: Row): number => {
  const truth = world.lines[lineOf(world, row)]
  return truth ? truth.minutes / row.parts : row.minutes
}

/** Items a week of each line, in the long run. */
async function askedBy({ world, people }: Live): Promise<number[]> {
  const { plan } = await must(people[0]!.call('GET', `${path}/plan`))
  const counts = world.lines.map(() => 0)
  for (const { channel, every, slots } of plan.lines)
    for (const { anyOf } of slots) {
      const line = lineOf(world, { channel, activity: anyOf[0].activity })
      if (line >= 0) counts[line]! += 1 / every
    }
  return counts
}

/** So many at the same moment: those who come at once wait for each other anyway. */
const atOnce = 4

/**
 * Each does theirs one after the other, some people beside each other. So that the same is noted in each run, whoever was first: each has a moment of
 * its own, and parts of a long piece wait for each other, since the last of them finishes it.
 */
async function doAll({ during, world, year, people, spent }: Live, rows: readonly Row[], today: string): Promise<void> {
  for (const row of rows) spent.set(row.id, Math.max(1, Math.round(year.took({ minutes: minutesOf(world, row) }))))
  const began = Date.parse(`${today}T15:00:00Z`)
  const moments = new Map(rows.map(({ id }, index) => [id, new Date(began + 1000 * index)]))
  const finish = ({ id, member_id }: Row) =>
    during(moments.get(id)!, () => {
      const { call } = people.find(({ memberId }) => memberId === member_id)!
      return must(call('POST', `${path}/sessions/${id}/done`, { minutes: spent.get(id)! }))
    })
  for (const row of rows) if (row.parts > 1) await finish(row)
  const whole = rows.filter(({ parts }) => parts === 1)
  const open = [...Map.groupBy(whole, ({ member_id }) => member_id).values()]
  const next = async (): Promise<void> => {
    for (let own = open.shift(); own; own = open.shift()) for (const row of own) await finish(row)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

/** A long piece goes out when its last part is done. */
async function isWhole({ app, people }: Live, { programme_id, item, parts }: Row): Promise<boolean> {
  if (parts === 1) return true
  const { orgId } = people[0]!
  const { n } = await inOrg(app.services.db, orgId, (tx) =>
    tx
      .selectFrom('plan_sessions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('org_id', '=', orgId)
      .where('programme_id', '=', programme_id)
      .where('item', '=', item)
      .where('state', '=', 'done')
      .executeTakeFirstOrThrow(),
  )
  return Number(n) === parts
}
