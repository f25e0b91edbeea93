// All texts that training and judging read, in one list, by the part that they come from.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanText } from '../../src/listening/text/clean.ts'
import { languages, type Row, rowsOf, sameness } from './corpora.ts'

export interface Part {
  /** First row in the pool. */
  start: number
  rows: Row[]
}

export interface Pool {
  texts: string[]
  parts: Record<string, Part>
}

const files: Record<string, string> = {
  'sentiment-train': 'tweeteval/sentiment-train.tsv',
  'sentiment-val': 'tweeteval/sentiment-val.tsv',
  'emotion-train': 'tweeteval/emotion-train.tsv',
  'emotion-val': 'tweeteval/emotion-val.tsv',
  'offensive-train': 'tweeteval/offensive-train.tsv',
  'offensive-val': 'tweeteval/offensive-val.tsv',
  'hate-train': 'tweeteval/hate-train.tsv',
  'irony-train': 'tweeteval/irony-train.tsv',
  'emoji-train': 'tweeteval/emoji-train.tsv',
  'goemotions-train': 'goemotions/train.tsv',
  'goemotions-val': 'goemotions/dev.tsv',
  'events-train': 'crisis/t6-train.tsv',
  'reports-train': 'crisis/t26-train.tsv',
  'requests-train': 'disaster-response/validation.tsv',
  'support-train': 'intents/banking77-train.tsv',
  ...Object.fromEntries(
    Object.entries(languages).flatMap(([code, name]) => [
      [`${code}-train`, `umsab/${name}-train.tsv`],
      [`${code}-val`, `umsab/${name}-val.tsv`],
    ]),
  ),
}

/** A text that stands in a part for judging is taken out of every part for training. */
export function gatherTexts(): Pool {
  const read = Object.fromEntries(Object.entries(files).map(([name, path]) => [name, rowsOf(path)]))
  read['brands-val'] = ownRows('brands.tsv')
  const judged = new Set(
    Object.entries(read).flatMap(([name, rows]) =>
      name.endsWith('-val') ? rows.map(({ text }) => sameness(text)) : [],
    ),
  )
  const pool: Pool = { texts: [], parts: {} }
  for (const [name, rows] of Object.entries(read)) {
    const kept = name.endsWith('-val') ? rows : rows.filter(({ text }) => !judged.has(sameness(text)))
    pool.parts[name] = { start: pool.texts.length, rows: kept }
    for (const { text } of kept) pool.texts.push(text)
  }
  return pool
}

/** Written by us, in the way of posts to and about brands; judged with, never trained on. */
function ownRows(name: string): Row[] {
  const lines = readFileSync(join(import.meta.dirname, 'judging', name), 'utf8')
    .split('\n')
    .slice(1)
  return lines.filter(Boolean).map((line) => {
    const parts = line.split('\t')
    return { text: cleanText(parts.at(-1)!), labels: parts.slice(0, -1) }
  })
}
