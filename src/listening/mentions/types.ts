// Words about mentions that pages and server share.

import { z } from 'zod'

/** Who began it: somebody outside, the field (press, blogs, analysts), or ourselves. */
export const initiators = ['customer', 'industry', 'brand'] as const
export type Initiator = (typeof initiators)[number]

/** How a mention was understood. null: not judged, which is not the same as neutral. Percentages are calibrated. */
export interface Labels {
  /** ISO 639-1 or -3; `und`: not told by so few words; `hi-Latn`: Hindi in Latin letters. */
  language: string
  sentiment: -1 | 0 | 1 | null
  sentimentCertainty: number | null
  emotion: string | null
  intent: string | null
  offensive: number | null
  crisis: number | null
}

export const sentiments = [-1, 0, 1] as const

export const percent = z.number().int().min(0).max(100)
