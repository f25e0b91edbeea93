// Shares of departments: the largest first, all together one, the smallest ones as one where there are many.

import { expect, test } from 'vitest'
import { sharesOf, type Team } from './shares.ts'

const team = (name: string, minutes: number, people = 2) =>
  ({
    ...{ departmentId: name, name, people },
    weeks: [99_999, minutes, 0, 0, 0, 0].map((each) => ({ monday: '2027-01-04', logged: each, estimated: 0 })),
  }) as unknown as Team

test('the largest first, of the last five weeks alone', () => {
  expect(sharesOf([team('Sales', 100), team('Service', 300, 4)])).toEqual([
    { name: 'Service', share: 0.75, people: 4 },
    { name: 'Sales', share: 0.25, people: 2 },
  ])
})

test('the smallest of many stand together, and nothing is lost', () => {
  const found = sharesOf([1, 2, 3, 4, 5, 6, 7, 8].map((each) => team(`Team ${each}`, 10 * each)))
  expect(found.map(({ name }) => name).at(-1)).toBe('The others together')
  expect(found).toHaveLength(6)
  expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  expect(found.reduce((sum, { people }) => sum + people, 0)).toBe(16)
})

test.each([
  ['one department', [team('Sales', 100)]],
  ['nothing done', [team('Sales', 0), team('Service', 0)]],
  ['nobody', []],
])('%s: there is nothing to compare', (_, teams) => expect(sharesOf(teams)).toEqual([]))
