// What was learnt from people, as it is used while things are heard: moves the moods of one organisation. Pure.

import { type Adjustment, adjust } from '../text/corrections.ts'
import { sentiments, type Understanding } from '../text/types.ts'
import type { Family } from './types.ts'

export type Lessons = ReadonlyMap<Family, Adjustment>

/** English has its own model of moods; where the language cannot be told it is used too. */
export const familyOf = (language: string): Family =>
  language === 'en' || language === 'und' ? 'english' : 'elsewhere'

export function moved(understood: Understanding, lessons: Lessons | undefined): Understanding {
  const lesson = lessons?.get(familyOf(understood.language))
  if (!lesson) return understood
  const shares = adjust(understood.sentiment.shares, lesson)
  const best = shares.indexOf(Math.max(...shares))
  return { ...understood, sentiment: { label: sentiments[best]!, probability: shares[best]!, shares } }
}
