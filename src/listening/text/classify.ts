// Understands a text by one pass over its words: language, sentiment, emotion, offence, intents, whether it tells of a crisis.

import { readFileSync } from 'node:fs'
import { spokenLanguage } from './function-words.ts'
import { findIntent, intentsOf } from './intents.ts'
import { languageOf } from './language.ts'
import { type Ground, groundsOf, makeScorer, type Scorer, score } from './score.ts'
import { ratingOfWords } from './style.ts'
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
  undetermined,
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

/** What probabilities weigh in the valence of English texts; the rest are the ratings of its words, which tell better how strong a mood is. */
export const byShares = 2 / 3
export const balance = ([negative, , positive]: number[]): number => positive! - negative!

export interface Hints {
  /** As the network or the author states, BCP 47. */
  languages?: string[]
}

export function classify(classifier: Classifier, text: string, hints: Hints = {}): Understanding {
  const { scorer, tasks } = classifier
  const reading = score(scorer, text)
  const ratedWords = reading.style[ratingOfWords]!
  const { scores, reader } = scorer
  const likely = (name: string): Likely | null => {
    const task = tasks.get(name)
    if (!task) return null
    const probability = chance(scores[task.column]!)
    return { is: probability >= task.thresholds[0]!, probability }
  }
  const language = languageOf(text, {
    reading,
    spoken: spokenLanguage(reading.forms, reading.count),
    looksHinglish: likely('hinglish')?.is ?? false,
    stated: hints.languages,
  })
  const isEnglish = language === 'en' || language === undetermined
  const sentiment = choose<Sentiment>(scores, sentimentTask(classifier, language), sentiments)
  const emotion = tasks.get('emotion')
  return {
    by: 'fast',
    language,
    sentiment,
    valence: isEnglish ? balance(sentiment.shares) * byShares + ratedWords * (1 - byShares) : balance(sentiment.shares),
    // Learnt from English alone: in another language they would be guesses.
    emotion: isEnglish && emotion ? choose<Emotion>(scores, emotion, emotions) : null,
    offensive: isEnglish ? likely('offensive') : null,
    intents: isEnglish ? intentsOf(text, reader.tokens, sentiment.shares) : null,
    crisis: isEnglish || language === 'es' ? likely('crisis') : null,
  }
}

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

/** Why offence, a crisis or an intent is seen. An intent that a rule found shows the words of the rule. */
export function likelyGrounds(
  classifier: Classifier,
  text: string,
  name: 'offensive' | 'crisis' | Intent,
  most?: number,
): Ground[] {
  const intent = intents.find((each) => each === name)
  if (intent) {
    const found = findIntent(intent, text)
    if (found) return [{ ...found, amount: 1 }]
    return sentimentGrounds(classifier, text, classify(classifier, text), most)
  }
  const task = classifier.tasks.get(name)
  if (!task) return []
  const towards = new Float64Array(classifier.scorer.table.columns)
  towards[task.column] = 1
  return groundsOf(classifier.scorer, text, towards, most)
}

function choose<Label extends string>(scores: Float64Array, task: Task, labels: readonly Label[]): Choice<Label> {
  const shares = sharesOf(scores.subarray(task.column, task.column + task.labels.length))
  const best = shares.indexOf(Math.max(...shares))
  return { label: labels[best]!, probability: shares[best]!, shares }
}

/** Softmax. Plain loops: this runs several times for each post. */
export function sharesOf(scores: ArrayLike<number>): number[] {
  let most = scores[0]!
  for (let at = 1; at < scores.length; at++) if (scores[at]! > most) most = scores[at]!
  const shares: number[] = []
  let sum = 0
  for (let at = 0; at < scores.length; at++) {
    const raised = Math.exp(scores[at]! - most)
    sum += raised
    shares.push(raised)
  }
  for (let at = 0; at < shares.length; at++) shares[at]! /= sum
  return shares
}

const chance = (score: number): number => 1 / (1 + Math.exp(-score))
