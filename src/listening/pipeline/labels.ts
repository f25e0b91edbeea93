// How Longrun understands one thing that was said, and the form in which it is stored.

import type { Heard } from '../../connectors/listen.ts'
import type { Labels } from '../mentions/types.ts'
import { intents, type Likely, type Understanding, undetermined } from '../text/types.ts'

/** What decides is said early; the rest of a long article would only cost. In UTF-16 units. */
const readUnits = 4_000

export type Said = Pick<Heard, 'title' | 'text' | 'languages'>

export interface Labeller {
  understand(said: Said): Understanding
  /** What stays the same through small edits; null: it says too little to be compared. */
  marks(said: Said): Uint32Array | null
  /** Why the accurate path should read it too; null: it need not. */
  secondLook(understood: Understanding): 'unsure' | 'important' | null
}

let loading: Promise<Labeller> | null = null

/** Tables of letters and words take 200 MB while they are read: nobody who does not listen pays for them. */
export function labeller(): Promise<Labeller> {
  loading ??= load()
  return loading
}

async function load(): Promise<Labeller> {
  const { classify, loadClassifier } = await import('../text/classify.ts')
  const { marksOf } = await import('../text/doubles.ts')
  const { deservesSecondLook } = await import('../text/accurate/path.ts')
  const classifier = loadClassifier()
  return {
    understand: (said) => classify(classifier, readOf(said), { languages: said.languages }),
    marks: (said) => marksOf(classifier.scorer.reader, readOf(said)),
    secondLook: (understood) =>
      deservesSecondLook(understood) ? (understood.crisis?.is ? 'important' : 'unsure') : null,
  }
}

/** As stated; where nobody states one, told from the words, so that topics in one language are matched all the same. */
export function languagesOf({ understand }: Labeller, said: Said): string[] {
  if (said.languages.length > 0) return said.languages
  const { language } = understand(said)
  return language === undetermined ? [] : [language]
}

/** What is read of it. */
export const readOf = ({ title, text }: Pick<Said, 'title' | 'text'>): string =>
  (title === null ? text : `${title}\n${text}`).slice(0, readUnits)

export function storedLabels(understood: Understanding): Labels {
  const { sentiment, emotion } = understood
  return {
    language: understood.language,
    sentiment: sentimentValue[sentiment.label],
    sentimentCertainty: percent(sentiment.probability),
    emotion: emotion === null || emotion.label === 'none' ? null : emotion.label,
    intent: understood.intents && likeliest(understood.intents),
    offensive: understood.offensive && percent(understood.offensive.probability),
    crisis: understood.crisis && percent(understood.crisis.probability),
  }
}

const sentimentValue = { negative: -1, neutral: 0, positive: 1 } as const

const percent = (share: number): number => Math.round(share * 100)

/** Of those that hold, the one of which the classifier is surest. */
function likeliest(of: Record<(typeof intents)[number], Likely>): string | null {
  const holding = intents.filter((intent) => of[intent].is)
  return holding.sort((a, b) => of[b].probability - of[a].probability)[0] ?? null
}
