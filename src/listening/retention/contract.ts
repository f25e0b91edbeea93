// Routes of how long what was heard is kept.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'
import { retentionClass } from './types.ts'

const retentionView = z.object({
  class: retentionClass,
  days: z.number().int(),
  usual: z.number().int(),
  most: z.number().int(),
  networks: z.array(z.string()).describe('Names of those of this class; empty: all others'),
  changedAt: instant.nullable(),
})

export const retentionContract = {
  retention: {
    read: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/retention',
        summary: 'How long what was heard is kept, by class',
      })
      .input(inOrgInput)
      .output(z.array(retentionView)),
    change: route('organisation.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/retention',
        summary: 'Keep a class for so many days; what is older goes within the hour, what went does not come back',
      })
      .input(inOrgInput.extend({ class: retentionClass, days: z.number().int().min(1).max(730) }))
      .output(z.array(retentionView)),
  },
}
