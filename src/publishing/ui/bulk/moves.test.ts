// Moving many posts by wall time, over days on which the clock changes.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movesOf, shiftBetween } from './moves.ts'

const zone = 'Europe/Berlin'
const line = (id: string, dueAt: string | null) => ({ id, dueAt })
const shift = (days: number, hours = 0, minutes = 0) => ({ kind: 'shift' as const, days, hours, minutes })

test('keeps the time on the clock over the change to summer time', () => {
  expect(movesOf([line('a', '2030-03-30T08:00:00Z')], shift(1), zone)).toMatchObject([
    { from: '2030-03-30T09:00', to: '2030-03-31T09:00' },
  ])
})

test('to the same time of another day, in the order of their times, without those that have none or stay', () => {
  const lines = [
    line('late', '2030-05-03T16:30:00Z'),
    line('none', null),
    line('there', '2030-05-09T10:00:00Z'),
    line('early', '2030-05-01T07:15:00Z'),
  ]
  expect(movesOf(lines, { kind: 'day', day: '2030-05-09' }, zone).map(({ line: { id }, to }) => [id, to])).toEqual([
    ['early', '2030-05-09T09:15'],
    ['late', '2030-05-09T18:30'],
  ])
})

test('what is dragged by some distance moves all by the same', () => {
  const walls = fc
    .date({ min: new Date('2028-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 16))
  fc.assert(
    fc.property(walls, walls, (from, to) => {
      const moves = movesOf([line('a', `${from}:00.000Z`)], shiftBetween(from, to), 'UTC')
      expect(moves.map((each) => each.to)).toEqual(from === to ? [] : [to])
    }),
  )
})
