// `longrun classify`: reads texts from standard input, one a line, and prints what Longrun understands of each.

import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { classifyAccurately, openAccuratePath } from '../listening/text/accurate/path.ts'
import { type Classifier, classify, loadClassifier, sentimentGrounds } from '../listening/text/classify.ts'
import { cleanText } from '../listening/text/clean.ts'
import { type Intent, intents, type Understanding } from '../listening/text/types.ts'
import type { Invocation } from './index.ts'

interface Options {
  path: 'fast' | 'accurate'
  json: boolean
  column: number | null
  language: string | undefined
  words: boolean
}

/** Where the text stands in a line of columns: the last one unless `--column` says otherwise. */
function textOf(line: string, column: number | null): string {
  const parts = line.split('\t')
  return cleanText((column === null ? parts.at(-1) : parts[column - 1]) ?? '')
}

export async function classifyLines({ args }: Invocation): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`)
    return 2
  }
  const classifier = loadClassifier()
  const hints = { languages: options.language ? [options.language] : [] }
  const path = options.path === 'accurate' ? openAccuratePath() : null
  if (!options.json) process.stdout.write(`${names.join('\t')}\n`)
  for await (const texts of batches(options.column)) {
    const said = path
      ? await classifyAccurately(classifier, path, texts, hints)
      : texts.map((text) => classify(classifier, text, hints))
    const lines = said.map((each, at) => `${answer(classifier, texts[at]!, each, options)}\n`).join('')
    if (!process.stdout.write(lines)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  const health = path?.health()
  await path?.stop()
  if (health?.reason) process.stderr.write(`The accurate path was off (${health.reason}); the fast one answered.\n`)
  return health?.reason ? 1 : 0
}

const most = 64

async function* batches(column: number | null): AsyncGenerator<string[]> {
  let texts: string[] = []
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    texts.push(textOf(line, column))
    if (texts.length < most) continue
    yield texts
    texts = []
  }
  if (texts.length > 0) yield texts
}

function readOptions(args: string[]): Options | string {
  const { values } = parseArgs({
    args,
    options: {
      path: { type: 'string', default: 'fast' },
      json: { type: 'boolean', default: false },
      column: { type: 'string' },
      language: { type: 'string' },
      words: { type: 'boolean', default: false },
    },
  })
  const column = values.column === undefined ? null : Number(values.column)
  if (column !== null && !(Number.isInteger(column) && column > 0)) return '--column takes a number from 1 on.'
  if (values.path !== 'fast' && values.path !== 'accurate') return '--path takes "fast" or "accurate".'
  return { path: values.path, json: values.json, column, language: values.language, words: values.words }
}

const names = [
  ...['sentiment', 'negative', 'neutral', 'positive', 'valence', 'language', 'emotion', 'emotion_probability'],
  ...['offensive', 'crisis', 'intents'],
]

function answer(classifier: Classifier, text: string, said: Understanding, { json, words }: Options): string {
  if (json) return JSON.stringify({ text, ...said, ...(words ? { words: decisive(classifier, text, said) } : {}) })
  return [
    said.sentiment.label,
    ...said.sentiment.shares.map(rounded),
    rounded(said.valence),
    said.language,
    said.emotion?.label ?? '',
    said.emotion ? rounded(said.emotion.probability) : '',
    said.offensive ? rounded(said.offensive.probability) : '',
    said.crisis ? rounded(said.crisis.probability) : '',
    held(said).join(','),
  ].join('\t')
}

const rounded = (value: number): string => value.toFixed(4)

const held = ({ intents: said }: Understanding): Intent[] => intents.filter((intent) => said?.[intent].is)

const decisive = (classifier: Classifier, text: string, said: Understanding): { word: string; amount: number }[] =>
  sentimentGrounds(classifier, text, said).map(({ start, end, amount }) => ({
    word: text.slice(start, end),
    amount: Number(amount.toFixed(3)),
  }))
