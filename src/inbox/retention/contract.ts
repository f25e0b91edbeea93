// Routes of how long what people said to us is kept.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { fewestDays, keptClass, mostDays } from './types.ts'

const path = '/orgs/{org}/inbox-retention'

export const keptRule = z.object({
  class: keptClass,
  days: z.number().int().nullable().describe('null: for good'),
  changedAt: instant.nullable(),
  changedBy: person.nullable(),
})

export const inboxRetentionContract = {
  inboxRetention: {
    read: route('inbox.read')
      .route({ method: 'GET', path, summary: 'How long what people said is kept, by class' })
      .input(inOrgInput)
      .output(z.array(keptRule)),
    preview: route('organisation.change')
      .route({
        method: 'GET',
        path: `${path}/preview`,
        summary: 'How much would go the next night; what stands behind walls of others is not counted',
      })
      .input(
        inOrgInput.extend({
          class: keptClass,
          days: z.coerce.number().int().min(fewestDays).max(mostDays).default(365),
        }),
      )
      .output(z.object({ count: z.number().int(), oldestAt: instant.nullable() })),
    change: route('organisation.change')
      .route({
        method: 'PUT',
        path,
        summary:
          'Keep a class for so many days after its end; what is older goes the next night and does not come back',
      })
      .input(
        inOrgInput.extend({
          class: keptClass,
          days: z.number().int().min(fewestDays).max(mostDays).nullable().describe('null: for good'),
        }),
      )
      .output(z.array(keptRule)),
  },
}
