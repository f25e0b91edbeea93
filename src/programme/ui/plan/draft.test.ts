// Lines that are changed while somebody else puts a version in force.

import { expect, test } from 'vitest'
import { newLine } from './cadence-rows.ts'
import { draftOf, following, isChanged, isOutrun } from './draft.ts'

const version = (number: number) => ({ number, lines: [{ ...newLine([]), id: `of-${number}` }] })
const own = (number: number | null) => ({ ...draftOf(number === null ? null : version(number)), lines: [newLine([])] })

test('lines that nobody touched follow what is put in force', () => {
  expect(following(draftOf(null), version(1))).toEqual(draftOf(version(1)))
  expect(following(draftOf(version(1)), version(2))).toEqual(draftOf(version(2)))
})

test.each([null, 1])('lines that somebody changed stay, with the version they were taken from: %s', (number) => {
  const mine = own(number)
  expect(isOutrun(mine, version(2))).toBe(true)
  expect(following(mine, version(2))).toBe(mine)
})

test('what was just put in force is not outrun by the older version that is still shown', () => {
  const adopted = draftOf(version(2))
  expect(isOutrun(adopted, version(1))).toBe(false)
  expect(following(adopted, version(1))).toBe(adopted)
})

test('lines put back as they were are no change', () => {
  const draft = draftOf(version(1))
  expect(isChanged({ ...draft, lines: [] })).toBe(true)
  expect(isChanged({ ...draft, lines: structuredClone(draft.lines) })).toBe(false)
  expect(isChanged(draftOf(null))).toBe(false)
})
