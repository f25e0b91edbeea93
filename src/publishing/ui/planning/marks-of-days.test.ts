// Each day has at most one mark for its holidays and one for its quiet times, with all of them in words.

import { expect, test } from 'vitest'
import { marksOf } from './marks-of-days.ts'

const days = ['2026-12-24', '2026-12-25', '2026-12-26']
const holiday = (name: string, off: boolean) => ({ name, place: 'Hamburg', off })
const quiet = { name: 'Results', from: '2026-12-25', to: '2027-01-04', zone: 'Europe/Berlin' }

test('days without anything have none', () => expect(marksOf(days, new Map(), []).size).toBe(0))

test('a day off comes before an observance, and both are said', () => {
  const all = new Map([['2026-12-25', [holiday('Name day', false), holiday('Christmas', true)]]])
  expect(marksOf(days, all, []).get('2026-12-25')).toEqual([
    {
      ...{ kind: 'holiday', strong: true, words: 'Christmas', first: true },
      lines: ['Name day, Hamburg (no day off)', 'Christmas, Hamburg'],
    },
  ])
  const alone = marksOf(days, new Map([['2026-12-24', [holiday('Eve', false)]]]), []).get('2026-12-24')
  expect(alone).toMatchObject([{ words: 'Eve', strong: false, first: false }])
})

test('a quiet time has both of its ends, begins once, and several are one mark', () => {
  const other = { name: 'Election', from: '2026-12-26', to: '2026-12-26', zone: 'UTC' }
  const marks = marksOf(days, new Map(), [quiet, other])
  expect(marks.has('2026-12-24')).toBe(false)
  expect(marks.get('2026-12-25')).toMatchObject([{ kind: 'quiet', words: 'Results', first: true }])
  expect(marks.get('2026-12-26')).toMatchObject([
    {
      words: 'Results, Election',
      lines: ['Results, 25 Dec 2026 to 4 Jan 2027, Berlin time', 'Election, 26 Dec 2026 to 26 Dec 2026, UTC time'],
    },
  ])
  const later = marksOf(['2026-12-30', '2026-12-31'], new Map(), [quiet])
  expect([...later.values()].map(([mark]) => mark!.first)).toEqual([true, false])
})
