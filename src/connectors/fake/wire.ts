// The wire format of the practice network, shared by its server and its connector.

import { z } from 'zod'

/** For this long the network remembers an `Idempotency-Key`. */
export const keyLifetimeSeconds = 3_600

export const instanceShape = z.object({
  name: z.string(),
  limits: z.object({
    text: z.number().int().positive(),
    thread: z.number().int().positive(),
    comment: z.number().int().positive(),
    images: z.number().int().positive(),
    imageBytes: z.number().int().positive(),
    imageTypes: z.array(z.string()),
    alt: z.number().int().positive(),
  }),
})
export type Instance = z.infer<typeof instanceShape>

export const tokensShape = z.object({ access: z.string(), refresh: z.string(), expiresAt: z.iso.datetime() })
export type Tokens = z.infer<typeof tokensShape>

export const accountShape = z.object({ id: z.string(), handle: z.string(), name: z.string(), url: z.string() })

export const uploadShape = z.object({ id: z.string() })

export const postInputShape = z.object({
  text: z.string(),
  images: z.array(z.object({ id: z.string(), alt: z.string() })).default([]),
  replyTo: z.string().nullable().default(null),
  comment: z.boolean().default(false),
  language: z.string().nullable().default(null),
  key: z.string().nullable().default(null),
  /** Handle of the one account that it is said to: a direct message, or a review where it comes with a rating. */
  to: z.string().nullable().default(null),
  rating: z.number().min(0).max(1).nullable().default(null),
})
export type PostInput = z.infer<typeof postInputShape>

export const postShape = z.object({ id: z.string(), url: z.string() })
export const jobShape = z.object({ job: z.string(), askAgainAt: z.iso.datetime() })
export const submissionShape = z.union([postShape, jobShape])

export const searchShape = z.object({ posts: z.array(postShape), pending: z.boolean() })

export const feedShape = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      url: z.string(),
      text: z.string(),
      author: z.string(),
      language: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  next: z.number().int().nonnegative(),
})

export const pastShape = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      url: z.string(),
      createdAt: z.iso.datetime(),
      /** Handle of whom it answers; null: it begins something. */
      answers: z.string().nullable(),
    }),
  ),
  next: z.number().int().nonnegative().nullable(),
})

export const fakeActions = ['hide', 'unhide', 'delete', 'like', 'unlike', 'mute-author', 'unmute-author'] as const

const refShape = z.object({ id: z.string(), url: z.string() })

export const saidShape = refShape.extend({
  kind: z.enum(['comment', 'reply', 'mention', 'message', 'review']),
  text: z.string(),
  author: z.string(),
  to: z.string().nullable(),
  createdAt: z.iso.datetime(),
  language: z.string().nullable(),
  rating: z.number().nullable(),
  /** Alternative texts. */
  images: z.array(z.string()),
  thread: z.string(),
  root: refShape.nullable(),
  replyTo: z.string().nullable(),
  about: refShape.extend({ title: z.string(), author: z.string() }).nullable(),
  hidden: z.boolean(),
})
export type SaidWire = z.infer<typeof saidShape>

export const inboxShape = z.object({
  events: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('said'), said: saidShape }),
      z.object({ type: z.literal('changed'), said: saidShape }),
      z.object({ type: z.literal('removed'), url: z.string() }),
    ]),
  ),
  next: z.number().int().nonnegative(),
  more: z.boolean(),
})

export const numbersShape = z.object({
  numbers: z.record(z.string(), z.object({ likes: z.number(), replies: z.number(), reposts: z.number() })),
})

export const problemShape = z.object({
  error: z.string(),
  field: z.string().optional(),
  retryAt: z.iso.datetime().optional(),
})
