// Posts that were missed follow each other: never two of an account closer than asked, in the order in which they were planned.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MissedPost, spacedTimes, suggestedSpacing } from './rules.ts'

const from = new Date('2026-11-29T12:00:00Z')
const accounts = ['a', 'b', 'c', 'd']
const posts = fc
  .array(
    fc.record({ accountIds: fc.uniqueArray(fc.constantFrom(...accounts), { minLength: 1 }), minutes: fc.nat(5000) }),
    {
      maxLength: 60,
    },
  )
  .map((drawn) =>
    drawn.map(
      ({ accountIds, minutes }, index): MissedPost => ({
        id: `post ${index}`,
        accountIds,
        dueAt: new Date(from.getTime() - minutes * 60_000),
      }),
    ),
  )

test('two posts of an account are never closer than the spacing, none goes out before the beginning, none is left out', () => {
  fc.assert(
    fc.property(posts, fc.integer({ min: 0, max: 240 }), (missed, spacingMinutes) => {
      const times = spacedTimes(missed, { from, spacingMinutes })
      expect(times.size).toBe(missed.length)
      for (const account of accounts) {
        const own = missed.filter(({ accountIds }) => accountIds.includes(account))
        const inOrder = own.toSorted((a, b) => times.get(a.id)!.getTime() - times.get(b.id)!.getTime())
        for (const [index, post] of inOrder.entries()) {
          expect(times.get(post.id)!.getTime()).toBeGreaterThanOrEqual(from.getTime())
          if (index === 0) continue
          const gap = times.get(post.id)!.getTime() - times.get(inOrder[index - 1]!.id)!.getTime()
          expect(gap).toBeGreaterThanOrEqual(spacingMinutes * 60_000)
          if (spacingMinutes > 0)
            expect(post.dueAt.getTime()).toBeGreaterThanOrEqual(inOrder[index - 1]!.dueAt.getTime())
        }
      }
    }),
  )
})

test.each([
  ['nothing was missed', 0, 0],
  ['one post was', 1, 0],
  ['a few were', 12, 10],
  ['two hundred of an account were', 200, 7],
  ['more were than a day has minutes', 2000, 1],
])('where %s, %i posts get %i minutes in between', (_what, length, minutes) => {
  expect(suggestedSpacing(Array.from({ length }, () => ({ accountIds: ['a'] })))).toBe(minutes)
})
