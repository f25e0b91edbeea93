// `npm run train:text`: learns the table of the fast path from the labelled texts, writes it with its model card, and prints the figures.

import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { classify, makeClassifier, tableFile } from '../../src/listening/text/classify.ts'
import { makeScorer, type Scorer, score } from '../../src/listening/text/score.ts'
import { packTable, unpackTable } from '../../src/listening/text/table.ts'
import { learnAuxiliaries } from './auxiliary.ts'
import { calibrate } from './calibrate.ts'
import { cardOf } from './card.ts'
import type { Row } from './corpora.ts'
import { evaluate } from './evaluate.ts'
import { makeExamples } from './examples.ts'
import { confusion, macroRecall } from './figures.ts'
import { fittings } from './fittings.ts'
import * as heads from './heads.ts'
import { scoreRow } from './learn.ts'
import { compileLexicon } from './lexicon.ts'
import { gatherTexts } from './pool.ts'
import { makeTable } from './quantise.ts'
import { teachSentiment } from './teach.ts'

const { values: told } = parseArgs({
  options: {
    features: { type: 'string', default: '400000' },
    /** A feature that fewer texts have is not looked at. */
    least: { type: 'string', default: '2' },
    card: { type: 'string', default: fileURLToPath(new URL('../../docs/models/text.md', import.meta.url)) },
    out: { type: 'string', default: fileURLToPath(tableFile) },
  },
})

const began = performance.now()
const say = (words: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${words}`)

const lexicon = compileLexicon()
const pool = gatherTexts()
say(`${pool.texts.length} texts`)
const examples = makeExamples(pool.texts, lexicon, Number(told.least))
say(`${examples.keys.length} features`)
const auxiliaries = learnAuxiliaries(examples, pool, [
  'emoji',
  'goemotions',
  'offensive',
  'hate',
  'irony',
  'emotion',
  'sentiment',
])
say('helping tasks learnt')
const ground = { examples, pool, auxiliaries }
const own = heads.learnSentiment(ground)
say('sentiment learnt from labels')
const taught = await teachSentiment(ground, own)
say(
  taught.length > 0
    ? 'other posts labelled by what was learnt and the encoder'
    : 'no encoder is there: nothing is learnt from it',
)
const learnt = [
  taught.length > 0 ? () => heads.learnSentiment(ground, taught) : () => own,
  heads.learnSentimentElsewhere,
  heads.learnEmotion,
  heads.learnOffensive,
  heads.learnCrisis,
  heads.learnHinglish,
].map((learn) => {
  const head = learn(ground)
  say(`${head.name} learnt`)
  return head
})

const whole = makeScorer(makeTable(examples, learnt, lexicon, Number.POSITIVE_INFINITY))
const table = makeTable(examples, learnt, lexicon, Number(told.features))
const scorer = makeScorer(table)
const rounding = { before: recallOf(learnt[0]!), after: tableRecall(scorer) }
say(
  `macro recall with all features ${tableRecall(whole).toFixed(4)}, before rounding ${rounding.before.toFixed(4)}, as it ships ${rounding.after.toFixed(4)}`,
)
for (const fitting of fittings(pool)) calibrate(scorer, fitting)
mkdirSync(new URL('.', tableFile), { recursive: true })
const file = packTable(table)
writeFileSync(told.out, file)
say(`${told.out}: ${(file.length / 1e6).toFixed(2)} MB, ${table.keys.length} features, ${table.columns} columns`)
const classifier = makeClassifier(makeScorer(unpackTable(file)))
const lines = evaluate((text, hints) => classify(classifier, text, hints), pool)
for (const { what, figure, words, n, calibration } of lines)
  console.log(
    `${what}: ${figure} ${words}, n = ${n}${calibration === null ? '' : `, calibration error ${calibration.toFixed(3)}`}`,
  )
if (told.card !== '') {
  mkdirSync(dirname(told.card), { recursive: true })
  const hash = createHash('sha256').update(file).digest('hex')
  const facts = { table, bytes: file.length, hash, texts: pool.texts.length, lines, rounding }
  writeFileSync(told.card, cardOf(facts))
}

/** Of the first task on its validation posts, with the weights as they were learnt. */
function recallOf(head: heads.Head): number {
  const part = pool.parts['sentiment-val']!
  const scores = new Float64Array(3)
  const said = part.rows.map((_, at) => {
    scoreRow({ model: head.model, examples, scores }, part.start + at)
    return scores.indexOf(Math.max(...scores))
  })
  return recall(part.rows, said)
}

function tableRecall(judged: Scorer): number {
  const { rows } = pool.parts['sentiment-val']!
  const said = rows.map(({ text }) => {
    score(judged, text)
    const scores = judged.scores.subarray(0, 3)
    return scores.indexOf(Math.max(...scores))
  })
  return recall(rows, said)
}

function recall(rows: Row[], said: number[]): number {
  return macroRecall(confusion({ wanted: rows.map(({ labels }) => Number(labels[0])), said, classes: 3 }), 3)
}
