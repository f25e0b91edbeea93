// Writes what the encoder is trained on: numbers of pieces, made by the product's own reader, with the labels of each task.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePieces, type Vocabulary } from '../../src/listening/text/accurate/pieces.ts'
import { bareEmoji, prepare } from '../../src/listening/text/accurate/prepare.ts'
import { emoji as emojiKind, makeTokens, scan } from '../../src/listening/text/scan.ts'
import { linesOf, rowsOf } from '../train-text/corpora.ts'

const [packageFolder, out] = process.argv.slice(2)
if (!packageFolder || !out)
  throw new Error('Say where the package lies and where to write: export-pieces.ts FOLDER OUT')
mkdirSync(out, { recursive: true })

const most = 64
const pieces = JSON.parse(readFileSync(join(packageFolder, 'dist/vocab.json'), 'utf8')) as [string, number][]

const sets: Record<string, string> = {
  'sentiment-train': 'tweeteval/sentiment-train.tsv',
  'sentiment-val': 'tweeteval/sentiment-val.tsv',
  'emotion-train': 'tweeteval/emotion-train.tsv',
  'emotion-val': 'tweeteval/emotion-val.tsv',
  'offensive-train': 'tweeteval/offensive-train.tsv',
  'offensive-val': 'tweeteval/offensive-val.tsv',
  'emoji-train': 'tweeteval/emoji-train.tsv',
  'goemotions-train': 'goemotions/train.tsv',
  'goemotions-dev': 'goemotions/dev.tsv',
  'hate-train': 'tweeteval/hate-train.tsv',
  'irony-train': 'tweeteval/irony-train.tsv',
}

const descriptions = new Map(
  linesOf('lexicons/vader-emoji.txt').map((line) => {
    const [emoji, words] = line.split('\t')
    return [bareEmoji(emoji!), words!] as const
  }),
)

/** Emoji that occur in the texts and have a description, the frequent ones first. */
function frequentEmoji(texts: Iterable<string>): string[] {
  const counts = new Map<string, number>()
  const tokens = makeTokens()
  for (const text of texts) {
    scan(text, tokens)
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kind[at] !== emojiKind) continue
      const emoji = bareEmoji(text.slice(tokens.start[at], tokens.end[at]))
      if (descriptions.has(emoji)) counts.set(emoji, (counts.get(emoji) ?? 0) + 1)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([emoji]) => emoji)
}

const rows = Object.fromEntries(Object.entries(sets).map(([name, path]) => [name, rowsOf(path)]))
const emoji = frequentEmoji(Object.values(rows).flatMap((each) => each.map(({ text }) => text))).slice(0, 500)
const vocabulary: Vocabulary = { pieces, reserved: 6, emoji, emojiFrom: 8002 }
const known = makePieces(vocabulary)
writeFileSync(join(out, 'vocabulary.json'), JSON.stringify(vocabulary))
// Where an emoji begins to learn from: the pieces of its description.
writeFileSync(join(out, 'emoji.txt'), emoji.map((each) => prepare(known, descriptions.get(each)!).join(' ')).join('\n'))
for (const [name, each] of Object.entries(rows))
  writeFileSync(
    join(out, `${name}.txt`),
    each.map(({ text, labels }) => `${labels[0]}\t${prepare(known, text, most).join(' ')}`).join('\n'),
  )
