// Routes of calendar feeds: everybody manages their own.

import { z } from 'zod'
import { byId, inOrgInput, route } from '../../lib/route.ts'
import { feedScopes, feedView, newFeed } from './types.ts'

export const calendarFeedContract = {
  calendarFeeds: {
    list: route('calendar-feeds.own')
      .route({ method: 'GET', path: '/orgs/{org}/calendar-feeds', summary: 'My calendar feeds' })
      .input(inOrgInput)
      .output(z.array(feedView)),
    create: route('calendar-feeds.own')
      .route({
        method: 'POST',
        path: '/orgs/{org}/calendar-feeds',
        successStatus: 201,
        summary: 'A secret address for a calendar program; it shows what I may see, for as long as I may',
      })
      .input(
        inOrgInput.extend({
          name: z.string().trim().min(1).max(100),
          scope: z.enum(feedScopes),
          scopeId: z.uuid().nullable().default(null).describe('Of the account or campaign'),
        }),
      )
      .output(newFeed),
    renew: route('calendar-feeds.own')
      .route({
        method: 'POST',
        path: '/orgs/{org}/calendar-feeds/{id}/renew',
        summary: 'A new address; the old one ends',
      })
      .input(byId)
      .output(newFeed),
    revoke: route('calendar-feeds.own')
      .route({ method: 'DELETE', path: '/orgs/{org}/calendar-feeds/{id}', summary: 'End its address' })
      .input(byId)
      .output(z.object({ revoked: z.literal(true) })),
  },
}
