// What says the same stands once, wherever the first that said it is.

import { expect, test } from 'vitest'
import { foldSame, unfolded } from './fold.ts'
import type { Mention } from './mention-card.tsx'

const mention = (id: string, doubleOf: string | null = null) => ({ id, doubleOf, doubles: 3 }) as Mention
const told = (mentions: Mention[]) =>
  foldSame(mentions).map(({ mention: { id }, more }) => [id, ...more.map((each) => each.id)].join(' '))

test('the first is shown at the place of the newest', () => {
  expect(told([mention('d', 'a'), mention('c'), mention('b', 'a'), mention('a')])).toEqual(['a d b', 'c'])
})

test('where the first is not here, the oldest that is here stands for it', () => {
  expect(told([mention('d', 'a'), mention('c', 'a'), mention('b')])).toEqual(['c d', 'b'])
})

test('unfolded, each stands alone and promises no more', () => {
  expect(unfolded([mention('b', 'a'), mention('a')]).map(({ mention: { id, doubles } }) => [id, doubles])).toEqual([
    ['b', 0],
    ['a', 0],
  ])
})
