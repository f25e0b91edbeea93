// Routes of briefs: writing and working them, and the public page on which visitors say what they want to know.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { briefKinds, briefStates, briefWords } from './types.ts'

const state = z.enum(briefStates)

export const briefView = briefWords.extend({
  id: z.uuid(),
  state,
  revision: z.number().int(),
  createdAt: instant,
  createdBy: person.nullable().describe('null: a visitor asked for it, or a crossing point made it'),
  updatedAt: instant,
  begunAt: instant.nullable(),
  begunBy: person.nullable(),
  endedAt: instant.nullable(),
  endedBy: person.nullable(),
  declineReason: z.string().nullable(),
  lacksMaterial: z.boolean().describe('Its due day is near and it has nothing to be made from'),
  posts: z.array(z.object({ id: z.uuid(), summary: z.string(), state: z.string(), dueAt: instant.nullable() })),
})

const briefLine = briefView.omit({ posts: true }).extend({ postCount: z.number().int() })

export const visitorSettings = z.object({
  /** null: visitors may not ask. */
  openSince: instant.nullable(),
  words: z.string().describe('What the page says above its form'),
  url: z.string(),
})

export const briefsContract = {
  briefs: {
    list: route('briefs.read')
      .route({ method: 'GET', path: '/orgs/{org}/briefs', summary: 'Briefs, changed last first' })
      .input(
        pageInput.extend({
          state: z
            .enum([...briefStates, 'unfinished'])
            .optional()
            .describe('`unfinished`: open or in work'),
          kind: z.enum(briefKinds).optional(),
          ownerId: z.uuid().optional(),
          campaignId: z.uuid().optional(),
          lacking: z
            .union([z.boolean(), z.stringbool()])
            .optional()
            .describe('Only those whose due day is near and that have nothing to be made from'),
        }),
      )
      .output(pageOf(briefLine)),
    create: route('briefs.write')
      .route({ method: 'POST', path: '/orgs/{org}/briefs', successStatus: 201, summary: 'Write a brief' })
      .input(inOrgInput.extend(briefWords.partial().required({ title: true }).shape))
      .output(briefView),
    read: route('briefs.read')
      .route({ method: 'GET', path: '/orgs/{org}/briefs/{id}', summary: 'One brief, with the posts made from it' })
      .input(byId)
      .output(briefView),
    change: route('briefs.write')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/briefs/{id}',
        summary: 'Change it; `revision` is the one that was edited, a newer one answers 409',
      })
      .input(byId.extend({ revision: z.number().int(), ...briefWords.partial().shape }))
      .output(briefView),
    begin: route('briefs.write')
      .route({ method: 'POST', path: '/orgs/{org}/briefs/{id}/begin', summary: 'Take it up' })
      .input(byId)
      .output(briefView),
    finish: route('briefs.write')
      .route({ method: 'POST', path: '/orgs/{org}/briefs/{id}/finish', summary: 'It is done' })
      .input(byId)
      .output(briefView),
    decline: route('briefs.write')
      .route({ method: 'POST', path: '/orgs/{org}/briefs/{id}/decline', summary: 'It will not be done, and why' })
      .input(byId.extend({ reason: z.string().trim().min(1).max(500) }))
      .output(briefView),
    reopen: route('briefs.write')
      .route({ method: 'POST', path: '/orgs/{org}/briefs/{id}/reopen', summary: 'Take it up again after all' })
      .input(byId)
      .output(briefView),
    visitors: route('briefs.read')
      .route({ method: 'GET', path: '/orgs/{org}/visitor-page', summary: 'Whether visitors may ask, and where' })
      .input(inOrgInput)
      .output(visitorSettings),
    openToVisitors: route('organisation.change')
      .route({ method: 'PUT', path: '/orgs/{org}/visitor-page', summary: 'Let visitors ask, or not any more' })
      .input(inOrgInput.extend({ open: z.boolean(), words: z.string().trim().max(1000).optional() }))
      .output(visitorSettings),
  },
  ask: {
    page: route('public')
      .route({ method: 'GET', path: '/ask/{organisation}', summary: 'Whom a visitor asks; 404 where they may not' })
      .input(z.object({ organisation: z.string().max(200) }))
      .output(z.object({ name: z.string(), words: z.string() })),
    send: route('public')
      .route({ method: 'POST', path: '/ask/{organisation}', successStatus: 201, summary: 'Say what one wants to know' })
      .input(
        z.object({
          organisation: z.string().max(200),
          question: z.string().trim().min(3).max(2000),
          name: z.string().trim().max(100).default(''),
          contact: z.string().trim().max(200).default(''),
          /** For programs that fill in everything; people do not see it. */
          website: z.string().max(500).default(''),
        }),
      )
      .output(z.object({ received: z.literal(true) })),
  },
}
