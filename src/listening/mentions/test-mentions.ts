// Makes things that were heard, for tests.

import type { Heard } from '../../connectors/listen.ts'
import { newId } from '../../lib/ids.ts'
import type { NewMention } from './new-mention.ts'
import type { Labels } from './types.ts'

export const heardOf = (change: Partial<Heard> & { id: string }): Heard => ({
  kind: 'post',
  at: new Date('2026-11-29T11:59:30Z'),
  title: null,
  text: 'The lid of the kettle does not close.',
  url: null,
  author: { id: 'ann', handle: 'ann.example.org', name: 'Ann', url: null, followers: 12 },
  languages: [],
  media: [],
  links: [],
  replyTo: null,
  root: null,
  quoteOf: null,
  repostOf: null,
  place: null,
  ...change,
})

export const labelsOf = (change: Partial<Labels> = {}): Labels => ({
  language: 'en',
  sentiment: -1,
  sentimentCertainty: 80,
  emotion: 'anger',
  intent: 'complaint',
  offensive: 3,
  crisis: 1,
  ...change,
})

export const mentionOf = (
  orgId: string,
  heard: Partial<Heard> & { id: string },
  change: Partial<NewMention> = {},
): NewMention => ({
  orgId,
  sourceId: newId(),
  network: 'practice',
  heardAt: new Date('2026-11-29T12:00:00Z'),
  heard: heardOf(heard),
  topics: [1],
  labels: labelsOf(),
  initiator: 'customer',
  expiresAt: new Date('2028-11-29T12:00:00Z'),
  words: [1, 2, 3],
  ...change,
})
