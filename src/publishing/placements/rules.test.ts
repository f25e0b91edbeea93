// Placements: their links, when they run, what a reference costs.

import { describe, expect, test } from 'vitest'
import { contradiction, costPerReference, runOf, targetOf } from './rules.ts'
import { placementFacts } from './types.ts'

test.each([
  [
    'https://example.org/',
    'Box of the wind jacket',
    null,
    'https://example.org/?utm_source=box-of-the-wind-jacket&utm_medium=packaging&utm_campaign=always-on',
  ],
  [
    'https://example.org/a?x=1&utm_source=mine#part',
    'Box',
    'Spring & Sea',
    'https://example.org/a?x=1&utm_source=mine&utm_medium=packaging&utm_campaign=spring-sea#part',
  ],
  [
    'https://example.org/?flag&q=a%20b+c&signed=x~%2F',
    'Box',
    null,
    'https://example.org/?flag&q=a%20b+c&signed=x~%2F&utm_source=box&utm_medium=packaging&utm_campaign=always-on',
  ],
])('%s for “%s” in %s', (address, name, campaign, target) => {
  expect(targetOf(address, { medium: 'packaging', name, campaign })).toBe(target)
})

describe('runs', () => {
  test.each([
    [null, null, false, 'running'],
    ['2026-12-01', null, false, 'planned'],
    ['2026-11-29', '2026-11-29', false, 'running'],
    [null, '2026-11-28', false, 'over'],
    [null, null, true, 'over'],
  ] as const)('from %s to %s, ended %s: %s', (beginsOn, endsOn, ended, run) => {
    expect(runOf({ beginsOn, endsOn, ended }, '2026-11-29')).toBe(run)
  })
})

test.each([
  [{ beginsOn: '2026-12-02', endsOn: '2026-12-01' }, 'endsOn'],
  [{ cost: 100 }, 'currency'],
  [{ currency: 'EUR' }, 'currency'],
  [{ cost: 0, currency: 'EUR' }, null],
])('%j contradicts itself in %s', (facts, field) => {
  expect(contradiction(placementFacts.parse({ medium: 'print', name: 'x', ...facts }))).toBe(field)
})

test.each([
  [1000, 4, 250],
  [1000, 0, null],
  [null, 4, null],
  [0, 4, 0],
])('%s for %s references: %s each', (cost, references, each) => {
  expect(costPerReference(cost, references)).toBe(each)
})
