// Routes of placements: the register of the ten media, with what each brought.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { placementFacts } from './types.ts'

export const placementView = placementFacts.extend({
  id: z.uuid(),
  /** Where it leads, parameters included. */
  target: z.string(),
  /** The short address to print. */
  url: z.string(),
  run: z.enum(['planned', 'running', 'over']),
  linkId: z.uuid(),
  linkRemovedAt: instant.nullable().describe('Somebody took its link away: what is printed leads nowhere'),
  createdAt: instant,
  endedAt: instant.nullable(),
  /** Times that people followed the link; bots apart. */
  clicks: z.number().int(),
  bots: z.number().int(),
  /** Times that somebody named it. */
  named: z.number().int(),
  lastAt: instant.nullable().describe('The last click or naming'),
  costPerReference: z.number().nullable().describe('Cost ÷ (clicks of people + namings), in the smallest unit'),
})

/** Somebody asked, and people named the placement. */
export const referenceView = z.object({
  id: z.uuid(),
  at: instant,
  count: z.number().int(),
  note: z.string(),
  countedBy: z.uuid(),
})

export const placementsContract = {
  placements: {
    list: route('placements.read')
      .route({ method: 'GET', path: '/orgs/{org}/placements', summary: 'All placements, newest first' })
      .input(inOrgInput)
      .output(z.array(placementView)),
    read: route('placements.read')
      .route({ method: 'GET', path: '/orgs/{org}/placements/{id}', summary: 'One placement' })
      .input(byId)
      .output(placementView),
    add: route('placements.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/placements',
        successStatus: 201,
        summary: 'Add a placement with its own link',
      })
      .input(inOrgInput.extend({ ...placementFacts.shape, leadsTo: z.url({ protocol: /^https?$/ }).max(4000) }))
      .output(placementView),
    change: route('placements.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/placements/{id}',
        summary: 'Say anew what is known of it, all of it; its link stays as it is printed',
      })
      .input(byId.extend(placementFacts.shape))
      .output(placementView),
    end: route('placements.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/placements/{id}/end',
        summary: 'It is not shown any more; its link still works',
      })
      .input(byId)
      .output(placementView),
    resume: route('placements.change')
      .route({ method: 'POST', path: '/orgs/{org}/placements/{id}/resume', summary: 'It is shown again' })
      .input(byId)
      .output(placementView),
    references: route('placements.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/placements/{id}/references',
        summary: 'The last 100 times that people who named it were counted, newest first',
      })
      .input(byId)
      .output(z.array(referenceView)),
    takeBack: route('placements.count')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/placements/{id}/references/{reference}',
        summary: 'It was counted by mistake',
      })
      .input(byId.extend({ reference: z.uuid() }))
      .output(placementView),
    count: route('placements.count')
      .route({
        method: 'POST',
        path: '/orgs/{org}/placements/{id}/references',
        summary: 'People who said that they came by it',
      })
      .input(
        byId.extend({
          count: z.number().int().min(1).max(10_000).default(1),
          note: z.string().trim().max(300).default(''),
        }),
      )
      .output(placementView),
  },
}
