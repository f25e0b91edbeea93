// Routes of topics: what is listened for, its versions, and trying a query before it is in force.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { mentionView } from '../mentions/contract.ts'
import { topicFacts } from './types.ts'

export const topicView = topicFacts.extend({
  id: z.uuid(),
  version: z.number().int(),
  createdAt: instant,
  pausedAt: instant.nullable(),
  removedAt: instant.nullable(),
  lastWeek: z
    .object({
      total: z.number().int(),
      negative: z.number().int(),
      positive: z.number().int(),
      judged: z.number().int(),
    })
    .describe('Heard in the last seven days'),
})

const versionView = z.object({
  version: z.number().int(),
  query: z.string(),
  form: topicFacts.shape.form,
  note: z.string(),
  at: instant,
  by: z.uuid(),
})

const note = z.string().trim().max(500).default('').describe('Why it was changed')

export const topicsContract = {
  topics: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/topics', summary: 'What is listened for' })
      .input(inOrgInput)
      .output(z.array(topicView)),
    read: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/topics/{id}', summary: 'One topic' })
      .input(byId)
      .output(topicView),
    versions: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/topics/{id}/versions',
        summary: 'Its last 200 versions, newest first',
      })
      .input(byId)
      .output(z.array(versionView)),
    add: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/topics', successStatus: 201, summary: 'Listen for something more' })
      .input(inOrgInput.extend(topicFacts.shape))
      .output(topicView),
    change: route('listening.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/topics/{id}',
        summary: 'Another query is a new version, from now on; what was heard stays under it',
      })
      .input(byId.extend({ ...topicFacts.shape, version: z.number().int().describe('The one that was seen'), note }))
      .output(topicView),
    pause: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/topics/{id}/pause', summary: 'Take nothing new' })
      .input(byId)
      .output(topicView),
    resume: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/topics/{id}/resume', summary: 'Listen for it again' })
      .input(byId)
      .output(topicView),
    remove: route('listening.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/topics/{id}',
        successStatus: 204,
        summary: 'Listen for it no more; what was heard stays until it expires',
      })
      .input(byId)
      .output(z.void()),
    restore: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/topics/{id}/restore', summary: 'Undo its removal' })
      .input(byId)
      .output(topicView),
    try: route('listening.read')
      .route({
        method: 'POST',
        path: '/orgs/{org}/topics/try',
        summary: 'What a query would have brought in the last days, by what the sources keep as a sample',
      })
      .input(inOrgInput.extend({ query: topicFacts.shape.query, days: z.number().int().min(1).max(7).default(3) }))
      .output(
        z.object({
          sampled: z.number().int().describe('Items that were looked at'),
          matched: z.number().int(),
          perDay: z
            .number()
            .nullable()
            .describe('Expected for a day, by how large a part the sample is; null: nothing was heard'),
          perDayLow: z.number().nullable().describe('95 % range'),
          perDayHigh: z.number().nullable(),
          since: instant.nullable().describe('How far the sample reaches back'),
          senses: z
            .array(
              z.object({
                word: z.string().describe('As the language writes it'),
                sense: z.enum(['common', 'other-senses']),
                withWord: z.number().int().describe('Items looked at with it'),
                withContext: z.number().int().describe('Of these, with another word of the query'),
              }),
            )
            .describe('Words of the query that may have several senses'),
          matches: z.array(
            mentionView
              .pick({ network: true, kind: true, title: true, text: true, url: true, at: true, media: true })
              .extend({
                author: z.string().nullable(),
              }),
          ),
        }),
      ),
  },
}
