// Routes of mentions: searching them with counts, one of them, live, correcting how they were understood, capturing by hand.

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { initiators, percent } from './types.ts'

const sentiment = z.union([z.literal(-1), z.literal(0), z.literal(1)])

export const mentionView = z.object({
  id: z.uuid(),
  at: instant.describe('When it was said'),
  heardAt: instant,
  network: z.string(),
  sourceId: z.uuid(),
  kind: z.string(),
  title: z.string().nullable(),
  text: z.string(),
  url: z.string().nullable(),
  author: z
    .object({
      id: z.uuid(),
      handle: z.string().nullable(),
      name: z.string().nullable(),
      url: z.string().nullable(),
      followers: z.number().int().nullable(),
    })
    .nullable(),
  media: z.array(z.string()),
  links: z.array(z.string()),
  place: z.string().nullable(),
  initiator: z.enum(initiators),
  topicIds: z.array(z.uuid()),
  language: z.string(),
  sentiment: sentiment.nullable().describe('null: not judged'),
  sentimentCertainty: percent.nullable(),
  emotion: z.string().nullable(),
  intent: z.string().nullable(),
  offensive: percent.nullable(),
  crisis: percent.nullable(),
  labelledAt: instant.nullable().describe('When somebody set its labels by hand'),
  doubleOf: z.uuid().nullable().describe('The first that said the same; null: this is the first'),
  doubles: z.number().int().describe('How many more say the same, up to 1000; live ones do not count'),
})

/** `none`: those to which nothing was assigned. */
export const mentionFilter = z.object({
  topic: z.uuid().optional(),
  network: z.string().max(60).optional(),
  language: z.string().max(20).optional(),
  sentiment: z.enum(['negative', 'neutral', 'positive', 'none']).optional(),
  emotion: z.string().max(40).optional(),
  intent: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
  initiator: z.enum(initiators).optional(),
  source: z.uuid().optional(),
  author: z.uuid().optional(),
  link: z.string().max(2000).optional().describe('As the dashboard names it: without what only counts visits'),
  place: z.string().max(300).optional(),
  from: instant.optional(),
  to: instant.optional().describe('Not included'),
  like: z.uuid().optional().describe('Those that say the same as this mention, which is the first'),
  fold: z
    .enum(['yes', 'no'])
    .optional()
    .describe('yes: of what says the same only the first that fits. Counts of topics count all, folded or not'),
  q: z
    .string()
    .trim()
    .max(500)
    .optional()
    .describe('Words that must occur; "a phrase", -without, #tag, @handle, emoji'),
})
export type MentionFilter = z.infer<typeof mentionFilter>

const facetCounts = z.array(z.object({ value: z.string().nullable(), count: z.number().int() }))

export const mentionsContract = {
  mentions: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/mentions', summary: 'What was said, newest first' })
      .input(pageInput.extend(mentionFilter.shape))
      .output(pageOf(mentionView)),
    facets: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/mentions/facets',
        summary: 'How the mentions of a filter divide; of many, the newest are counted',
      })
      .input(inOrgInput.extend(mentionFilter.shape))
      .output(
        z.object({
          counted: z.number().int(),
          complete: z.boolean().describe('false: there are more, and these are shares among the newest'),
          network: facetCounts,
          language: facetCounts,
          sentiment: facetCounts,
          emotion: facetCounts,
          intent: facetCounts,
          kind: facetCounts,
          initiator: facetCounts,
        }),
      ),
    read: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/mentions/{id}', summary: 'One mention' })
      .input(byId)
      .output(mentionView),
    live: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/mentions/live',
        summary: 'Mentions as they are stored, as server-sent events',
      })
      .input(inOrgInput.extend({ topic: z.uuid().optional() }))
      .output(
        eventIterator(
          z.object({
            mentions: z.array(mentionView),
            left: z.number().int().describe('Further ones of the same moment that are not sent'),
          }),
        ),
      ),
  },
}
