// Reach and new words as tables: one celebrity is not a crowd, what is not known is not guessed, and what one person made up is no news.

import { describe, expect, test } from 'vitest'
import { noveltyOf } from './novelty.ts'
import { reachOf, type Voice } from './reach.ts'
import { severityOf } from './severity.ts'

const voices = (many: number, followers: number | null, from = 0): Voice[] =>
  Array.from({ length: many }, (_, at) => ({
    id: `mention ${from + at}`,
    authorId: `author ${from + at}`,
    followers,
    doubleOf: null,
  }))
const before = voices(100, 200, 1000)
const size = { counted: 40, expected: 10 }

describe('reach', () => {
  test.each<[string, Voice[], number, number]>([
    ['as many followers as usual, four times the mentions', voices(40, 200), 4, 4],
    ['larger accounts', voices(40, 1_000), 19, 21],
    ['one celebrity among them counts for ten in the middle', [...voices(39, 200), ...voices(1, 30_000_000, 90)], 4, 5],
    ['a crowd of celebrities is cut at the same', voices(40, 30_000_000), 35, 41],
    ['those whose followers nobody told are in the middle', [...voices(20, 200), ...voices(20, null, 50)], 4, 4],
  ])('%s', (_, now, least, most) => {
    const { unit, usual, now: reached } = reachOf(now, before, size)!
    expect(unit).toBe('followers')
    expect(reached / usual).toBeGreaterThanOrEqual(least * 0.99)
    expect(reached / usual).toBeLessThanOrEqual(most * 1.01)
  })

  test('of authors of whom nobody knows followers is how often they were passed on', () => {
    const [first, ...others] = voices(10, null)
    const repeated = [first!, ...others.map((voice) => ({ ...voice, doubleOf: first!.id }))]
    const unknown = voices(100, null, 1000)
    expect(reachOf(repeated, unknown, { counted: 10, expected: 10 })).toMatchObject({
      unit: 'passed-on',
      now: 19,
      usual: 10,
    })
    const own = repeated.map((voice) => ({ ...voice, authorId: 'one' }))
    expect(reachOf(own, unknown, { counted: 10, expected: 10 })!.now).toBe(1)
  })

  test('is not known without people, and without weeks before', () => {
    const nobody = voices(40, 200).map((voice) => ({ ...voice, authorId: null }))
    expect(reachOf(nobody, before, size)).toBeNull()
    expect(reachOf(voices(40, 200), voices(19, 200), size)).toBeNull()
  })
})

describe('new words', () => {
  const usual = Array.from({ length: 30 }, (_, at) => `The kettle boils water and the lid shines, number ${at}`)
  test.each<[string, string[], number, number, string[]]>([
    ['the same words', Array.from({ length: 8 }, (_, at) => `My kettle boils the water ${at}`), 0, 0, []],
    [
      'a new matter',
      Array.from({ length: 8 }, (_, at) => `Kettle recall: battery smoke again ${at}`),
      0.7,
      0.9,
      ['again', 'battery', 'recall', 'smoke'],
    ],
    ['what one person made up', [...usual.slice(0, 7), 'kettle zorblax quux'], 0, 0, []],
    ['a small word', Array.from({ length: 8 }, (_, at) => `from there their kettle ${at}`), 0, 0, []],
    [
      'a tag, as it was written',
      Array.from({ length: 8 }, (_, at) => `kettle #KettleGate ${at}`),
      0.4,
      0.6,
      ['#KettleGate'],
    ],
    ['other scripts', Array.from({ length: 8 }, (_, at) => `kettle 火事 ${at}`), 0.3, 0.9, ['火', '事']],
  ])('%s', (_, now, least, most, words) => {
    const novelty = noveltyOf(now, usual)!
    expect(novelty.share).toBeGreaterThanOrEqual(least)
    expect(novelty.share).toBeLessThanOrEqual(most)
    for (const word of words) expect(novelty.words.join(' ')).toContain(word)
    if (words.length === 0) expect(novelty.words).toEqual([])
  })

  test('said again word for word are one text, and too few tell nothing', () => {
    expect(
      noveltyOf(
        Array.from({ length: 50 }, () => 'kettle recall'),
        usual,
      ),
    ).toBeNull()
    expect(noveltyOf(['a kettle', 'b kettle', 'c kettle', 'd kettle'], usual)).toBeNull()
    expect(noveltyOf(['1 a', '2 b', '3 c', '4 d', '5 e'], usual.slice(0, 10))).toBeNull()
  })
})

describe('the three steps', () => {
  const calm = { judged: 100, negative: 20, usual: 0.2, probability: 0.02 }
  const angry = { judged: 100, negative: 70, usual: 0.2, probability: 0.99 }
  test.each([
    ['an ordinary surprise', 4, calm, null, null, 'watch'],
    ['a large surprise without anger', 12, calm, { now: 100, usual: 100 }, { share: 0.1 }, 'watch'],
    ['anger', 5, angry, null, null, 'act'],
    [
      'anger of people who are heard, about something new',
      7,
      angry,
      { now: 10_000, usual: 100 },
      { share: 0.6 },
      'act-now',
    ],
    ['much anger at once', 12, angry, null, null, 'act-now'],
    ['anger that nobody hears', 5, angry, { now: 100, usual: 100 }, { share: 0 }, 'watch'],
  ] as const)('%s (%d)', (_, surprise, sentiment, reach, novelty, severity) => {
    expect(severityOf({ signal: { surprise, trigger: 'volume', sentiment }, reach, novelty }).severity).toBe(severity)
  })
})
