// Routes of the rules of communities and of what seems to break them.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { brokenRules, communityRules } from './types.ts'

const ofMessage = byId.extend({ messageId: z.uuid() })
const stand = '/orgs/{org}/conversations/{id}/messages/{messageId}/let-stand'

export const communityRulesContract = {
  communityRules: {
    list: route('inbox.read')
      .route({ method: 'GET', path: '/orgs/{org}/community-rules', summary: 'The rules of each account that has some' })
      .input(inOrgInput)
      .output(
        z.array(
          z.object({ accountId: z.uuid(), rules: communityRules, changedAt: instant, changedBy: person.nullable() }),
        ),
      ),
    change: route('accounts.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/accounts/{id}/community-rules',
        successStatus: 204,
        summary:
          'What is not wanted in comments under an account; whoever moderates is told, nothing is deleted by itself',
      })
      .input(byId.extend({ rules: communityRules }))
      .output(z.void()),
    suggestions: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/conversations/{id}/moderation/suggestions',
        summary: 'The rules of its account, and comments that seem to break them, with the reason',
      })
      .input(byId)
      .output(
        z.object({
          rules: communityRules.nullable(),
          items: z.array(
            z.object({
              messageId: z.uuid(),
              broken: z.array(z.object({ rule: z.enum(brokenRules), reason: z.string() })),
            }),
          ),
        }),
      ),
    letStand: route('inbox.moderate')
      .route({ method: 'PUT', path: stand, successStatus: 204, summary: 'It may stand: nobody is asked again' })
      .input(ofMessage)
      .output(z.void()),
    lookAgain: route('inbox.moderate')
      .route({ method: 'DELETE', path: stand, successStatus: 204, summary: 'Look at it again after all' })
      .input(ofMessage)
      .output(z.void()),
  },
}
