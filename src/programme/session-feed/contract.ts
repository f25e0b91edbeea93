// Routes of the address under which a calendar program reads one's own sessions.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'

export const feedView = z.object({ madeAt: instant, lastReadAt: instant.nullable() })

const path = '/orgs/{org}/programme/session-feed'

export const sessionFeedContract = {
  sessionFeed: {
    read: route('programme.read')
      .route({ method: 'GET', path, summary: 'Whether my sessions have an address for calendar programs' })
      .input(inOrgInput)
      .output(z.object({ feed: feedView.nullable() })),
    make: route('programme.log')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'A secret address of my sessions; one that was there ends',
      })
      .input(inOrgInput)
      .output(z.object({ url: z.url().describe('It is shown this once') })),
    end: route('programme.log')
      .route({ method: 'DELETE', path, summary: 'End the address' })
      .input(inOrgInput)
      .output(z.object({ ended: z.literal(true) })),
  },
}
