// How many people keep a promise: by formula where it is of minutes, by drawn weeks where it outlives shifts; at work, and on the rota.

import type { OpenSpan } from '../promises/business-clock.ts'
import { type BacklogAnswer, type BacklogQuestion, type RotaStep, simulateBacklog } from './backlog.ts'
import { type QueueLoad, servedWithin } from './erlang.ts'

/** Holiday, illness, training, breaks: the share of paid time in which nobody answers. */
export const usualShrinkage = 0.3
export const usualWeekHours = 40

/** The fewest who take this share within the time, in a steady queue. */
export function peopleWithin(load: QueueLoad, { share, withinMs }: { share: number; withinMs: number }): number {
  let people = load.perHour === 0 ? 0 : 1
  while (load.perHour > 0 && servedWithin(load, people, withinMs) < share) people += 1
  return people
}

export interface RotaNeed {
  /** At work at the same time. */
  people: number
  /** Hours that somebody has to be at work, all people and the whole time together. */
  hours: number
}

/** People on the rota, so that so many are at work: neither fewer than `people` without those who are away, nor fewer than the hours need. */
export function peopleOnRota(
  { people, hours }: RotaNeed,
  { shrinkage = usualShrinkage, weekHours = usualWeekHours, weeks = 1 } = {},
): number {
  const [byHeads, byHours] = [people / (1 - shrinkage), hours / (weekHours * weeks * (1 - shrinkage))]
  // What is a whole number but for the last digit is that number.
  return Math.max(0, Math.ceil(Math.max(byHeads, byHours) - 1e-9))
}

export interface StaffingQuestion extends Omit<BacklogQuestion, 'steps'> {
  /** `isStaffed`: the same number of people is at work in all of these. */
  steps: readonly (Omit<RotaStep, 'people'> & { isStaffed: boolean })[]
  /** Share of replies that is to be in time. */
  share: number
  mostPeople: number
}

export interface StaffingAnswer {
  /** null: not even the most do. */
  people: number | null
  onRota: number | null
  /** What was tried, fewest people first. */
  tried: { people: number; answer: BacklogAnswer }[]
}

const hourMs = 3600_000

/** The fewest at work who keep the promise in the mean of the drawn weeks. More people never keep less: they meet the same weeks. */
export function peopleNeeded(
  question: StaffingQuestion,
  rota: Parameters<typeof peopleOnRota>[1] = {},
): StaffingAnswer {
  const tried = new Map<number, BacklogAnswer>()
  const keeps = (people: number): boolean => {
    const steps = question.steps.map((step) => ({ ...step, people: step.isStaffed ? people : 0 }))
    const answer = simulateBacklog({ ...question, steps })
    tried.set(people, answer)
    return answer.kept === null || answer.kept.mean >= question.share
  }
  let [below, enough] = [-1, 0]
  while (enough <= question.mostPeople && !keeps(enough)) [below, enough] = [enough, Math.max(1, enough * 2)]
  if (enough > question.mostPeople) {
    enough = question.mostPeople
    if (!keeps(enough)) return { people: null, onRota: null, tried: inOrder(tried) }
  }
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2)
    if (keeps(middle)) enough = middle
    else below = middle
  }
  const staffedMs = question.steps.reduce((sum, { at, isStaffed }, index) => {
    const end = question.steps[index + 1]?.at ?? question.until
    return sum + (isStaffed ? end.getTime() - at.getTime() : 0)
  }, 0)
  const hours = (staffedMs / hourMs) * enough
  return { people: enough, onRota: peopleOnRota({ people: enough, hours }, rota), tried: inOrder(tried) }
}

const inOrder = (tried: Map<number, BacklogAnswer>): StaffingAnswer['tried'] =>
  [...tried].sort(([a], [b]) => a - b).map(([people, answer]) => ({ people, answer }))

/** The rota as steps: it changes at every hour and whenever somebody comes or goes. */
export function rotaSteps(
  { from, until, people }: { from: Date; until: Date; people: readonly { atWork: readonly OpenSpan[] }[] },
  perHourAt: (at: Date) => number,
): RotaStep[] {
  const times = new Set<number>()
  for (let at = from.getTime(); at < until.getTime(); at += hourMs) times.add(at)
  for (const { atWork } of people)
    for (const span of atWork)
      for (const at of [span.from, span.to]) if (at > from && at < until) times.add(at.getTime())
  return [...times]
    .sort((a, b) => a - b)
    .map((time) => {
      const at = new Date(time)
      const there = people.filter(({ atWork }) => atWork.some((span) => span.from <= at && at < span.to))
      return { at, perHour: perHourAt(at), people: there.length }
    })
}
