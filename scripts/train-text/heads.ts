// The tasks that ship: what each learns from, with which settings.

import { type Emotion, emotions, sentiments } from '../../src/listening/text/types.ts'
import { type Auxiliary, auxiliaryScores, fold } from './auxiliary.ts'
import { languages } from './corpora.ts'
import type { Examples } from './examples.ts'
import { type Linear, learn, type Settings, type Target } from './learn.ts'
import type { Pool } from './pool.ts'
import { firstLabel, makeTarget, type Wish } from './targets.ts'

export interface Head {
  name: string
  kind: 'one-of' | 'each'
  labels: readonly string[]
  languages: string[]
  model: Linear
}

/** The pull towards 0 costs nothing on posts of the same years and gains on other sources, where single words mislead. */
const usual: Settings = { epochs: 5, rate: 0.1, decay: 0.004, seed: 1, drop: 0.3, useStyle: true }

/** GoEmotions' numbers by what users of Longrun call them; what fits none of the names is left out. */
const emotionOf: Record<number, Emotion> = {
  ...{ 0: 'joy', 1: 'joy', 5: 'joy', 13: 'joy', 15: 'joy', 17: 'joy', 18: 'joy', 21: 'joy', 23: 'joy' },
  ...{ 8: 'optimism', 20: 'optimism', 2: 'anger', 3: 'anger', 11: 'anger', 9: 'sadness', 16: 'sadness' },
  ...{ 24: 'sadness', 25: 'sadness', 14: 'fear', 19: 'fear', 26: 'surprise', 27: 'none' },
}
const emotionOfTweet: Emotion[] = ['anger', 'joy', 'optimism', 'sadness']

export const redditEmotion = (labels: string[]): number | null => {
  const said = new Set(labels[0]!.split(',').map((each) => emotionOf[Number(each)]))
  const [only] = said
  return said.size === 1 && only ? emotions.indexOf(only) : null
}
export const tweetEmotion = (labels: string[]): number => emotions.indexOf(emotionOfTweet[Number(labels[0])]!)

export interface Ground {
  examples: Examples
  pool: Pool
  auxiliaries: Auxiliary[]
}

export function head(
  ground: Ground,
  told: Omit<Head, 'model'>,
  target: Target,
  helpers: string[],
  settings = usual,
): Head {
  const chosen = ground.auxiliaries.filter(({ name }) => helpers.includes(name))
  const extra = auxiliaryScores(ground.examples, chosen)
  const model = learn(ground.examples, target, settings, extra)
  return { ...told, model: fold(model, chosen, extra.spread) }
}

/** `taught`: further texts with shares in place of labels, as a stronger model gave them. */
export function learnSentiment(ground: Ground, taught: Wish[] = []): Head {
  const wishes: Wish[] = [{ part: ground.pool.parts['sentiment-train']!, label: firstLabel }, ...taught]
  const told = { name: 'sentiment', kind: 'one-of' as const, labels: sentiments, languages: ['en'] }
  const helpers = ['emoji', 'goemotions', 'offensive', 'hate', 'irony', 'emotion']
  return head(ground, told, makeTarget('softmax', 3, wishes), helpers)
}

export function learnSentimentElsewhere(ground: Ground): Head {
  const wishes = Object.keys(languages).map((code) => ({
    part: ground.pool.parts[`${code}-train`]!,
    label: firstLabel,
  }))
  const told = { name: 'sentiment-elsewhere', kind: 'one-of' as const, labels: sentiments, languages: [] }
  return head(ground, told, makeTarget('softmax', 3, wishes), ['emoji'], { ...usual, rate: 0.05, epochs: 10 })
}

export function learnEmotion(ground: Ground): Head {
  const { parts } = ground.pool
  const neutral = (labels: string[], row: number): number | null => (labels[0] === '1' && row % 5 === 0 ? 0 : null)
  const target = makeTarget(
    'softmax',
    emotions.length,
    [
      { part: parts['goemotions-train']!, label: redditEmotion },
      { part: parts['emotion-train']!, label: tweetEmotion, weight: 2 },
      { part: parts['sentiment-train']!, label: neutral, weight: 0.5 },
    ],
    0.5,
  )
  const told = { name: 'emotion', kind: 'one-of' as const, labels: emotions, languages: ['en'] }
  return head(ground, told, target, ['emoji', 'sentiment', 'offensive', 'irony'])
}

export function learnOffensive(ground: Ground): Head {
  const { parts } = ground.pool
  const target = makeTarget('yes-no', 1, [{ part: parts['offensive-train']!, label: (labels) => [Number(labels[0])] }])
  const told = { name: 'offensive', kind: 'each' as const, labels: ['offensive'], languages: ['en'] }
  return head(ground, told, target, ['emoji', 'goemotions', 'sentiment', 'irony', 'hate'])
}

/** Events whose texts are kept for judging: what is learnt must hold for a crisis that nobody has seen. */
export const judgedEvents = [
  '2013_NY_train_crash',
  '2013_Singapore_haze',
  '2013_West_Texas_explosion',
  '2013_West_Texas_Explosion',
]
export const reportsCrisis = (labels: string[]): number[] | null =>
  labels[1] === 'Related and informative' ? [1] : labels[1] === 'Not related' ? [0] : null

/** Every so many-th report is kept for calibration. */
export const keptReports = 5

export function learnCrisis(ground: Ground): Head {
  const { parts } = ground.pool
  const reports = parts['reports-train']!
  const request = ([, related, asks, , aid, direct]: string[]): number[] | null =>
    related !== '1' ? [0] : asks === '1' || aid === '1' || direct === '1' ? [1] : null
  const seldom =
    (share: number) =>
    (_: string[], row: number): number[] | null =>
      row % share === 0 ? [0] : null
  const target = makeTarget('yes-no', 1, [
    {
      part: reports,
      label: (labels, row) =>
        judgedEvents.includes(labels[0]!) || (row - reports.start) % keptReports === 0 ? null : reportsCrisis(labels),
    },
    {
      part: parts['events-train']!,
      label: ([event, topic]) => (judgedEvents.includes(event!) ? null : [topic === 'on-topic' ? 1 : 0]),
      weight: 0.5,
    },
    { part: parts['requests-train']!, label: request },
    { part: parts['sentiment-train']!, label: seldom(2), weight: 0.5 },
    { part: parts['emoji-train']!, label: seldom(3), weight: 0.5 },
    { part: parts['goemotions-train']!, label: seldom(3), weight: 0.5 },
    { part: parts['support-train']!, label: seldom(2), weight: 0.5 },
  ])
  const told = { name: 'crisis', kind: 'each' as const, labels: ['crisis'], languages: ['en', 'es'] }
  // Words of the events themselves must not decide: the next crisis has other names.
  return head(ground, told, target, [], { ...usual, epochs: 3, drop: 0.5 })
}

export function learnHinglish(ground: Ground): Head {
  const { parts } = ground.pool
  const no = () => [0]
  const target = makeTarget('yes-no', 1, [
    { part: parts['hi-train']!, label: () => [1], weight: 2 },
    ...['de', 'es', 'fr', 'it', 'pt', 'en'].map((code) => ({ part: parts[`${code}-train`]!, label: no })),
    { part: parts['sentiment-train']!, label: (_, row) => (row % 3 === 0 ? [0] : null) },
    { part: parts['goemotions-train']!, label: (_, row) => (row % 6 === 0 ? [0] : null) },
  ])
  const told = { name: 'hinglish', kind: 'each' as const, labels: ['hinglish'], languages: [] }
  return head(ground, told, target, [], { ...usual, useStyle: false, rate: 0.05 })
}
