// Words about capturing by hand that pages and server share.

import { z } from 'zod'
import { instant } from '../../lib/route.ts'

/** What is captured is of no network: this stands where a network would. */
export const byHandNetwork = 'by-hand'

/** Where it was said. Each is a source of its own, so that it is seen how much comes from where. */
export const channels = ['meetup', 'shop', 'phone', 'event', 'letter', 'web-page', 'elsewhere'] as const
export type Channel = (typeof channels)[number]

export const channelNames: Record<Channel, string> = {
  meetup: 'Meetups',
  shop: 'Shops',
  phone: 'Phone calls',
  event: 'Events and fairs',
  letter: 'Letters',
  'web-page': 'Web pages',
  elsewhere: 'Elsewhere',
}

/** Of a text: what somebody writes down, or marks on a page. */
export const mostText = 20_000
export const mostFileBytes = 10_000_000
export const mostFileRows = 10_000

export const words = z.object({
  text: z.string().trim().min(1).max(mostText),
  title: z.string().trim().max(500).default(''),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(4000)]).default(''),
})

export const captureFacts = words.extend({
  id: z.uuid().describe('Made by whoever sends it: the same one twice is stored once'),
  channel: z.enum(channels),
  at: instant.nullable().default(null).describe('When it was said; null: now'),
  place: z.string().trim().max(200).default('').describe('Where'),
  author: z.string().trim().max(200).default('').describe('Who said it; may be left out'),
  note: z.string().trim().max(2000).default('').describe('What we should know about it; nobody said this'),
  topicIds: z.array(z.uuid()).max(50).nullable().default(null).describe('null: those that match'),
})
export type CaptureFacts = z.infer<typeof captureFacts>
