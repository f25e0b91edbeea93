// What Longrun understands of a text, in the words of its users.

export const sentiments = ['negative', 'neutral', 'positive'] as const
export type Sentiment = (typeof sentiments)[number]

export const emotions = ['none', 'joy', 'optimism', 'surprise', 'anger', 'sadness', 'fear'] as const
export type Emotion = (typeof emotions)[number]

/** What somebody wants with a text; several may hold. */
export const intents = ['question', 'complaint', 'suggestion', 'praise', 'purchase', 'job', 'press', 'spam'] as const
export type Intent = (typeof intents)[number]

/** One label out of several that exclude each other. */
export interface Choice<Label extends string> {
  label: Label
  /** How often a text with such a score bears this label, measured on validation texts. */
  probability: number
  /** Of every label, in their order; sums up to 1. */
  shares: number[]
}

/** A question answered with yes or no. */
export interface Likely {
  is: boolean
  probability: number
}

/** The language of a text with too few letters, or in none that we know. */
export const undetermined = 'und'

export interface Understanding {
  /** Which path said it: words alone, or also their order. */
  by: 'fast' | 'accurate'
  /** BCP 47; `und`: cannot be told; `hi-Latn`: Hindi in Latin letters. */
  language: string
  sentiment: Choice<Sentiment>
  /** How good or bad it is meant, −1 to 1: by the probabilities and, in English, the ratings of its words. */
  valence: number
  /** Where emotions are not known in a language, null. */
  emotion: Choice<Emotion> | null
  offensive: Likely | null
  intents: Record<Intent, Likely> | null
  /** Tells of something happening by which people are hurt or in need. */
  crisis: Likely | null
}
