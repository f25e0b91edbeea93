// Forty people in five departments with their hours, absences and skills, and the conversations of a working week; from one seed.

import { businessClock, openSpans } from '../../src/inbox/promises/business-clock.ts'
import { without } from '../../src/inbox/promises/coverage.ts'
import { businessHours } from '../../src/inbox/promises/types.ts'
import type { RoutingFacts, RuleInForce } from '../../src/inbox/routing/rules.ts'
import { routingRule } from '../../src/inbox/routing/types.ts'
import { mulberry32 } from '../../src/lib/mulberry.ts'

export const minuteMs = 60_000
export const begin = new Date('2026-11-30T00:00:00Z')
export const days = 5

export interface Worker {
  id: string
  departmentIds: string[]
  skills: string[]
  capacity: number
  atWork: { from: Date; to: Date }[]
}

export interface Arrival {
  minute: number
  facts: RoutingFacts
  weight: number
  /** In minutes of somebody at work. */
  handling: number
}

export interface World {
  people: Worker[]
  rules: RuleInForce[]
  arrivals: Arrival[]
}

/** Service, sales, product, press, accounting: size, share of what comes, and how many of them have each skill. */
const departments = [
  { id: 1, people: 20, share: 0.5, skills: { es: 5, fr: 3, refunds: 10 } },
  { id: 2, people: 8, share: 0.2, skills: { es: 2, partners: 3 } },
  { id: 3, people: 6, share: 0.15, skills: { beta: 3, fr: 2 } },
  { id: 4, people: 3, share: 0.07, skills: { es: 1 } },
  { id: 5, people: 3, share: 0.08, skills: { fr: 2 } },
] as const

const idOf = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`
export const names: Record<string, string> = {
  [idOf(1)]: 'service',
  [idOf(2)]: 'sales',
  [idOf(3)]: 'product',
  [idOf(4)]: 'press',
  [idOf(5)]: 'accounting',
}

export type Draw = () => number

export function drawer(seed: number): Draw {
  const next = mulberry32(seed)
  return () => next() / 2 ** 32
}

export function makeWorld({
  seed,
  people,
  conversations,
}: {
  seed: number
  people: number
  conversations: number
}): World {
  const draw = drawer(seed)
  const total = departments.reduce((sum, each) => sum + each.people, 0)
  const workers = departments.flatMap((each) => {
    const count = Math.max(2, Math.round((each.people * people) / total))
    return Array.from({ length: count }, (_, index) => makeWorker(draw, { ...each, count, index }))
  })
  const arrivals = Array.from({ length: conversations }, () => makeArrival(draw)).sort((a, b) => a.minute - b.minute)
  return { people: workers, rules: makeRules(), arrivals }
}

const shifts = [
  ['07:00', '15:00'],
  ['09:00', '17:00'],
  ['11:00', '19:00'],
] as const

interface Place {
  id: number
  people: number
  skills: Record<string, number>
  count: number
  index: number
}

function makeWorker(draw: Draw, { id, people, skills, count, index }: Place): Worker {
  const [from, to] = shifts[index % shifts.length]!
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, from, to }))
  const clock = businessClock(businessHours.parse({ zone: 'UTC', week }))
  const end = new Date(begin.getTime() + days * 24 * 60 * minuteMs)
  // A day off for one in seven person-days, and an hour away for one in four.
  const absences = Array.from({ length: days }, (_, day) => {
    const from = begin.getTime() + (day * 24 + (draw() < 1 / 7 ? 0 : 8 + Math.floor(draw() * 9))) * 60 * minuteMs
    const hours = new Date(from).getUTCHours() === 0 ? 24 : draw() < 0.25 ? 1 : 0
    return { from: new Date(from), to: new Date(from + hours * 60 * minuteMs) }
  }).filter(({ from, to }) => to > from)
  // Spread over the shifts, so that several skills meet in some people.
  const has = Object.entries(skills).filter(([, of], at) => (index * 7 + at * 3) % people < (of * count) / people)
  return {
    id: `${id}-${String(index).padStart(2, '0')}`,
    departmentIds: [idOf(id)],
    skills: has.map(([skill]) => skill),
    capacity: index % 4 === 3 ? 4 : 6,
    atWork: without(openSpans(clock, begin, end), absences),
  }
}

function makeArrival(draw: Draw): Arrival {
  const at = draw()
  const department = departments.find(
    (_, index) => at < departments.slice(0, index + 1).reduce((sum, { share }) => sum + share, 0),
  )!
  const other = draw()
  const day = Math.floor(draw() * days)
  // One in ten comes in the night; by day it rises to noon and falls.
  const hour = draw() < 0.1 ? draw() * 24 : 7 + (draw() + draw()) * 5.5
  const heavy = draw()
  return {
    minute: Math.floor((day * 24 + hour) * 60),
    facts: {
      accountId: idOf(9),
      saidAs: 'comment',
      intents: draw() < 0.3 ? ['complaint'] : ['question'],
      sentiment: draw() < 0.3 ? 'negative' : 'neutral',
      language: other < 0.1 ? 'es' : other < 0.15 ? 'fr' : 'en',
      text: `${words[department.id]} ${draw() < 0.25 ? 'refund partner beta' : ''}`,
      topicIds: [],
      authorState: null,
      campaignId: null,
    },
    weight: heavy < 0.7 ? 1 : heavy < 0.95 ? 2 : 3,
    handling: Math.max(1, Math.round(-Math.log(1 - draw()) * 18)),
  }
}

const words: Record<number, string> = { 1: 'broken', 2: 'buy', 3: 'feature', 4: 'interview', 5: 'invoice' }
/** Who has each language is in the departments; where nobody has, nothing is required. */
const languages: Record<string, number[]> = { es: [1, 2, 4], fr: [1, 3, 5] }

function makeRules(): RuleInForce[] {
  const rule = (name: string, conditions: object, actions: object, afterwards = 'go-on'): RuleInForce => ({
    id: name,
    rule: routingRule.parse({ name, conditions, actions, afterwards }),
  })
  const byLanguage = Object.entries(languages).flatMap(([language, ids]) =>
    ids.map((id) =>
      rule(`${language} for ${id}`, { languages: [language], words: [words[id]] }, { requiredSkills: [language] }),
    ),
  )
  const bySubject = [
    rule(
      'refunds',
      { words: ['refund'], intents: ['complaint'] },
      { additionalSkills: [{ skill: 'refunds', priority: 2 }] },
    ),
    rule('complaints', { intents: ['complaint'] }, { priority: 'high' }),
  ]
  // Only service deals with refunds.
  const service = rule('service', { words: ['broken'] }, { departmentId: idOf(1) }, 'stop')
  const others = [2, 3, 4, 5].map((id) =>
    rule(names[idOf(id)]!, { words: [words[id]] }, { departmentId: idOf(id) }, 'stop'),
  )
  const [refunds, complaints] = bySubject as [RuleInForce, RuleInForce]
  return [...byLanguage, complaints, ...others, refunds, service]
}
