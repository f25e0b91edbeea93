// The second look changes what is unsure, keeps quiet about other languages, and steps back when memory is short.

import { afterAll, expect, test } from 'vitest'
import { classify, loadClassifier } from '../classify.ts'
import { classifyAccurately, openAccuratePath } from './path.ts'

const classifier = loadClassifier()
const path = openAccuratePath()
afterAll(() => path.stop())

test('English texts are looked at twice, others are left to the fast path', async () => {
  const texts = [
    'The staff could not have been nicer',
    'Das Essen war leider kalt',
    'I am never coming back to this place',
  ]
  const said = await classifyAccurately(classifier, path, texts)
  expect(said.map(({ by }) => by)).toEqual(['accurate', 'fast', 'accurate'])
  expect(said[1]).toEqual(classify(classifier, texts[1]!))
  expect(said[2]!.sentiment.label).toBe('negative')
  for (const { sentiment, emotion } of said) {
    expect(sentiment.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    if (emotion) expect(emotion.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  }
  expect(path.health()).toEqual({ state: 'ready', reason: null, waiting: 0 })
})

test('a text gets the same answer alone and among many', async () => {
  const texts = Array.from({ length: 40 }, (_, at) => `Number ${at} was great, number ${at + 1} was not`)
  const together = await classifyAccurately(classifier, path, texts)
  const alone = await Promise.all(texts.map(async (text) => (await classifyAccurately(classifier, path, [text]))[0]!))
  expect(together).toEqual(alone)
})

test('while memory is short the fast path answers, and health says why', async () => {
  let free = 0
  const careful = openAccuratePath({ leastFree: 100, freeMemory: () => free })
  expect(careful.health().state).toBe('idle')
  const [said] = await classifyAccurately(classifier, careful, ['I love it'])
  expect(said!.by).toBe('fast')
  expect(careful.health()).toMatchObject({ state: 'off', reason: 'memory-short' })
  free = 1_000
  expect((await classifyAccurately(classifier, careful, ['I love it']))[0]!.by).toBe('accurate')
  expect(careful.health()).toMatchObject({ state: 'ready', reason: null })
  await careful.stop()
  expect((await classifyAccurately(classifier, careful, ['I love it']))[0]!.by).toBe('fast')
})
