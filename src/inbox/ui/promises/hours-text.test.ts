// Hours as people type them.

import { expect, test } from 'vitest'
import { closedText, extraText, readClosed, readExtra, readSpans, readWeek, weekTexts } from './hours-text.ts'

test.each([
  [
    '09:00-12:00, 13:00–17:00',
    [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  ],
  ['9-17', [{ from: '09:00', to: '17:00' }]],
  ['22 to 6', [{ from: '22:00', to: '06:00' }]],
  ['0900-24', [{ from: '09:00', to: '24:00' }]],
  ['all day', [{ from: '00:00', to: '24:00' }]],
  ['', []],
  ['9', null],
  ['25:00-26:00', null],
  ['9:75-10', null],
  ['10-10', null],
  ['24-8', null],
])('“%s”', (text, expected) => {
  expect(readSpans(text)).toEqual(expected)
})

test('a week comes back as it was typed, and days that cannot be read are named', () => {
  const read = readWeek(['9-12, 13-17', '', '', '', '9-15', '', ''])
  expect(read).toEqual({
    week: [
      { day: 1, from: '09:00', to: '12:00' },
      { day: 1, from: '13:00', to: '17:00' },
      { day: 5, from: '09:00', to: '15:00' },
    ],
  })
  expect('week' in read && weekTexts(read)[0]).toBe('09:00–12:00, 13:00–17:00')
  expect(readWeek(['soon', '', '9-x', '', '', '', ''])).toEqual({ wrong: [0, 2] })
})

test('closed days and extra hours come back, and what is no day of the calendar is refused', () => {
  const closed = [
    { day: '2026-12-24', name: 'Christmas Eve' },
    { day: '2026-12-31', name: '' },
  ]
  expect(readClosed(closedText(closed))).toEqual(closed)
  expect(readClosed('2026-02-30')).toBeNull()
  const extra = [{ day: '2026-12-19', from: '10:00', to: '14:00' }]
  expect(readExtra(extraText(extra))).toEqual(extra)
  expect(readExtra('2026-12-19')).toBeNull()
})
