// An organisation to plan for: forty people in seven departments, twelve channels, half a year. The same for the same seed.

import { drawsFrom } from '../../src/lib/stats/draws.ts'
import { readQuestion } from '../../src/programme/choosing/read-question.ts'
import type { PlanInput, PlanQuestion } from '../../src/programme/choosing/types.ts'

export interface Size {
  people: number
  departments: number
  channels: number
  weeks: number
  seed: number
}

/** Kinds of work with what one item costs and is worth (science.md B2, the printed instance). */
const kinds = [
  { activity: 'article', minutes: 228, value: 40, decay: 0.75, most: 2, skill: 'write' },
  { activity: 'short', minutes: 8, value: 2.2, decay: 0.93, most: 21, skill: 'write' },
  { activity: 'post', minutes: 20, value: 9, decay: 0.85, most: 7, skill: 'write' },
  { activity: 'picture', minutes: 45, value: 12, decay: 0.8, most: 7, skill: 'picture' },
  { activity: 'video', minutes: 300, value: 60, decay: 0.7, most: 2, skill: 'film' },
  { activity: 'reply', minutes: 6, value: 1.6, decay: 0.985, most: 60, skill: 'answer' },
]
const skills = ['write', 'picture', 'film', 'answer']

export function makeQuestion(size: Size): PlanQuestion {
  const { even } = drawsFrom(size.seed)
  const lines = linesOf(size, even)
  return readQuestion({
    weeks: size.weeks,
    people: Array.from({ length: size.people }, (_, index) => person(size, index, even)),
    lines,
    floors: floorsOf(size, lines),
    explore: { share: 0.15, seed: size.seed },
  })
}

/** Three kinds of work on each channel; a department may be kept out of a channel that is another one's. */
function linesOf({ channels, departments }: Size, even: () => number): PlanInput['lines'] {
  return Array.from({ length: channels }).flatMap((_, channel) =>
    [0, 2, 5].map((step) => {
      const { skill, ...kind } = kinds[(channel + step) % kinds.length]!
      const owner = channel % departments
      return {
        ...kind,
        ...{ id: `${channel}-${kind.activity}`, channel: String(channel), name: `${kind.activity} ${channel}` },
        minutes: Math.round(kind.minutes * (0.8 + 0.4 * even())),
        value: kind.value * (0.5 + even()),
        skills: [skill],
        departments: channel % 3 === 0 ? [String(owner), String((owner + 1) % departments)] : null,
        before: channel < channels * 0.75 ? Math.ceil(kind.most * (0.5 + even())) : null,
      }
    }),
  )
}

/** A ramp with a cut-back each third week, at most twice the beginning; two holidays. */
function person({ departments, weeks }: Size, index: number, even: () => number): PlanInput['people'][number] {
  const begin = 120 + Math.round(even() * 240)
  const away = new Set([Math.floor(even() * weeks), Math.floor(even() * weeks)])
  return {
    id: `p${index}`,
    name: `Person ${index + 1}`,
    department: String(index % departments),
    skills: skills.filter((_, skill) => skill === index % 4 || even() < 0.45),
    minutes: Array.from({ length: weeks }, (_, week) =>
      away.has(week) ? 0 : Math.round(begin * Math.min(2, 1.04 ** week) * (week % 3 === 2 ? 0.8 : 1)),
    ),
    ceiling: begin * 2,
  }
}

/** A promise to answer each week, an article each fortnight, an event with videos. */
function floorsOf({ weeks }: Size, lines: PlanInput['lines']): PlanInput['floors'] {
  const of = (activity: string) => lines.filter((line) => line.activity === activity)
  const replies = of('reply')
    .slice(0, 3)
    .flatMap(({ id }) =>
      Array.from({ length: weeks }, (_, week) => ({
        ...{ id: `${id} ${week}`, line: id, kind: 'promise' as const, least: 8, from: week, to: week },
      })),
    )
  const article = of('article')[0]!.id
  const articles = Array.from({ length: Math.floor(weeks / 2) }, (_, at) => ({
    ...{ id: `${article} ${at}`, line: article, kind: 'minimum' as const, least: 1, from: at * 2, to: at * 2 + 1 },
  }))
  const event = Math.floor(weeks / 2)
  const video = { id: 'event', line: of('video')[0]!.id, kind: 'event' as const, least: 1, from: event, to: event }
  return [...replies, ...articles, video]
}
