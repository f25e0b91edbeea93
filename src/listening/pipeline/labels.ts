// How Longrun understands one thing that was said, in the form in which it is stored.

import type { Heard } from '../../connectors/listen.ts'
import type { Labels } from '../mentions/types.ts'
import { type Classifier, classify, loadClassifier } from '../text/classify.ts'
import { intents, type Likely } from '../text/types.ts'

/** What decides is said early; the rest of a long article would only cost. In UTF-16 units. */
const readUnits = 4_000

let loaded: Classifier | null = null

export function labelsOf({ title, text, languages }: Pick<Heard, 'title' | 'text' | 'languages'>): Labels {
  loaded ??= loadClassifier()
  const whole = (title === null ? text : `${title}\n${text}`).slice(0, readUnits)
  const understood = classify(loaded, whole, { languages })
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
