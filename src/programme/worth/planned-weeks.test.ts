// Only weeks that were planned, done as planned and judged as a whole say what a further item is worth.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { plannedOn, plannedWeeksOf } from './planned-weeks.ts'

const monday = '2027-03-01'
const items = (week: number, count: number, state: 'judged' | 'young' = 'judged', line = 'a:short-post') =>
  Array.from({ length: count }, (_, at) => ({
    ...{ line, day: addDays(monday, 7 * week + (at % 7)) },
    result: state === 'judged' ? { state, value: 2 } : { state },
  }))
const planned = (week: number, count: number, line = 'a:short-post') => ({
  ...{ line, monday: addDays(monday, 7 * week), count },
})

describe('a planned week', () => {
  test('counts where what was planned went out, with what all of it was worth, oldest first', () => {
    const found = plannedWeeksOf(
      [planned(1, 5), planned(0, 2), planned(2, 3)],
      [...items(0, 2), ...items(1, 6), ...items(2, 3)],
      addDays(monday, 30),
    )
    expect(found.get('a:short-post')).toEqual([
      { count: 2, value: 4 },
      // One of five more or less is as planned.
      { count: 6, value: 12 },
      { count: 3, value: 6 },
    ])
  })

  test('does not count where more or less was done, where something is too young, where it goes on, or nothing was planned', () => {
    const found = plannedWeeksOf(
      [planned(0, 2), planned(1, 2), planned(2, 2), planned(3, 2)],
      [...items(0, 4), ...items(1, 1), ...items(2, 1), ...items(2, 1, 'young'), ...items(3, 2), ...items(-1, 2)],
      addDays(monday, 7 * 3 + 6),
    )
    expect(found.get('a:short-post')).toBeUndefined()
  })
})

describe('what sessions ask for', () => {
  const keyOf = (channel: string | null) => (channel === 'Harbour' ? 'a' : channel === null ? '' : channel)
  const session = (channel: string | null, count = 1) => ({ activity: 'short-post', channel, monday, count })

  test('belongs to the channel that is named, however it is named, and together', () => {
    expect(plannedOn([session('Harbour', 2), session('a')], { keyOf, out: [] })).toEqual([planned(0, 3)])
  })

  test('of no channel belongs to the only one there is, and to none where there are several', () => {
    const out = (...lines: string[]) => lines.map((line) => ({ line, activity: 'short-post' }))
    expect(plannedOn([session(null)], { keyOf, out: out('a:short-post', 'a:short-post') })).toEqual([planned(0, 1)])
    expect(plannedOn([session(null)], { keyOf, out: out('a:short-post', 'b:short-post') })).toEqual([])
    expect(plannedOn([session(null)], { keyOf, out: [] })).toEqual([])
  })
})
