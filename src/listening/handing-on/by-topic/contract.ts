// Routes of what topics hand to the inbox by themselves.

import { z } from 'zod'
import { byId, instant, route } from '../../../lib/route.ts'
import { handOnRule } from './types.ts'

const view = z.object({
  rule: handOnRule.nullable().describe('null: nothing is handed on by itself'),
  since: instant.nullable(),
  today: z.number().int().describe('Handed on in this day of the organisation'),
})

const path = '/orgs/{org}/topics/{id}/hand-on'

export const topicHandOnsContract = {
  topicHandOns: {
    read: route('listening.read')
      .route({ method: 'GET', path, summary: 'What of a topic is handed to the inbox by itself' })
      .input(byId)
      .output(view),
    set: route('listening.change')
      .route({
        method: 'PUT',
        path,
        summary: 'Hand what matches to the inbox from now on; never people who are not to be contacted',
      })
      .input(byId.extend({ rule: handOnRule }))
      .output(view),
    stop: route('listening.change')
      .route({ method: 'DELETE', path, summary: 'Hand nothing on by itself any more' })
      .input(byId)
      .output(view),
    try: route('listening.read')
      .route({ method: 'POST', path: `${path}/try`, summary: 'How many mentions of the last week such a rule names' })
      .input(byId.extend({ rule: handOnRule }))
      .output(z.object({ lastWeek: z.number().int().describe('Up to 1,000') })),
  },
}
