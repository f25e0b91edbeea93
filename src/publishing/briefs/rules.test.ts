// Which state of a brief follows which, and when missing material is told.

import { describe, expect, test } from 'vitest'
import { briefAllows, lacksMaterial } from './rules.ts'

test.each([
  ['open', 'begin', true],
  ['in-work', 'begin', false],
  ['open', 'decline', true],
  ['done', 'decline', false],
  ['declined', 'reopen', true],
  ['open', 'reopen', false],
  ['in-work', 'finish', true],
] as const)('%s: %s is %s', (state, change, allowed) => expect(briefAllows(state, change)).toBe(allowed))

const brief = {
  ...{ material: '', links: [] as string[], mediaIds: [] as string[] },
  ...{ state: 'open' as const, dueOn: '2026-12-08' },
}

describe('missing material', () => {
  test.each([
    ['eight days before', brief, '2026-11-30', false],
    ['seven days before', brief, '2026-12-01', true],
    ['after the due day', brief, '2026-12-20', true],
    ['with a text', { ...brief, material: 'From the workshop' }, '2026-12-07', false],
    ['with a link', { ...brief, links: ['https://example.org'] }, '2026-12-07', false],
    ['without a due day', { ...brief, dueOn: null }, '2026-12-07', false],
    ['already done', { ...brief, state: 'done' as const }, '2026-12-07', false],
  ])('%s', (_what, given, today, lacks) => expect(lacksMaterial(given, today, 7)).toBe(lacks))
})
