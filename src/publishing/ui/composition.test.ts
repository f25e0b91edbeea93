// What is written, saved and opened again is the same, and followers follow.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Draft, DraftMedia } from '../../connectors/contract.ts'
import {
  type Composition,
  compositionOf,
  editWords,
  followPost,
  hasContent,
  newComposition,
  sameContent,
  savedFormOf,
  setOptions,
} from './composition.ts'

const say = (text: string): Draft => ({ segments: [{ text, media: [] }] })

describe('a post for two accounts', () => {
  const both = editWords(newComposition(['a', 'b']), 'all', () => say('hello'))

  test('is saved with variants that follow', () => {
    expect(savedFormOf(both)).toEqual({
      content: say('hello'),
      variants: [
        { accountId: 'a', content: null },
        { accountId: 'b', content: null },
      ],
    })
  })

  test('keeps the own words of one while the other goes on following', () => {
    const own = editWords(
      editWords(both, 'b', () => say('hi')),
      'all',
      () => say('good day'),
    )
    expect(savedFormOf(own).variants).toEqual([
      { accountId: 'a', content: null },
      { accountId: 'b', content: say('hi') },
    ])
    expect(savedFormOf(followPost(own, 'b')).variants[1]).toEqual({ accountId: 'b', content: null })
  })

  test('gives an account settings without taking it off the common words', () => {
    const set = setOptions(both, 'a', { replies: 'nobody' })
    const opened = compositionOf(savedFormOf(set))
    expect(opened.own).toEqual({})
    const later = savedFormOf(editWords(opened, 'all', () => say('later')))
    expect(later.variants[0]!.content).toEqual({ ...say('later'), options: { replies: 'nobody' } })
    expect(later.variants[1]!.content).toBeNull()
  })
})

test('settings that another program put on the whole post stay with every follower', () => {
  const opened = compositionOf({
    content: { ...say('x'), options: { a: 1 } },
    variants: [{ accountId: 'a', content: null }],
  })
  expect(opened.base).toEqual(say('x'))
  expect(savedFormOf(opened).variants[0]!.content).toEqual({ ...say('x'), options: { a: 1 } })
})

test('an empty sheet has no content; a language alone is none', () => {
  expect(hasContent(newComposition(['a']))).toBe(false)
  expect(hasContent(newComposition(['a'], { ...say(' '), language: 'de' }))).toBe(false)
  expect(hasContent(newComposition(['a'], { ...say(''), title: 'T' }))).toBe(true)
})

const draft = fc.record({
  segments: fc.array(fc.record({ text: fc.string(), media: fc.constant<DraftMedia[]>([]) }), {
    minLength: 1,
    maxLength: 3,
  }),
  title: fc.option(fc.string(), { nil: undefined }),
})
const composition: fc.Arbitrary<Composition> = fc.record({
  base: draft,
  accountIds: fc.subarray(['a', 'b', 'c']),
  own: fc.dictionary(fc.constantFrom('a', 'b', 'c'), draft),
  options: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.dictionary(fc.constantFrom('x', 'y'), fc.boolean())),
})

test('saving, opening and saving again changes nothing', () => {
  fc.assert(
    fc.property(composition, (written) => {
      const saved = savedFormOf(written)
      expect(savedFormOf(compositionOf(JSON.parse(JSON.stringify(saved))))).toSatisfy((again) =>
        sameContent(means(again as never), means(saved as never)),
      )
    }),
  )
})

/** What each account would say. */
const means = ({ content, variants }: ReturnType<typeof savedFormOf>) =>
  variants.map((variant) => [variant.accountId, variant.content ?? content])
