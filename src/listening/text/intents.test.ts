// What people want with a post, on plain cases, and what only looks like it.

import { expect, test } from 'vitest'
import { classify, likelyGrounds, loadClassifier } from './classify.ts'
import { findIntent } from './intents.ts'
import { type Intent, intents } from './types.ts'

const classifier = loadClassifier()
const said = (text: string): Intent[] => {
  const { intents: all } = classify(classifier, text, { languages: ['en'] })
  return intents.filter((intent) => all![intent].is)
}

test.each<[string, Intent[]]>([
  ['@shop where can I find the opening hours of the station branch?', ['question']],
  ['@shop still waiting for my refund, this is terrible', ['complaint']],
  ['@app please add a dark mode', ['suggestion']],
  ['@shop thank you so much, great service!', ['praise']],
  ['We are hiring a sales assistant in Leeds, apply now', ['job']],
  ['Journalist here, writing a story on late trains', ['press']],
  ['FREE followers! click here to win a phone', ['spam']],
  ['just ordered the green jacket', ['purchase']],
  ['The meeting is on Tuesday at six', []],
  ['look at this https://example.org/?page=2', []],
])('"%s": %j', (text, wanted) => {
  expect(said(text)).toEqual(wanted)
})

test('a rule shows the words that it found', () => {
  const text = 'We are hiring a nurse in Oslo'
  const [ground] = likelyGrounds(classifier, text, 'job')
  expect(text.slice(ground!.start, ground!.end)).toBe('We are hiring')
})

test('many tags are spam, whatever they say', () => {
  expect(findIntent('spam', '#a1 #b1 #c1 #d1 #e1 #f1 #g1 #h1')).toEqual({ start: 0, end: 31 })
  expect(findIntent('spam', '#nice #day')).toBeNull()
})

test('intents are not offered in languages in which nobody measured them', () => {
  expect(classify(classifier, 'Wann kommt endlich meine Bestellung an?').intents).toBeNull()
})

test('rules take time in proportion to the text', () => {
  for (const unit of ['why ', 'follow ', '@a ', '#x ', '? ', 'bring back the ', 'please '])
    for (const intent of intents) findIntent(intent, unit.repeat(200_000 / unit.length))
})
