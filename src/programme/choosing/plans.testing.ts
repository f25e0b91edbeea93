// Questions that several tests of plans ask: the printed instance of the reference, and small ones drawn by fast-check.

import fc from 'fast-check'
import { readQuestion } from './read-question.ts'
import type { PlanInput, PlanQuestion } from './types.ts'

/** science.md B2 (3): one person, one week. */
export const printedInstance = (minutes: number): PlanQuestion =>
  readQuestion({
    weeks: 1,
    people: [{ id: 'p', name: 'P', minutes: [minutes] }],
    lines: [
      line('blog', { minutes: 228, value: 40, decay: 0.75, most: 2, name: 'blog article' }),
      line('x', { minutes: 8, value: 2.2, decay: 0.93, most: 21, name: 'short post' }),
      line('linkedin', { minutes: 20, value: 9, decay: 0.85, most: 7, name: 'LinkedIn post' }),
      line('instagram', { minutes: 45, value: 12, decay: 0.8, most: 7, name: 'picture' }),
      line('video', { minutes: 300, value: 60, decay: 0.7, most: 2, name: 'video' }),
      line('reply', { minutes: 6, value: 1.6, decay: 0.985, most: 60, name: 'reply' }),
    ],
    floors: [
      { id: 'x', line: 'x', kind: 'minimum', least: 5, from: 0, to: 0 },
      { id: 'linkedin', line: 'linkedin', kind: 'minimum', least: 2, from: 0, to: 0 },
      { id: 'reply', line: 'reply', kind: 'promise', least: 10, from: 0, to: 0 },
    ],
  })

type Line = PlanInput['lines'][number]

export const line = (
  id: string,
  facts: Omit<Line, 'id' | 'channel' | 'activity' | 'name'> & { name?: string },
): Line => ({
  ...{ id, channel: id, activity: 'post', name: id },
  ...facts,
})

const skill = fc.constantFrom('write', 'film', 'answer')

const someLines = fc.array(
  fc.record({
    minutes: fc.integer({ min: 5, max: 120 }),
    value: fc.integer({ min: 0, max: 200 }).map((tenth) => tenth / 10),
    decay: fc.constantFrom(0.5, 0.7, 0.85, 0.93, 1),
    most: fc.integer({ min: 0, max: 5 }),
    skills: fc.uniqueArray(skill, { maxLength: 1 }),
    before: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 4 },
)

const somePeople = fc.array(
  fc.record({
    minutes: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 4 }),
    skills: fc.uniqueArray(skill, { maxLength: 3 }),
    ceiling: fc.option(fc.integer({ min: 50, max: 300 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 3 },
)

const someFloors = fc.array(
  fc.record({
    line: fc.nat(),
    kind: fc.constantFrom('promise' as const, 'minimum' as const, 'event' as const),
    least: fc.integer({ min: 1, max: 4 }),
    weeks: fc.tuple(fc.nat(), fc.nat()),
  }),
  { maxLength: 3 },
)

/** Small enough that the best plan is found; some have none. */
export const smallQuestions: fc.Arbitrary<PlanQuestion> = fc
  .record({
    weeks: fc.integer({ min: 1, max: 4 }),
    review: fc.integer({ min: 1, max: 2 }),
    people: somePeople,
    lines: someLines,
    floors: someFloors,
  })
  .map(({ weeks, review, people, lines, floors }) =>
    readQuestion({
      ...{ weeks, review },
      people: people.map((person, at) => ({ ...person, id: `p${at}`, name: `Person ${at}` })),
      lines: lines.map((facts, at) => line(`l${at}`, facts)),
      floors: floors.map(({ line: at, kind, least, weeks: [a, b] }, index) => ({
        ...{ id: `f${index}`, line: `l${at % lines.length}`, kind, least },
        ...{ from: Math.min(a % weeks, b % weeks), to: Math.max(a % weeks, b % weeks) },
      })),
    }),
  )
