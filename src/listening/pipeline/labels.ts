// How Longrun understands one thing that was said, in the form in which it is stored.

import type { Heard } from '../../connectors/listen.ts'
import type { Labels } from '../mentions/types.ts'
import { intents, type Likely, type Understanding } from '../text/types.ts'

/** What decides is said early; the rest of a long article would only cost. In UTF-16 units. */
const readUnits = 4_000

export type Labeller = (said: Pick<Heard, 'title' | 'text' | 'languages'>) => Labels

let loading: Promise<Labeller> | null = null

/** Tables of letters and words take 200 MB while they are read: nobody who does not listen pays for them. */
export function labeller(): Promise<Labeller> {
  loading ??= load()
  return loading
}

async function load(): Promise<Labeller> {
  const { classify, loadClassifier } = await import('../text/classify.ts')
  const classifier = loadClassifier()
  return ({ title, text, languages }) => {
    const whole = (title === null ? text : `${title}\n${text}`).slice(0, readUnits)
    return stored(classify(classifier, whole, { languages }))
  }
}

function stored(understood: Understanding): Labels {
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
