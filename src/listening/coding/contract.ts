// Routes of coding: sets of texts drawn at random, coded by two people apart from each other, settled and finished.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { codeValue, label, sizes, states } from './types.ts'

const progress = z.object({
  memberId: z.uuid(),
  name: z.string(),
  coded: z.number().int(),
})

export const setView = z.object({
  id: z.uuid(),
  name: z.string(),
  label,
  topicId: z.uuid().nullable().describe('null: the topic was removed'),
  topic: z.string(),
  from: instant,
  to: instant,
  stratified: z.boolean(),
  seed: z.number().int(),
  population: z.number().int().describe('How many there were to draw from'),
  size: z.number().int().describe('Without those that were taken back or expired since'),
  coders: z.array(progress),
  state: z.enum(states),
  mine: z.boolean().describe('The caller is one of its coders'),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

const range = { kappa: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }

const agreement = z.object({
  all: z.object({
    n: z.number().int(),
    observed: z.number().describe('Share on which both say the same'),
    byChance: z.number(),
    ...range,
    standardError: z.number().nullable(),
  }),
  byLabel: z.array(z.object({ value: z.string(), either: z.number().int(), both: z.number().int(), ...range })),
  word: z.string().nullable(),
  differences: z.array(
    z.object({
      place: z.number().int(),
      title: z.string().nullable(),
      text: z.string(),
      language: z.string(),
      one: z.string(),
      two: z.string(),
      settled: z.string().nullable(),
    }),
  ),
})

const text = z.object({
  place: z.number().int(),
  title: z.string().nullable(),
  text: z.string(),
  language: z.string(),
  at: instant,
  mine: z.string().nullable().describe('What the caller said; nobody else’s, and not the machine’s'),
})

export const codingContract = {
  coding: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/coding-sets', summary: 'Coding sets, newest first' })
      .input(inOrgInput)
      .output(z.array(setView)),
    read: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/coding-sets/{id}', summary: 'One coding set' })
      .input(byId)
      .output(setView),
    make: route('listening.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/coding-sets',
        successStatus: 201,
        summary: 'Draw texts of a topic at random for two people to code; the seed is kept',
      })
      .input(
        inOrgInput.extend({
          name: z.string().trim().min(1).max(200),
          label,
          topic: z.uuid(),
          from: instant,
          to: instant.describe('Not included'),
          size: z.number().int().min(sizes.least).max(sizes.most),
          stratified: z
            .boolean()
            .default(false)
            .describe('As many of each label of the machine, so that rare ones are seen'),
          coders: z.array(z.uuid()).length(2).describe('Ids of two members'),
          seed: z.number().int().min(0).max(2_147_483_647).optional().describe('The same draws the same'),
        }),
      )
      .output(setView),
    texts: route('listening.answer')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/coding-sets/{id}/texts',
        summary: 'The texts for the caller to code, without what anybody else says of them',
      })
      .input(byId)
      .output(z.array(text)),
    code: route('listening.answer')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/coding-sets/{id}/texts/{place}/code',
        summary: 'Say which label holds; null takes it back',
      })
      .input(byId.extend({ place: z.coerce.number().int().min(0), value: codeValue.nullable() }))
      .output(setView),
    agreement: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/coding-sets/{id}/agreement',
        summary: 'How far the coders agree, and where not. Refused while somebody still codes',
      })
      .input(byId)
      .output(agreement),
    settle: route('listening.answer')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/coding-sets/{id}/texts/{place}/settled',
        summary: 'Say which label holds where the coders differ; null opens it again',
      })
      .input(byId.extend({ place: z.coerce.number().int().min(0), value: codeValue.nullable() }))
      .output(setView),
    finish: route('listening.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/coding-sets/{id}/finish',
        summary: 'Nothing is open: the labels go onto the mentions, and the machine is measured by them',
      })
      .input(byId)
      .output(setView),
    remove: route('listening.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/coding-sets/{id}',
        successStatus: 204,
        summary: 'Put a set away; it does not count for accuracy any more, the labels stay on the mentions',
      })
      .input(byId)
      .output(z.void()),
  },
}
