// Routes of people who speak: who they are by figures that can be looked into, what was agreed of them, and objection.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { authorStates, purposes } from './states.ts'

const part = z.object({ value: z.number(), low: z.number(), high: z.number() }).describe('With its 80 % range')

export const authorView = z.object({
  id: z.uuid(),
  network: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  followers: z.number().int().nullable(),
  state: z.enum(authorStates).nullable().describe('null: nothing is stored of them besides what they said'),
  purpose: z.enum(purposes),
  note: z.string(),
  channel: z.string().nullable(),
  approacher: person.nullable(),
  spottedAt: instant.nullable(),
  lastSpokeAt: instant.nullable(),
  lastContactAt: instant.nullable(),
  expiresAt: instant.nullable().describe('When what is stored of them goes; null: on the list of those not to contact'),
  objectedAt: instant.nullable(),
  mentions: z.number().int().describe('That the figures rest on'),
  side: z.enum(['advocate', 'critic', 'none']).nullable(),
  score: z
    .object({
      rate: part.describe('Mentions in a week'),
      heard: part.describe('1 + responses to a mention'),
      stance: part.describe('0: no side, 1: always the same'),
      bridging: z.number().describe('1 to 2'),
      standing: z.number().describe('1 is average'),
      score: part.describe('The product; people are ranked by its lower end'),
    })
    .nullable()
    .describe('null: too little is known'),
})

const move = z.object({
  id: z.uuid(),
  from: z.enum(authorStates),
  to: z.enum(authorStates),
  note: z.string(),
  reason: z.string().nullable(),
  at: instant,
  by: person,
})

export const peopleWhoSpeakContract = {
  speakers: {
    list: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/people',
        summary: 'People who speak often, are heard and take a stand; the surest first',
      })
      .input(
        pageInput.extend({
          state: z.enum(authorStates).optional(),
          side: z.enum(['advocate', 'critic', 'none']).optional(),
          network: z.string().max(60).optional(),
          q: z.string().trim().max(100).optional().describe('Part of a name or handle'),
        }),
      )
      .output(pageOf(authorView)),
    basis: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/people/basis',
        summary: 'What the figures rest on; null: they were not worked out yet',
      })
      .input(inOrgInput)
      .output(
        z
          .object({
            at: instant,
            since: instant,
            mentions: z.number().int(),
            people: z.number().int().describe('Who said something on a topic'),
            scored: z.number().int(),
          })
          .nullable(),
      ),
    read: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/people/{id}',
        summary: 'Somebody who speaks, with what was decided',
      })
      .input(byId)
      .output(authorView.extend({ moves: z.array(move), next: z.array(z.enum(authorStates)) })),
    spot: route('listening.approach')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/people/{id}/spot',
        summary: 'Keep an eye on somebody who was heard',
      })
      .input(byId)
      .output(authorView),
    move: route('listening.approach')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/people/{id}/move',
        summary: 'Decide the next step; nobody jumps from being seen to being written to',
      })
      .input(
        byId.extend({
          to: z.enum(authorStates),
          real: z.boolean().optional().describe('Checked: a human'),
          relevant: z.boolean().optional().describe('Checked: speaks about us or our field'),
          safe: z.boolean().optional().describe('Checked: an approach risks nothing for them or us'),
          channel: z.string().trim().max(200).nullable().default(null),
          approacherId: z.uuid().nullable().default(null),
          reason: z.enum(['ours', 'theirs']).nullable().default(null),
          note: z.string().trim().max(1000).default(''),
        }),
      )
      .output(authorView),
    change: route('listening.approach')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/people/{id}',
        summary: 'What their words are kept for, and a note',
      })
      .input(byId.extend({ purpose: z.enum(purposes), note: z.string().trim().max(2000) }))
      .output(authorView),
    object: route('listening.approach')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/people/{id}/object',
        summary: 'They objected: what is stored of them goes at once, and is not stored with a name again',
      })
      .input(byId)
      .output(z.object({ removed: z.number().int().describe('Mentions') })),
    lift: route('listening.approach')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/people/{id}/objection',
        successStatus: 204,
        summary: 'They came to us themselves and take their objection back',
      })
      .input(byId)
      .output(z.void()),
  },
}
