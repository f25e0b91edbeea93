// Plan beside what was spent: every part adds up to the whole, whatever the lines are.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, inForce, rateOn } from './rules.ts'
import { type BudgetLine, kinds } from './types.ts'

const place = {
  kind: fc.constantFrom(...kinds),
  channel: fc.constantFrom(null, 'blog', 'short'),
  campaignId: fc.constantFrom(null, 'spring'),
}
const aLine = fc.record({
  ...place,
  ...{ id: fc.uuid(), name: fc.constant('A line') },
  months: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 12, maxLength: 12 }),
}) as fc.Arbitrary<BudgetLine>
const aSpent = fc.record({
  ...place,
  month: fc.integer({ min: 0, max: 11 }),
  amount: fc.integer({ min: -1000, max: 1e6 }),
})

test('months, kinds, channels and campaigns each add up to the whole', () => {
  fc.assert(
    fc.property(fc.array(aLine), fc.array(aSpent), fc.integer({ min: -1, max: 11 }), (lines, spent, until) => {
      const found = compare(lines, spent, until)
      for (const part of ['plan', 'actual'] as const) {
        const sum = (some: Iterable<{ plan: number; actual: number }>) =>
          [...some].reduce((all, each) => all + each[part], 0)
        expect(sum(found.months)).toBe(found.total[part])
        expect(sum(found.byKind.values())).toBe(found.total[part])
        expect(sum(found.byChannel.values())).toBe(found.total[part])
        expect(sum(found.byCampaign.values())).toBe(found.total[part])
        expect(sum(found.months.slice(0, until + 1))).toBe(found.soFar[part])
      }
    }),
  )
})

test('the newest that was approved is in force, whatever came after it', () => {
  const versions = [
    { number: 3, state: 'draft' as const },
    { number: 2, state: 'approved' as const },
    { number: 1, state: 'approved' as const },
  ]
  expect(inForce(versions)?.number).toBe(2)
  expect(inForce(versions.toReversed())?.number).toBe(2)
  expect(inForce([])).toBeNull()
})

test('a person’s own rate comes before that of their role, from its day on and in its currency', () => {
  const rates = [
    { role: 'manager', memberId: null, perHour: 30, currency: 'EUR', from: '2027-01-01' },
    { role: null, memberId: 'one', perHour: 60, currency: 'EUR', from: '2027-02-01' },
  ]
  const on = (day: string, more: object = {}) =>
    rateOn(rates, { memberId: 'one', role: 'manager', day, currency: 'EUR', ...more })
  expect([on('2026-12-31'), on('2027-01-31'), on('2027-02-01')]).toEqual([null, 30, 60])
  expect(on('2027-02-01', { currency: 'USD' })).toBeNull()
  expect(on('2027-02-01', { memberId: 'two' })).toBe(30)
})
