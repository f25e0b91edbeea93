// Training learns what can be learnt, gives the same weights for the same texts, and folding changes no score.

import { expect, test } from 'vitest'
import { auxiliaryScores, fold } from '../../scripts/train-text/auxiliary.ts'
import { makeExamples } from '../../scripts/train-text/examples.ts'
import { learn, type Settings, scoreRow } from '../../scripts/train-text/learn.ts'
import { seeded } from '../../scripts/train-text/random.ts'
import { makeTarget } from '../../scripts/train-text/targets.ts'
import { styleCount } from '../../src/listening/text/style.ts'

const lexicon = { valence: new Map(), opinion: new Map() }
const random = seeded(3)
const pick = (from: string[]): string => from[Math.floor(random() * from.length)]!
const filler = 'today the of house there river some window green talk over'.split(' ')
const texts = Array.from({ length: 400 }, (_, at) => {
  const told = at % 2 === 0 ? ['splendid', 'merry'] : ['dreadful', 'gloomy']
  return [pick(filler), pick(told), pick(filler), pick(filler), at % 3 === 0 ? pick(told) : pick(filler)].join(' ')
})
const part = { start: 0, rows: texts.map((text, at) => ({ text, labels: [String(at % 2)] })) }
const settings: Settings = { epochs: 4, rate: 0.2, decay: 0.001, seed: 1, drop: 0.2, useStyle: true }

const examples = () => makeExamples(texts, lexicon, 2)
const target = () => makeTarget('softmax', 2, [{ part, label: (labels) => Number(labels[0]) }])

test('what the words tell is learnt', () => {
  const rows = examples()
  const model = learn(rows, target(), settings)
  const scores = new Float64Array(2)
  const right = texts.filter((_, at) => {
    scoreRow({ model, examples: rows, scores }, at)
    return (scores[1]! > scores[0]! ? 1 : 0) === at % 2
  })
  expect(right.length).toBe(texts.length)
})

test('the same texts give the same weights', () => {
  const [one, other] = [learn(examples(), target(), settings), learn(examples(), target(), settings)]
  expect(other).toEqual(one)
  expect(learn(examples(), target(), { ...settings, seed: 2 }).sparse).not.toEqual(one.sparse)
})

test('helping tasks multiplied into a table give the scores that they gave beside it', () => {
  const rows = examples()
  const helper = learn(rows, makeTarget('yes-no', 1, [{ part, label: (_, row) => [row % 4 === 0 ? 1 : 0] }]), settings)
  const helpers = [{ name: 'quarter', model: helper }]
  const extra = auxiliaryScores(rows, helpers)
  const model = learn(rows, target(), settings, extra)
  const folded = fold(model, helpers, extra.spread)
  expect(folded.dense).toHaveLength(styleCount * 2)
  const [beside, within] = [new Float64Array(2), new Float64Array(2)]
  for (let row = 0; row < 50; row++) {
    scoreRow({ model, examples: rows, extra, scores: beside }, row)
    scoreRow({ model: folded, examples: rows, scores: within }, row)
    for (const at of [0, 1]) expect(within[at]!).toBeCloseTo(beside[at]!, 3)
  }
})
