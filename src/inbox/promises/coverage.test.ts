// What comes due while nobody is there, who could cover, and gaps of a rota against a look at each minute.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atRisk, type CoverageQuestion, gapsOf, type OwedConversation, type Rostered, without } from './coverage.ts'

const minuteMs = 60_000
/** Hours of Thursday, 3 December 2026; 24 and more is Friday. */
const at = (hour: number): Date => new Date(Date.parse('2026-12-03T00:00:00Z') + hour * 60 * minuteMs)
const span = (from: number, to: number) => ({ from: at(from), to: at(to) })
const person = (id: string, work: [number, number][], more: Partial<Rostered> = {}): Rostered => ({
  id,
  departmentIds: ['service'],
  skills: [],
  load: 0,
  atWork: work.map(([from, to]) => span(from, to)),
  ...more,
})
const owed = (id: string, due: number, more: Partial<OwedConversation> = {}): OwedConversation => ({
  id,
  ownerId: 'ada',
  departmentId: 'service',
  requiredSkills: [],
  dueAt: at(due),
  ...more,
})

describe('conversations at risk', () => {
  const ada = person('ada', [[9, 12]])
  const ben = person('ben', [[9, 15]], { skills: ['spanish'] })
  const ask = (conversations: OwedConversation[], people = [ada, ben]): CoverageQuestion => ({
    now: at(10),
    until: at(48),
    people,
    conversations,
    needMs: 20 * minuteMs,
  })

  test('are those that come due while their owner is away, soonest first, with whoever is there before', () => {
    const found = atRisk(ask([owed('late', 16), owed('safe', 11.5), owed('noon', 12), owed('soon', 13)]))
    expect(found.map(({ id, reason, ownerUntil, cover }) => [id, reason, ownerUntil, cover])).toEqual([
      ['soon', 'owner-away', at(12), [{ personId: 'ben', minutes: 180 }]],
      ['late', 'owner-away', at(12), [{ personId: 'ben', minutes: 300 }]],
    ])
  })

  test('nobody can cover who lacks a skill, is of another department, or has no time to', () => {
    const product = person('cid', [[9, 40]], { departmentIds: ['product'] })
    const brief = person('dee', [[12.75, 13]], { skills: ['welsh'] })
    const [found] = atRisk(ask([owed('soon', 13, { requiredSkills: ['welsh'] })], [ada, ben, product, brief]))
    expect(found).toMatchObject({ reason: 'nobody-there', ownerUntil: at(12), anybodyUntil: at(13), cover: [] })
  })

  test('without an owner it counts whether anybody who can is there', () => {
    const unowned = (due: number) => owed(`at ${due}`, due, { ownerId: null })
    const found = atRisk(ask([unowned(14), unowned(16)]))
    expect(found.map(({ id, reason, anybodyUntil }) => [id, reason, anybodyUntil])).toEqual([
      ['at 16', 'nobody-there', at(15)],
    ])
  })

  test('among those who have equal time the least loaded comes first', () => {
    const others = [person('eve', [[9, 15]], { load: 4 }), person('fay', [[9, 15]], { load: 1 })]
    const [found] = atRisk(ask([owed('soon', 13)], [ada, ben, ...others]))
    expect(found!.cover.map(({ personId }) => personId)).toEqual(['ben', 'fay', 'eve'])
  })
})

test('gaps are the minutes that are promised and at which nobody is at work', () => {
  const spans = fc
    .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 8 })
    .map((ends) => ends.toSorted((a, b) => a - b))
    .map((ends) => ends.flatMap((end, index) => (index % 2 === 1 ? [span(ends[index - 1]! / 60, end / 60)] : [])))
  const covers = (some: { from: Date; to: Date }[], minute: number) =>
    some.some(({ from, to }) => from <= at(minute / 60) && at(minute / 60) < to)
  fc.assert(
    fc.property(spans, fc.array(spans, { maxLength: 4 }), (promised, rota) => {
      const gaps = gapsOf(
        promised,
        rota.map((atWork) => ({ atWork })),
      )
      for (let minute = 0; minute < 60; minute++) {
        const isGap = covers(promised, minute) && !rota.some((atWork) => covers(atWork, minute))
        expect(covers(gaps, minute)).toBe(isGap)
        expect(covers(without(promised, rota.flat()), minute)).toBe(isGap)
      }
    }),
    { numRuns: 300 },
  )
})
