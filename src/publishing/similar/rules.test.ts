// How alike texts are, on a table of cases as people meet them, and as properties.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { likeness, marksToKeep, marksToSeek, saidOf, sameWords, similarFrom, wordsOf } from './rules.ts'

const alike = (one: string, other: string): number => likeness(saidOf(one), saidOf(other))

const path = 'The coastal path is open again after the storm. Take a wind jacket.'
const long = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ')

describe('alike', () => {
  test.each([
    ['the same', path, path],
    ['another link', `${path} https://example.org/a`, `${path} https://example.org/b?c=d`],
    ['other hashtags', `${path} #harbour #hiking`, `${path} #outdoor`],
    ['capitals and signs', 'Winter hours from Monday on!', 'WINTER HOURS, from monday on'],
    ['one word changed', path, path.replace('storm', 'flood')],
    ['a sentence added', path, `${path} Twelve kilometres, two ferries, one very good bakery.`],
    ['inside a long article', path, `${long} ${path} ${long}`],
    ['a typing error in a short text', 'Good morning from the harbor', 'Good morning from the harbour'],
    ['two words', 'We’re hiring', "We're hiring"],
    ['one word', 'Goal!', 'goal'],
    [
      'a language without spaces',
      '港からおはようございます。海は静かです。',
      '港からおはようございます。海は静かです！',
    ],
  ])('%s', (_what, one, other) => expect(alike(one, other)).toBeGreaterThanOrEqual(similarFrom))
})

describe('not alike', () => {
  test.each([
    ['other words', path, 'New: repair evenings. Bring your tent poles, zips and stoves.'],
    ['the same beginning', 'Good morning from the harbour', 'Good morning from our new shop in the old town'],
    ['a greeting inside a long text', 'Good morning', `Good morning ${long}`],
    ['only links and hashtags', 'https://example.org/a #one', 'https://example.org/a #one'],
    ['nothing', '', ''],
    ['something and nothing', path, ''],
    ['common letters', 'Two places left on the avalanche course.', 'Our guides recommend three tours for short days.'],
    ['the same frame', 'Question of the day: map or phone?', 'Photo of the week: a sunrise at the lighthouse'],
  ])('%s', (_what, one, other) => expect(alike(one, other)).toBeLessThan(similarFrom))
})

const word = fc.stringMatching(/^[a-zäöüé]{1,9}$/)
const text = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(' '))

describe('for all texts', () => {
  test('likeness is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const score = alike(one, other)
        expect(score).toBe(alike(other, one))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('a text is wholly like itself, whatever links and hashtags surround it', () => {
    fc.assert(
      fc.property(text, word, (words, tag) => {
        expect(alike(words, words)).toBe(1)
        expect(alike(words, `https://example.org/${tag} ${words} #${tag}`)).toBe(1)
      }),
    )
  })

  test('texts without a word in common are not alike', () => {
    const ours = fc.array(fc.stringMatching(/^[a-m]{2,8}$/), { minLength: 1, maxLength: 40 })
    const theirs = fc.array(fc.stringMatching(/^[n-z]{2,8}$/), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(ours, theirs, (one, other) => {
        expect(alike(one.join(' '), other.join(' '))).toBeLessThan(similarFrom)
      }),
    )
  })

  test('a text with one word added or changed is found by its marks', () => {
    const some = fc.array(word, { minLength: 4, maxLength: 40 })
    fc.assert(
      fc.property(some, fc.nat(39), word, (words, at, other) => {
        const changed = words.with(at % words.length, other)
        const kept = new Set(marksToKeep(saidOf(words.join(' '))))
        expect(marksToSeek(saidOf(changed.join(' '))).some((mark) => kept.has(mark))).toBe(true)
      }),
    )
  })

  test('what is shown as the same stands in both', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const theirs = wordsOf(other)
        for (const run of sameWords(one, saidOf(other))) for (const each of wordsOf(run)) expect(theirs).toContain(each)
      }),
    )
  })
})

test('the same words are told in the order of their length, as the new text writes them', () => {
  const other = saidOf('yesterday the coastal path is open again and everybody may take a wind jacket home')
  expect(sameWords(path, other)).toEqual(['The coastal path is open again', 'Take a wind jacket'])
})
