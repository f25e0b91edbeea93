// Lives through a working week minute by minute: conversations come, are given, handled, declined and come back; everything is checked.

import { type Candidate, chooseOwner, type OwnerChoice, type OwnerNeed } from '../../src/inbox/routing/choose-owner.ts'
import { decide } from '../../src/inbox/routing/rules.ts'
import { begin, type Draw, days, drawer, minuteMs, type Worker, type World } from './world.ts'

/** `ours`; `free-for-all`: ours without keeping anybody free; `at-random`: any who could, the reference. */
export type Way = 'ours' | 'free-for-all' | 'at-random'

export interface Outcome {
  given: number
  /** Decisions without a reason. */
  unexplained: number
  skillsDropped: number
  overCapacity: number
  givenToAway: number
  askedAgain: number
  /** Nobody was named though somebody could have had it at once. */
  overlooked: number
  /** Without an owner at the end, by the reason that was given last. */
  left: Map<string, number>
  /** Minutes until somebody had it, while anybody was at work; by whether a language was required. */
  waits: { skilled: number[]; others: number[] }
  /** Unit-minutes in hand and minutes at work, by person. */
  work: Map<string, { units: number; minutes: number }>
  reasons: Map<string, number>
}

interface Waiting {
  need: OwnerNeed
  handling: number
  since: number
  askAt: number
  returned: boolean
  why: string
}

interface InHand extends Waiting {
  left: number
}

interface Desk extends Worker {
  inHand: InHand[]
  idleSince: Date | null
  isAtWork: boolean
  backAt: Date | null
}

const settings = { dropAfterMs: 15 * minuteMs, stickyForMs: 60 * minuteMs }
const atMinute = (minute: number): Date => new Date(begin.getTime() + minute * minuteMs)
const loadOf = ({ inHand }: Desk): number => inHand.reduce((sum, { need }) => sum + need.weight, 0)

export function live(world: World, way: Way, seed: number): Outcome {
  const draw = drawer(seed)
  const desks = world.people.map(
    (person): Desk => ({ ...person, inHand: [], idleSince: null, isAtWork: false, backAt: null }),
  )
  const outcome: Outcome = {
    given: 0,
    unexplained: 0,
    skillsDropped: 0,
    overCapacity: 0,
    givenToAway: 0,
    askedAgain: 0,
    overlooked: 0,
    left: new Map(),
    waits: { skilled: [], others: [] },
    work: new Map(desks.map(({ id }) => [id, { units: 0, minutes: 0 }])),
    reasons: new Map(),
  }
  const rates = new Map<string, number>()
  let waiting: Waiting[] = []
  let next = 0
  for (let minute = 0; minute < days * 24 * 60; minute++) {
    const back = work(desks, outcome, { minute, draw })
    for (; world.arrivals[next]?.minute === minute; next++) waiting.push(arrive(world, next, { outcome, minute }))
    waiting.push(...back)
    expect(rates, waiting, minute)
    waiting = giveAll({ desks, outcome, draw, way, rates }, waiting, minute)
  }
  for (const { why } of waiting) outcome.left.set(why, (outcome.left.get(why) ?? 0) + 1)
  return outcome
}

function arrive(world: World, index: number, { outcome, minute }: { outcome: Outcome; minute: number }): Waiting {
  const { facts, weight, handling } = world.arrivals[index]!
  const decision = decide(world.rules, facts)
  if (!decision.reasons.department || decision.departmentId === null) outcome.unexplained++
  const need: OwnerNeed = {
    departmentId: decision.departmentId ?? '',
    requiredSkills: decision.requiredSkills,
    additionalSkills: decision.additionalSkills,
    weight,
    waitingSince: atMinute(minute),
    dueAt: atMinute(minute + 240),
    stickyOwnerId: null,
    declinedIds: [],
  }
  return { need, handling, since: minute, askAt: minute, returned: false, why: '' }
}

/** A minute of everybody's work; what comes back from customers later is told at once, due to be asked then. */
function work(desks: Desk[], outcome: Outcome, { minute, draw }: { minute: number; draw: Draw }): Waiting[] {
  const [now, back] = [atMinute(minute), [] as Waiting[]]
  for (const desk of desks) {
    desk.isAtWork = desk.atWork.some(({ from, to }) => from <= now && now < to)
    desk.backAt = desk.isAtWork ? null : (desk.atWork.find(({ from }) => from > now)?.from ?? null)
    if (!desk.isAtWork) continue
    const of = outcome.work.get(desk.id)!
    of.minutes += 1
    of.units += loadOf(desk)
    for (const each of desk.inHand) each.left -= 1
    const done = desk.inHand.filter(({ left }) => left <= 0)
    desk.inHand = desk.inHand.filter(({ left }) => left > 0)
    for (const each of done) {
      if (each.returned || draw() >= 0.15) continue
      const need = {
        ...each.need,
        stickyOwnerId: desk.id,
        declinedIds: [],
        waitingSince: now,
        dueAt: atMinute(minute + 240),
      }
      back.push({ ...each, need, since: minute, askAt: minute, returned: true })
    }
  }
  return back
}

