// Years of organisations as guards see them, drawn by chance and without a database: a plan that is mostly done, in whole pieces, with absences that
// were announced, lighter weeks and a crisis. What single signs say of such years is noise: nobody in them sprints.

import { addDays } from '../../lib/days.ts'
import { type Draws, drawsFrom } from '../../lib/stats/draws.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { SprintScore } from '../load/guards/sprint.ts'
import { type GuardFacts, judgeGuards } from './judge.ts'
import type { Days } from './loads.ts'

export interface Kind {
  name: string
  /** The most that each gives in a week, in minutes. */
  people: number[]
  /** Minutes that one takes as it is planned, and really as a multiple of that. What is long is done in parts. */
  pieces: [planned: number, really: number][]
  /** Share of sessions that are done on their day; of the others half are made up. */
  diligence: number
}

/** A Monday. */
const begin = '2027-01-04'
const weeks = 52
const [crisisWeeks, crisisShare] = [2, 0.67]
/** Longer ones are divided. */
const longest = 90
/** Of what people give a plan begins with so much, and grows by so much a week up to all of it. */
const [beginWith, growth, lighter] = [0.8, 1.07, 0.8]

interface Year {
  people: number[]
  days: Map<string, Days>
  sessions: { day: string; done: boolean }[]
  cutBacks: Set<string>
  planned: Map<string, number>
  there: Map<string, number>
}

const mondayAt = (week: number): string => addDays(begin, 7 * week)
const nameOf = (person: number): string => `person ${person}`

function drawYear(kind: Kind, seed: number): Year {
  const draws = drawsFrom(seed)
  const { people } = kind
  const year: Year = {
    ...{ people, days: new Map(people.map((_, person) => [nameOf(person), new Map()])), sessions: [] },
    ...{ cutBacks: new Set<string>(), planned: new Map(), there: new Map() },
  }
  // Each is away for a week twice a year, as it falls: from any day on.
  const away = people.map(() => [0, 1].map((half) => Math.floor((half + draws.even()) * (weeks / 2) * 7)))
  const isAway = (person: number, day: number) => away[person]!.some((from) => day >= from && day < from + 7)
  const crisis = Math.floor(draws.even() * weeks)
  const queue: Part[] = []
  let sinceRest = 0
  for (let week = 0; week < weeks; week++) {
    const monday = mondayAt(week)
    const open = people.map((_, person) => [0, 1, 2, 3, 4].filter((day) => !isAway(person, 7 * week + day)))
    const there = sumOf(open.map((days) => days.length)) / (5 * people.length)
    if (there < 1) year.there.set(monday, there)
    // As the plan in force said when it was made; what sessions follow begins its rhythm anew after a week away.
    if (week % 3 === 2) year.cutBacks.add(monday)
    sinceRest = there < 0.5 ? 0 : sinceRest + 1
    const pace = Math.min(1, beginWith * growth ** week) * (sinceRest % 3 === 0 && sinceRest > 0 ? lighter : 1)
    const given = people.map((ceiling, person) => (ceiling * pace * open[person]!.length) / 5)
    const inCrisis = week >= crisis && week < crisis + crisisWeeks
    const diligence = kind.diligence * (inCrisis ? crisisShare : 1)
    liveWeek(year, { kind, monday, given, open, queue, draws, diligence })
  }
  return year
}

interface Part {
  minutes: number
  really: number
}

interface OneWeek {
  kind: Kind
  monday: string
  given: number[]
  open: number[][]
  queue: Part[]
  draws: Draws
  diligence: number
}

/** Whole pieces, one after the other, to whoever has most left of the week; what fits nobody waits for the next. */
function liveWeek(year: Year, { kind, monday, given, open, queue, draws, diligence }: OneWeek): void {
  const left = [...given]
  let planned = 0
  for (;;) {
    if (queue.length === 0) queue.push(...nextPiece(kind, draws))
    const part = queue[0]!
    const person = left.indexOf(Math.max(...left))
    if (left[person]! < part.minutes) break
    queue.shift()
    left[person]! -= part.minutes
    planned += part.minutes
    const days = open[person]!
    const day = addDays(monday, days[Math.floor(draws.even() * days.length)]!)
    const isDone = draws.even() <= diligence || draws.even() < 0.5
    year.sessions.push({ day, done: isDone })
    if (isDone) work(year, person, day, part.minutes * part.really * Math.exp(0.35 * draws.normal() - 0.35 ** 2 / 2))
  }
  if (planned > 0) year.planned.set(monday, planned)
}

function nextPiece({ pieces }: Kind, { even }: Draws): Part[] {
  const [planned, really] = pieces[Math.floor(even() * pieces.length)]!
  const parts = Math.ceil(planned / longest)
  return Array.from({ length: parts }, () => ({ minutes: planned / parts, really }))
}

