// What a post on this network can hold, from its lexicons and, where they leave it open, from its own app.

import type { AccountView, Limits } from '../contract.ts'

/** Up to here images are written in the older form, which every client shows; the app itself does the same. */
export const maxPlainImages = 4
/** Smaller than an image of a post (lexicon app.bsky.embed.external). */
export const maxThumbBytes = 1_000_000

export function limits(_account: AccountView): Limits {
  return {
    text: { max: 300, unit: 'graphemes', maxBytes: 3000, format: 'plain' },
    thread: { max: 25 },
    firstComment: { max: 300 },
    language: true,
    linkCard: true,
    images: {
      // The lexicon of the gallery allows 20 and asks clients to stop at 10.
      max: 10,
      types: ['image/jpeg', 'image/png', 'image/webp'],
      maxBytes: 2_000_000,
      altMax: 2000,
    },
    // The lexicon says 300 MB; servers in the field still refuse above 100 MB.
    videos: { max: 1, types: ['video/mp4'], maxBytes: 100_000_000, maxSeconds: 180, altMax: 2000 },
    // 35,000 points a day, of which a new record costs three.
    perDay: 11_666,
  }
}
