// Routes of the dashboard of a topic: what goes with it, by the newest of its mentions.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'

const counted = z.array(z.object({ name: z.string(), count: z.number().int() }))

const words = z
  .array(
    z.object({
      word: z.string().describe('Folded: a word, #tag or two words beside each other'),
      z: z.number().describe('Standard deviations away from chance'),
      count: z.number().int().describe('Mentions with it among the newest 100'),
    }),
  )
  .nullable()
  .describe('By the newest 100 of each side; null: too little to compare with')

export const dashboardContract = {
  listeningDashboard: {
    topic: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/topics/{id}/dashboard',
        summary: 'Words, links, languages, places and people of a topic, by its newest mentions of a period',
      })
      .input(byId.extend({ from: instant, to: instant.describe('Not included') }))
      .output(
        z.object({
          looked: z.object({
            count: z.number().int().describe('The newest of the period that were looked at'),
            complete: z.boolean().describe('false: there are older ones in the period'),
            since: instant.nullable().describe('The oldest of them'),
          }),
          words: words.describe('More often here than in what else was heard'),
          newWords: words.describe('More often than in the period of the same length before'),
          links: counted,
          languages: counted,
          places: counted.nullable().describe('null: no source of these mentions says where'),
          authors: z.array(z.object({ id: z.uuid(), name: z.string(), count: z.number().int() })),
        }),
      ),
  },
}