function work({ days }: Pick<Year, 'days'>, person: number, day: string, minutes: number): void {
  const own = days.get(nameOf(person))!
  own.set(day, { logged: (own.get(day)?.logged ?? 0) + minutes, estimated: 0 })
}

/** Two weeks of much, on several new accounts, mostly by one. */
function drawSprint(seed: number): GuardFacts {
  const { even, normal } = drawsFrom(seed)
  const year = drawYear({ name: '', people: [120], pieces: [[8, 1]], diligence: 0.9 }, seed)
  for (let day = 0; day < 14; day++) work(year, 0, addDays(begin, day), (day < 7 ? 40 : 90) * Math.exp(0.25 * normal()))
  const accounts = 3 + Math.floor(even() * 4)
  const outlets = Array.from({ length: accounts }, (_, index) => addDays(begin, Math.floor(even() * 10) - index))
  return { ...factsAt(year, addDays(begin, 14)), hasMeasure: even() < 0.5, outlets: outlets.map(outletOf) }
}

const outletOf = (opened: string, index: number) => ({
  ...{ id: `account ${index}`, name: `Account ${index}`, opened, lastActive: null },
})

/** What guards know on the morning of a day. */
function factsAt({ people, days, sessions, cutBacks, planned, there }: Year, today: string): GuardFacts {
  const known = [...days].map(([id, own]) => [id, new Map([...own].filter(([day]) => day < today))] as const)
  return {
    ...{ today, people: people.map((_, person) => ({ id: nameOf(person), name: nameOf(person), departmentId: null })) },
    ...{ departments: new Map(), days: new Map(known), money: [], hasMeasure: true, baseline: null },
    ceilings: new Map(people.map((ceiling, person) => [nameOf(person), ceiling])),
    outlets: people.slice(0, 2).map((_, index) => outletOf('2025-01-01', index)),
    visibility: { gaps: [], visible: 1, until: Date.parse(today) },
    ...{ activeDays: [], cutBacks, planned, there },
    sessions: sessions.filter(({ day }) => day < today && day >= addDays(today, -28)),
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

const post: [number, number] = [8, 1.1]
const alone = (minutes: number, diligence: number): Kind => ({
  ...{ name: `One person of ${minutes} minutes who does ${100 * diligence} %`, people: [minutes], diligence },
  pieces: [post, post, [15, 1]],
})

/** None of them sprints. */
export const steady: Kind[] = [
  { ...alone(60, 0.85), name: 'Understaffed shop', pieces: [post] },
  alone(60, 0.75),
  alone(100, 0.85),
  alone(150, 0.85),
  { ...alone(150, 0.85), name: 'One person with films', pieces: [post, post, [120, 1]] },
  { name: 'Novice pair', people: [90, 90], pieces: [post], diligence: 0.93 },
  {
    ...{ name: 'Team with long articles', people: [240, 180, 150], diligence: 0.95 },
    pieces: [
      [228, 0.9],
      [8, 1.6],
      [8, 1],
      [120, 1.3],
    ],
  },
  {
    ...{ name: 'Forty people', people: Array.from({ length: 40 }, (_, index) => 60 + 15 * (index % 5)) },
    ...{ pieces: [post, post, post, [120, 1.1], [228, 1]], diligence: 0.94 },
  },
]

export interface Looked {
  /** Shares of all looks, one a week. */
  intervene: number
  watch: number
  signs: [name: string, share: number][]
}

export function lookAtYears(kind: Kind, years: number, settings: LoadSettings): Looked {
  const looks = Array.from({ length: years }, (_, seed) => {
    const year = drawYear(kind, 1000 + seed)
    return Array.from(
      { length: weeks - 1 },
      (_, week) => judgeGuards(factsAt(year, mondayAt(week + 1)), settings).sprint,
    )
  }).flat()
  const share = (is: (look: SprintScore) => boolean) => looks.filter(is).length / looks.length
  const signs = ['ratio', 'missed', 'falling', 'cut-back-skipped']
  return {
    intervene: share(({ level }) => level === 'intervene'),
    watch: share(({ level }) => level === 'watch'),
    signs: signs.map((sign) => [sign, share(({ reasons }) => reasons.some(({ reason }) => reason === sign))]),
  }
}

/** The share of drawn sprints that are told to step in by day 14. */
export function seenSprints(count: number, settings: LoadSettings): number {
  const levels = Array.from({ length: count }, (_, seed) => judgeGuards(drawSprint(seed), settings).sprint.level)
  return levels.filter((level) => level === 'intervene').length / count
}
