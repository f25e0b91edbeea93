// Sentences about what an account told, as people read them.

import { expect, test } from 'vitest'
import type { ToldPast } from '../../assessment/types.ts'
import { toldWords } from './told-words.ts'

const nothing = { posts: null, replies: null, people: null, readOn: null, trouble: null }
const words = (told: Partial<ToldPast>) => toldWords({ state: 'read', ...nothing, ...told })

test('what was read is counted, and what is not known is said to be so', () => {
  const readOn = '2027-03-01'
  expect(words({ readOn, posts: 31, replies: 1 })).toMatch(
    /^Read from the account on .*2027: 31 posts and 1 reply that went out without Longrun\. Who wrote them is not known\.$/,
  )
  expect(words({ posts: 2, people: 1 })).toBe(
    'Read from the account: 2 posts that went out without Longrun. One person wrote them. How many replies there were it cannot tell.',
  )
  expect(words({ posts: 0, replies: 0 })).toBe('Read from the account: nothing went out without Longrun.')
})

test('an account that told nothing says why, and what to do', () => {
  expect(words({ state: 'failed', trouble: { kind: 'forbidden', code: 'missing-scope' } })).toBe(
    'Its past could not be read. A permission is missing. Connect again, and allow everything that is asked for. Longrun tries again by itself.',
  )
  expect(words({ state: 'reading' })).toMatch(/Look again/)
  expect(words({ state: 'waiting' })).toMatch(/connected again/)
  expect(words({ state: 'cannot' })).toMatch(/cannot tell/)
})
