// What one server lets an account post, and the settings only this network has.

import { z } from 'zod'
import type { AccountView, Limits } from '../contract.ts'
import { type Instance, instanceOf, isMastodon } from './instance.ts'

export const pollSchema = z.object({
  options: z.array(z.string().trim().min(1)).min(2),
  /** How long people may vote. */
  expiresIn: z.number().int().positive(),
  multiple: z.boolean().default(false),
  hideTotals: z.boolean().default(false),
})

/** Absent visibility and sensitivity: as the account's own settings on the server say. */
export const optionsSchema = z.strictObject({
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).optional(),
  /** Shown before the post, which opens on a click; counts in the text. */
  contentWarning: z.string().trim().optional(),
  /** Media are covered until clicked. */
  sensitive: z.boolean().optional(),
  /** Goes with the first post of a thread; excludes media there. */
  poll: pollSchema.optional(),
})
export type Options = z.infer<typeof optionsSchema>

/** Mastodon's values, taken where a server does not state its own; where releases differ, the smaller. */
const defaults = {
  characters: 500,
  urlLength: 23,
  media: 4,
  imageTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  videoTypes: ['video/mp4', 'video/webm', 'video/quicktime'],
  imageBytes: 10 * 1024 * 1024,
  imagePixels: 16_777_216,
  videoBytes: 40 * 1024 * 1024,
  alt: 1500,
  poll: { maxOptions: 4, maxCharacters: 50, minSeconds: 300, maxSeconds: 2_629_746 },
}

/** No server of this API states a longest duration: size is what limits. A day stands for "any". */
const anyDuration = 86_400

/** Threads are bounded by nothing but the rate limit of 300 requests in five minutes. */
const longestThread = 100

export function limits(account: AccountView): Limits {
  const instance = instanceOf(account)
  const max = instance.maxCharacters ?? defaults.characters
  const maxMedia = instance.maxMedia ?? defaults.media
  const altMax = instance.altMax ?? defaults.alt
  const mixes = !isMastodon(instance) && instance.software !== null
  return {
    text: { max, ...counting(instance), format: 'plain' },
    thread: { max: longestThread },
    firstComment: { max },
    language: true,
    images: {
      max: maxMedia,
      types: typesOf(instance, 'image/', defaults.imageTypes),
      maxBytes: instance.imageBytes ?? defaults.imageBytes,
      maxPixels: instance.imagePixels ?? defaults.imagePixels,
      altMax,
    },
    videos: {
      max: mixes ? maxMedia : 1,
      types: typesOf(instance, 'video/', defaults.videoTypes),
      maxBytes: instance.videoBytes ?? defaults.videoBytes,
      maxSeconds: anyDuration,
      altMax,
    },
    ...(mixes ? { mixed: true as const } : {}),
    polls: {
      maxOptions: instance.pollMaxOptions ?? defaults.poll.maxOptions,
      maxCharacters: instance.pollMaxCharacters ?? defaults.poll.maxCharacters,
      minSeconds: instance.pollMinSeconds ?? defaults.poll.minSeconds,
      maxSeconds: instance.pollMaxSeconds ?? defaults.poll.maxSeconds,
    },
  }
}

/**
 * Mastodon counts what a person sees as one character, addresses at a fixed length, and mentions without their server.
 * GoToSocial counts code points and shortens nothing, whatever its configuration says.
 */
function counting(instance: Instance): Pick<Limits['text'], 'unit' | 'urlLength' | 'localMentions'> {
  if (instance.software === 'gotosocial') return { unit: 'code-points' }
  return { unit: 'graphemes', urlLength: instance.urlLength ?? defaults.urlLength, localMentions: true }
}

function typesOf(instance: Instance, prefix: string, otherwise: string[]): string[] {
  const stated = (instance.mediaTypes ?? []).filter((type) => type.startsWith(prefix))
  return stated.length > 0 ? stated : otherwise
}
