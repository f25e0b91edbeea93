// Writes the model card; every figure in it comes from the run that wrote it.

import type { Table } from '../../src/listening/text/table.ts'
import type { Line } from './evaluate.ts'

export interface CardFacts {
  table: Table
  bytes: number
  hash: string
  texts: number
  lines: Line[]
  /** Macro recall on English posts before and after weights became whole numbers and rare features were left out. */
  rounding: { before: number; after: number }
}

const sources = `| texts | rows | what for | licence as stated |
|---|---|---|---|
| TweetEval: sentiment (rebuilt from the SemEval files), emotion, offensive, hate, irony, emoji | 45,587 + 3,257 + 11,916 + 9,000 + 2,862 + 45,000 | sentiment, emotion, offence; helping tasks | free use by its authors; each source's own terms |
| UMSAB: Arabic, English, French, German, Hindi in Latin letters, Italian, Portuguese, Spanish | 8 × 1,839 | sentiment outside of English, Hinglish | Apache-2.0 |
| GoEmotions: forum comments with 28 emotions | 43,410 | emotion, praise, helping task | Apache-2.0 |
| CrisisLex T6 and T26, some events left out | 61,700 | crisis | MIT |
| Disaster response messages | 2,337 | crisis | CC BY 4.0 |
| banking77: requests to a bank | 10,003 | crisis: everyday requests that are none | CC BY 4.0 |
| VADER words and emoji; opinion lexicon of Hu and Liu | 7,520 + 3,569; 6,800 | ratings of words, kept as numbers under hashes | MIT; CC BY 4.0 |`

export function cardOf({ table, bytes, hash, texts, lines, rounding }: CardFacts): string {
  const rows = lines.map(
    ({ what, figure, words, n, calibration }) =>
      `| ${what} | ${figure} | ${words} | ${n.toLocaleString('en')} | ${calibration === null ? '' : calibration.toFixed(3)} |`,
  )
  return `# Model card: the fast text model

Written by \`npm run train:text\`; do not edit by hand. The file is \`src/listening/text/model/text.table\`, ${(bytes / 1e6).toFixed(1)} MB, SHA-256 of its
bytes ${hash}.

## What it is

A linear model over words, pairs of words, runs of two to five letters and 38 features of style (rated words under negation and stress, signs, capitals,
pictures): ${table.keys.length.toLocaleString('en')} features × ${table.columns} outputs, one byte each, one pass for all of them. What other labelled texts teach (emoji, 28 emotions, hate,
irony) is learnt as helping tasks over the same features and multiplied into the table. The encoder of the accurate path
labels further posts, from which English sentiment learns too. Words enter as hashes; no text and no word list is in the file.

It answers: sentiment (negative, neutral, positive) in English and, by a second set of weights, in the other languages; and for English (also posts whose
language cannot be told) emotion, offence, and whether a post tells of a crisis (also Spanish). Each answer has a probability, fitted by a temperature and a
shift on validation texts, and the words that decided.

## Data

${texts.toLocaleString('en')} texts. None of them ships.

${sources}

The licence of posts themselves is that of the platforms they were written on. Sets for non-commercial use alone (suggestions in forums, airline posts, NPS chat) were
not used.

## Figures

On texts that were not trained on, through the product's own function; in brackets the 95 % interval (bootstrap). The last column is the expected
calibration error in ten bins, where classes weigh as they occur. Labels of validation parts also fitted the temperature and the shifts, and chose settings: the first line is
friendlier than the world. The posts about brands were written by us and show other sources and topics; the forum comments are another place and another meaning of neutral.

| what | figure | value | texts | calibration |
|---|---|---|---|---|
${rows.join('\n')}

Whole numbers and ${table.keys.length.toLocaleString('en')} instead of all features cost ${((rounding.before - rounding.after) * 100).toFixed(1)} points of macro recall on English posts (${rounding.before.toFixed(3)} before, ${rounding.after.toFixed(3)} after).

## Limits

- Irony, reported speech and things that are bad only to those who know them are beyond a model of words.
- Intents (question, complaint, suggestion, praise, purchase, job, press, spam) are **not learnt**: no free set of labelled posts exists for them. They are rules over words
  (\`src/listening/text/intents.ts\`) together with the sentiment; their probabilities are how often we trust a rule. They were judged on 114 posts that the writers of the
  rules wrote themselves, so the figures above flatter them; praise was also judged on comments that people labelled with admiration or gratitude.
- Emotion, offence, intents and crisis are not offered outside of English: what was not measured is not shown.
- Hindi means romanised Hindi mixed with English; its validation labels agree badly with its training labels.
- Crisis was learnt from disasters of 2012 and 2013. Crises of a company without people hurt are found by spikes and complaints, not by this answer.
- Valence leans on the ratings of single words by a third; it was not checked against people's ratings of whole posts.
- Texts of the training sets are from 2009 to 2018. New words are unknown to it until it is trained anew.

## Training it anew

\`TEXT_DATA=folder npm run train:text\` with the folders of the sets above; some minutes on one core, a few gigabytes of memory. The same data and the same encoder give the same bytes (it was trained on since).
\`npm run eval:text\` judges the file that is there.
`
}
