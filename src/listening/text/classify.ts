// Understands a text by one pass over its words: language, sentiment, emotion, offence, intents, whether it tells of a crisis.

import { readFileSync } from 'node:fs'
import { hinglish, languageOf, undetermined } from './language.ts'
import { type Ground, groundsOf, makeScorer, type Scorer, score } from './score.ts'
import { type Task, unpackTable } from './table.ts'
import {
  type Choice,
  type Emotion,
  emotions,
  type Intent,
  intents,
  type Likely,
  type Sentiment,
  sentiments,
  type Understanding,
} from './types.ts'

export const tableFile = new URL('model/text.table', import.meta.url)

export interface Classifier {
  scorer: Scorer
  tasks: Map<string, Task>
}

/** Reads the table that ships with Longrun; throws where it is damaged or of another version. */
export const loadClassifier = (file: URL | string = tableFile): Classifier =>
  makeClassifier(makeScorer(unpackTable(readFileSync(file))))

export const makeClassifier = (scorer: Scorer): Classifier => ({
  scorer,
  tasks: new Map(scorer.table.tasks.map((task) => [task.name, task])),
})

export interface Hints {
  /** As the network or the author states, BCP 47. */
  languages?: string[]
}

export function classify(classifier: Classifier, text: string, hints: Hints = {}): Understanding {
  const { scorer, tasks } = classifier
  score(scorer, text)
  const { scores, reader } = scorer
  const likely = (name: string, label = 0): Likely | null => {
    const task = tasks.get(name)
    if (!task) return null
    const probability = chance(scores[task.column + label]!)
    return { is: probability >= task.thresholds[label]!, probability }
  }
  const language = languageOf(text, reader.tokens, likely('hinglish')?.is ?? false, hints.languages)
  const isEnglish = language === 'en' || language === undetermined
  const sentiment = choose<Sentiment>(scores, sentimentTask(classifier, language), sentiments)
  const [negative, , positive] = sentiment.shares
  const emotion = tasks.get('emotion')
  return {
    language,
    sentiment,
    valence: positive! - negative!,
    // Learnt from English alone: in another language they would be guesses.
    emotion: isEnglish && emotion ? choose<Emotion>(scores, emotion, emotions) : null,
    offensive: isEnglish ? likely('offensive') : null,
    intents: isEnglish && tasks.has('intent') ? intentsOf((label) => likely('intent', label)!) : null,
    crisis: isEnglish || language === 'es' ? likely('crisis') : null,
  }
}

const intentsOf = (likely: (label: number) => Likely): Record<Intent, Likely> =>
  Object.fromEntries(intents.map((intent, label) => [intent, likely(label)])) as Record<Intent, Likely>

const sentimentTask = ({ tasks }: Classifier, language: string): Task =>
  tasks.get(language === 'en' || language === undetermined ? 'sentiment' : 'sentiment-elsewhere')!

/** Why: the words that spoke most for and against the sentiment that was said. */
export function sentimentGrounds(classifier: Classifier, text: string, said: Understanding, most?: number): Ground[] {
  const task = sentimentTask(classifier, said.language)
  const towards = new Float64Array(classifier.scorer.table.columns)
  const label = sentiments.indexOf(said.sentiment.label)
  for (let each = 0; each < sentiments.length; each++) towards[task.column + each] = each === label ? 1 : -0.5
  return groundsOf(classifier.scorer, text, towards, most)
}

/** Why an intent, offence or crisis is seen: what speaks for it. */
export function likelyGrounds(
  classifier: Classifier,
  text: string,
  name: 'offensive' | 'crisis' | Intent,
  most?: number,
): Ground[] {
  const intent = intents.indexOf(name as Intent)
  const task = classifier.tasks.get(intent < 0 ? name : 'intent')
  if (!task) return []
  const towards = new Float64Array(classifier.scorer.table.columns)
  towards[task.column + Math.max(intent, 0)] = 1
  return groundsOf(classifier.scorer, text, towards, most)
}

function choose<Label extends string>(scores: Float64Array, task: Task, labels: readonly Label[]): Choice<Label> {
  const shares = sharesOf(scores.subarray(task.column, task.column + task.labels.length))
  const best = shares.indexOf(Math.max(...shares))
  return { label: labels[best]!, probability: shares[best]!, shares }
}

export function sharesOf(scores: ArrayLike<number>): number[] {
  const most = Math.max(...Array.from(scores))
  const raised = Array.from(scores, (score) => Math.exp(score - most))
  const sum = raised.reduce((total, each) => total + each, 0)
  return raised.map((each) => each / sum)
}

const chance = (score: number): number => 1 / (1 + Math.exp(-score))

export { hinglish, undetermined }