/** What is asked for by skill: what waits, and what an hour brought by the mean of late, for ten minutes. */
function expect(rates: Map<string, number>, waiting: Waiting[], minute: number): void {
  const come = new Map<string, number>()
  for (const { need, since } of waiting)
    if (since === minute) for (const skill of need.requiredSkills) come.set(skill, (come.get(skill) ?? 0) + need.weight)
  for (const skill of new Set([...rates.keys(), ...come.keys()])) {
    const before = rates.get(skill) ?? 0
    rates.set(skill, before + ((come.get(skill) ?? 0) - before) / 60)
  }
}

interface Office {
  desks: Desk[]
  outcome: Outcome
  draw: Draw
  way: Way
  rates: Map<string, number>
}

function giveAll(office: Office, waiting: Waiting[], minute: number): Waiting[] {
  const demand = new Map([...office.rates].map(([skill, rate]) => [skill, rate * 10]))
  for (const { need } of waiting)
    for (const skill of need.requiredSkills) demand.set(skill, (demand.get(skill) ?? 0) + need.weight)
  const left: Waiting[] = []
  for (const each of waiting) {
    if (each.askAt > minute || !give(office, each, { minute, demand })) left.push(each)
  }
  return left
}

function give(
  { desks, outcome, draw, way }: Office,
  each: Waiting,
  { minute, demand }: { minute: number; demand: Map<string, number> },
): boolean {
  const now = atMinute(minute)
  const people = desks.map((desk): Candidate => ({ ...desk, load: loadOf(desk) }))
  const found = chooseOwner(each.need, people, { ...settings, demand: way === 'ours' ? demand : new Map() }, now)
  count(outcome, found)
  if (found.kind === 'nobody') {
    each.why = found.reason.code
    if (!mayWait.has(found.reason.code) && whoCould(people, each.need).length > 0) outcome.overlooked++
    each.askAt =
      found.askAgainAt && found.reason.code !== 'nobody-with-additional-skills'
        ? minute + Math.max(1, Math.ceil((found.askAgainAt.getTime() - now.getTime()) / minuteMs))
        : minute + 1
    return false
  }
  const ownerId = way === 'at-random' ? anyOf(people, each.need, draw) : found.personId
  const desk = desks.find(({ id }) => id === ownerId)!
  check(outcome, { desk, need: each.need })
  if (draw() < 0.02) {
    each.need = { ...each.need, declinedIds: [...each.need.declinedIds, desk.id] }
    return false
  }
  desk.inHand.push({ ...each, left: each.handling })
  desk.idleSince = now
  if (loadOf(desk) > desk.capacity) outcome.overCapacity++
  outcome.given++
  const waits = each.need.requiredSkills.length > 0 ? outcome.waits.skilled : outcome.waits.others
  const hour = new Date(atMinute(each.since)).getUTCHours()
  // Nobody is there in the night: what comes then waits for the morning, whoever chooses.
  if (hour >= 9 && hour < 15 && !each.returned) waits.push(minute - each.since)
  return true
}

function count(outcome: Outcome, { kind, reason }: OwnerChoice): void {
  const code = `${kind === 'owner' ? 'given' : 'nobody'}: ${reason.code}`
  outcome.reasons.set(code, (outcome.reasons.get(code) ?? 0) + 1)
  if (!reason.code) outcome.unexplained++
}

/** From the books of the simulation, not from the answer. */
function check(outcome: Outcome, { desk, need }: { desk: Desk; need: OwnerNeed }): void {
  if (need.requiredSkills.some((skill) => !desk.skills.includes(skill))) outcome.skillsDropped++
  if (!desk.departmentIds.includes(need.departmentId)) outcome.skillsDropped++
  if (!desk.isAtWork) outcome.givenToAway++
  if (need.declinedIds.includes(desk.id)) outcome.askedAgain++
}

/** By these somebody is waited for who suits better. */
const mayWait = new Set(['nobody-with-additional-skills', 'waits-for-owner'])

const whoCould = (people: Candidate[], need: OwnerNeed): Candidate[] =>
  people.filter(
    (each) =>
      each.isAtWork &&
      each.departmentIds.includes(need.departmentId) &&
      need.requiredSkills.every((skill) => each.skills.includes(skill)) &&
      !need.declinedIds.includes(each.id) &&
      each.load + need.weight <= each.capacity,
  )

function anyOf(people: Candidate[], need: OwnerNeed, draw: Draw): string {
  const able = whoCould(people, need)
  return able[Math.floor(draw() * able.length)]!.id
}
