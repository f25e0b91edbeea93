// The model that ships: what it understands of plain cases, and that training and product see the same in a text.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeExamples } from '../../../scripts/train-text/examples.ts'
import { classify, loadClassifier, sentimentGrounds } from './classify.ts'
import { score } from './score.ts'
import { styleCount } from './style.ts'
import { placeOf } from './table.ts'

const classifier = loadClassifier()
const { scorer } = classifier

const texts = [
  'I love this phone, best camera ever! 😍',
  'Worst service ever. Still waiting for my refund @brand #fail',
  'The store opens at 9 on Monday https://example.org/a',
  'not good, not good at all... but the staff was VERY kind',
  'soooo happy :) :) RT @ann: thanks!!!',
  'das ist leider gar nicht gut gelaufen',
  'मुझे यह पसंद है 👍🏽',
  '東京タワー',
  '',
  '!!! ???',
]

/** As training adds it up: feature by feature, without the memory of words. */
function scoresOfTraining(text: string): Float64Array {
  const { table, index } = scorer
  const { columns, scale, bias, style } = table
  const examples = makeExamples([text], table.lexicon, 1)
  return Float64Array.from({ length: columns }, (_, column) => {
    let sum = 0
    for (let at = examples.from[0]!; at < examples.from[1]!; at++) {
      const place = placeOf(index, examples.keys[examples.feature[at]!]!)
      if (place >= 0) sum += index.weights[place + column]! * examples.times[at]!
    }
    let score = bias[column]! + sum * scale[column]! * examples.norm[0]!
    for (let each = 0; each < styleCount; each++) score += style[each * columns + column]! * examples.style[each]!
    return score
  })
}

test.each(texts)('training and product give "%s" the same scores', (text) => {
  const wanted = scoresOfTraining(text)
  score(scorer, text)
  for (const [column, value] of wanted.entries()) expect(scorer.scores[column]!).toBeCloseTo(value, 4)
})

test('what was read before changes nothing', () => {
  const alone = texts.map((text) => classify(loadedAnew, text))
  for (const text of [...texts].reverse()) classify(classifier, text)
  expect(texts.map((text) => classify(classifier, text))).toEqual(alone)
})
const loadedAnew = loadClassifier()

test('any text at all is understood, with probabilities that sum up to 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { sentiment, valence } = classify(classifier, text)
      expect(sentiment.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
      expect(Math.abs(valence)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 500 },
  )
})

describe('sentiment', () => {
  test.each([
    ['I love this phone, best camera ever! 😍', 'positive'],
    ['Thank you so much for the quick help, you are great', 'positive'],
    ['Worst service ever. I am so disappointed and angry', 'negative'],
    ['this is terrible, I hate it :(', 'negative'],
    ['The store on Main Street opens on Monday', 'neutral'],
    ['Ich bin so glücklich, was für ein schöner Tag', 'positive'],
    ['¡Qué asco de servicio, no vuelvo nunca más!', 'negative'],
  ])('of "%s" is %s', (text, label) => {
    expect(classify(classifier, text).sentiment.label).toBe(label)
  })

  test('comes with the words that decided, those for it above those against it', () => {
    const text = 'The view was nice but the food was horrible and the waiter rude'
    const said = classify(classifier, text)
    const grounds = sentimentGrounds(classifier, text, said)
    const words = grounds.map(({ start, end }) => text.slice(start, end))
    expect(said.sentiment.label).toBe('negative')
    expect(words.slice(0, 3)).toContain('horrible')
    expect(grounds.find(({ start }) => text.startsWith('nice', start))?.amount ?? -1).toBeLessThan(0)
  })
})

describe('language', () => {
  test.each([
    ['The weather is lovely today and we are going out', 'en'],
    ['Das Wetter ist heute schön und wir gehen raus', 'de'],
    ['El tiempo está muy bueno hoy y vamos a salir', 'es'],
    ['الطقس جميل اليوم', 'ar'],
    ['今日はいい天気ですね', 'ja'],
    ['今天天气很好', 'zh'],
    ['오늘 날씨가 좋네요', 'ko'],
    ['วันนี้อากาศดี', 'th'],
    ['Ο καιρός είναι καλός', 'el'],
    ['@ann 👍 https://example.org', 'und'],
    ['12 :)', 'und'],
    ['yaar kya baat hai bahut acha laga aaj', 'hi-Latn'],
  ])('of "%s" is %s', (text, language) => {
    expect(classify(classifier, text).language).toBe(language)
  })

  test('a stated one decides where the text itself leaves it open', () => {
    expect(classify(classifier, 'super interessante', { languages: ['it'] }).language).toBe('it')
    expect(classify(classifier, 'super interessante', { languages: ['pt-BR'] }).language).toBe('pt')
    expect(classify(classifier, 'The weather is lovely today', { languages: ['de'] }).language).toBe('en')
  })
})

test('a post of a million signs is judged by its beginning', () => {
  const said = classify(classifier, `I hate this terrible thing. ${'x'.repeat(1_000_000)}`)
  expect(said.sentiment.label).toBe('negative')
})
