// Routes of the overview: how topics develop, beside each other and against the time before.

import { z } from 'zod'
import { inOrgInput, instant, manyInstants, route, wholeNumbers } from '../../lib/route.ts'

const counts = z.object({
  total: z.number().int(),
  negative: z.number().int(),
  positive: z.number().int(),
  judged: z.number().int().describe('Those whose sentiment was judged; shares are of these'),
})

const countsOverTime = z.object({
  total: wholeNumbers,
  negative: wholeNumbers,
  positive: wholeNumbers,
  judged: wholeNumbers,
})

export const overviewContract = {
  listeningOverview: {
    series: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/series',
        summary:
          'How much was said under topics, by minute, hour or day of the organisation; with the period before as comparison',
      })
      .input(
        inOrgInput.extend({
          topics: z
            .union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(20)])
            .optional()
            .describe('All topics where none is named'),
          from: instant,
          to: instant.describe('Not included'),
          unit: z.enum(['minute', 'hour', 'day']).default('day'),
        }),
      )
      .output(
        z.object({
          zone: z.string().describe('In which days begin'),
          at: manyInstants,
          topics: z.array(
            counts.extend({
              topicId: z.uuid(),
              before: counts.describe('In the period of the same length before'),
              share: z
                .number()
                .nullable()
                .describe('Share of voice among these topics, 0 to 1; null: nothing was said'),
              points: countsOverTime.describe(
                'One of each for every moment of `at`: the beginnings of units in which anything was said under any of the topics, in order',
              ),
            }),
          ),
        }),
      ),
  },
}
