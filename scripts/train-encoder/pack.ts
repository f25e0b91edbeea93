// Puts the exported weights, the vocabulary and the blend with the fast path into the file that ships; prints what each costs and gains.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blendShares, logShares } from '../../src/listening/text/accurate/blend.ts'
import {
  type Blend,
  type EncoderHead,
  encoderFile,
  encoderSeal,
  loadEncoder,
} from '../../src/listening/text/accurate/encoder.ts'
import type { Vocabulary } from '../../src/listening/text/accurate/pieces.ts'
import { classify, loadClassifier } from '../../src/listening/text/classify.ts'
import { sealFile } from '../../src/listening/text/sealed.ts'
import { emotions, sentiments } from '../../src/listening/text/types.ts'
import { fitShares } from '../train-text/calibrate.ts'
import { rowsOf } from '../train-text/corpora.ts'
import { evaluate } from '../train-text/evaluate.ts'
import { confusion, macroF1, macroRecall } from '../train-text/figures.ts'
import { redditEmotion, tweetEmotion } from '../train-text/heads.ts'
import { gatherTexts } from '../train-text/pool.ts'
import { accurately } from '../train-text/second-look.ts'
import { accurateCard } from './card.ts'

const [piecesFolder, rawFile, out = fileURLToPath(encoderFile), card] = process.argv.slice(2)
if (!piecesFolder || !rawFile)
  throw new Error('Say where pieces and weights lie: pack.ts PIECES WEIGHTS.raw [OUT [CARD]]')

const vocabulary = JSON.parse(readFileSync(join(piecesFolder, 'vocabulary.json'), 'utf8')) as Vocabulary
const raw = readFileSync(rawFile)
const heads = [
  { name: 'sentiment', labels: sentiments.length },
  { name: 'emotion', labels: emotions.length },
  { name: 'offensive', labels: 2 },
]

function write(blends: Record<string, Blend>): void {
  const head: EncoderHead = { vocabulary, heads, blends }
  const words = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(words.length)
  const file = sealFile(encoderSeal, Buffer.concat([length, words, raw]))
  writeFileSync(out, file)
  console.log(`${out}: ${(file.length / 1e6).toFixed(2)} MB`)
}

interface Case {
  want: number
  fast: number[]
  scores: Float32Array
}

const best = (shares: ArrayLike<number>): number => Array.from(shares).indexOf(Math.max(...Array.from(shares)))

function judge(
  cases: Case[],
  classes: number,
  shares: (each: Case) => ArrayLike<number>,
): { recall: number; f1: number } {
  const table = confusion({
    wanted: cases.map(({ want }) => want),
    said: cases.map((each) => best(shares(each))),
    classes,
  })
  return { recall: macroRecall(table, classes), f1: macroF1(table, classes) }
}

/** The weight that gives the highest mean log-probability, and the calibration that goes with it. */
function fit(cases: Case[], classes: number): Blend {
  const rows = (weight: number): number[][] =>
    cases.map(({ fast, scores }) => {
      const slow = logShares(scores)
      return fast.map((share, at) => Math.log(Math.max(share, 1e-9)) + weight * slow[at]!)
    })
  let found: Blend & { loss: number } = { weight: 0, slope: 1, shifts: [], loss: Number.POSITIVE_INFINITY }
  for (const weight of [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3]) {
    const blend = {
      weight,
      ...fitShares(
        rows(weight),
        cases.map(({ want }) => want),
        classes,
      ),
    }
    const counts = Array.from({ length: classes }, (_, each) => cases.filter(({ want }) => want === each).length)
    const loss = cases.reduce(
      (sum, { want, fast, scores }) =>
        sum - Math.log(Math.max(blendShares(fast, scores, blend)[want]!, 1e-9)) / counts[want]!,
      0,
    )
    if (loss < found.loss) found = { ...blend, loss }
  }
  const { weight, slope, shifts } = found
  return { weight, slope, shifts }
}

write({})
const encoder = await loadEncoder(out)
const classifier = loadClassifier()
const places = new Map(
  heads.map(({ name, labels }, at) => {
    const from = heads.slice(0, at).reduce((sum, head) => sum + head.labels, 0)
    return [name, [from, from + labels] as const]
  }),
)

const remembered = new Map<string, Float32Array>()
/** The same posts are asked for by several figures. */
function remember(text: string): Float32Array {
  const scores = remembered.get(text) ?? encoder.run(text)
  remembered.set(text, scores)
  return scores
}

function casesOf(head: string, path: string, want: (labels: string[]) => number | null): Case[] {
  const [from, to] = places.get(head)!
  return rowsOf(path).flatMap(({ text, labels }) => {
    const wanted = want(labels)
    if (wanted === null) return []
    const said = classify(classifier, text, { languages: ['en'] })
    if (said.emotion === null || said.offensive === null) return []
    const fast =
      head === 'sentiment'
        ? said.sentiment.shares
        : head === 'emotion'
          ? said.emotion.shares
          : [1 - said.offensive.probability, said.offensive.probability]
    return [{ want: wanted, fast, scores: remember(text).subarray(from, to) }]
  })
}

const first = (labels: string[]): number => Number(labels[0])
const sets: [string, Case[]][] = [
  ['sentiment', casesOf('sentiment', 'tweeteval/sentiment-val.tsv', first)],
  [
    'emotion',
    [
      ...casesOf('emotion', 'tweeteval/emotion-val.tsv', tweetEmotion),
      ...casesOf('emotion', 'goemotions/dev.tsv', redditEmotion),
    ],
  ],
  ['offensive', casesOf('offensive', 'tweeteval/offensive-val.tsv', first)],
]
const blends: Record<string, Blend> = {}
const gains: string[] = []
for (const [name, cases] of sets) {
  const classes = heads.find((head) => head.name === name)!.labels
  const blend = fit(cases, classes)
  blends[name] = blend
  const words = ({ recall, f1 }: { recall: number; f1: number }): string => `${recall.toFixed(3)} | ${f1.toFixed(3)}`
  const rows = [
    ['fast path', words(judge(cases, classes, ({ fast }) => fast))],
    ['encoder', words(judge(cases, classes, ({ scores }) => scores))],
    [
      `both, weight ${blend.weight}`,
      words(judge(cases, classes, ({ fast, scores }) => blendShares(fast, scores, blend))),
    ],
  ]
  for (const [who, figures] of rows) gains.push(`| ${name} | ${who} | ${figures} |`)
  console.log(gains.slice(-3).join('\n'))
}
write(blends)
const began = process.cpuUsage()
const texts = rowsOf('tweeteval/sentiment-val.tsv').slice(0, 1_000)
for (const { text } of texts) encoder.run(text)
const { user, system } = process.cpuUsage(began)
console.log(`${Math.round((texts.length * 1e6) / (user + system))} posts a second of processor time`)

const pool = gatherTexts()
// What the encoder does not touch need not be read by it.
for (const [name, part] of Object.entries(pool.parts))
  if (!/^(sentiment|brands|goemotions|emotion|offensive)-val$/.test(name)) part.rows = []
const lines = evaluate(accurately(classifier, { ...encoder, blends, run: remember }), pool).filter(({ what }) =>
  /English|brands|forum|Offensive/.test(what),
)
for (const { what, figure, words } of lines) console.log(`${what}: ${figure} ${words}`)
if (card !== undefined)
  writeFileSync(
    card,
    accurateCard({
      lines,
      bytes: readFileSync(out).length,
      gains,
      rate: Math.round((texts.length * 1e6) / (user + system)),
    }),
  )
