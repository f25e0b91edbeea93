// Routes of moderation: what a network lets us do with somebody's message.

import { z } from 'zod'
import { moderationActions } from '../../connectors/converse.ts'
import { byId, route } from '../../lib/route.ts'
import { brokenRules } from '../community-rules/types.ts'

export const moderationContract = {
  moderation: {
    offers: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/conversations/{id}/moderation',
        summary: 'What its network offers for messages of other people',
      })
      .input(byId)
      .output(z.array(z.enum(moderationActions))),
    act: route('inbox.moderate')
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversations/{id}/messages/{messageId}/moderate',
        successStatus: 204,
        summary: 'Do it at the network; succeeds when it is so already',
      })
      .input(
        byId.extend({
          messageId: z.uuid(),
          action: z.enum(moderationActions),
          rule: z.enum(brokenRules).optional().describe('Of the community, where one is the reason'),
        }),
      )
      .output(z.void()),
  },
}
