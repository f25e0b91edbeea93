// How conversations are named.

import { expect, test } from 'vitest'
import { kindOf } from './inbox-words.ts'

test.each([
  [null, 'Mention'],
  ['2026-11-29T12:00:00.000Z', 'Mention, begun by you'],
])('is begun by you once you spoke first, not when it is only taken over: %s', (begunByUsAt, words) => {
  expect(kindOf({ kind: 'mention', isPrivate: false, begunByUsAt })).toBe(words)
})
