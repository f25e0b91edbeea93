// Route of best times: hints from an account's own posts, with their n and range.

import { z } from 'zod'
import { byId, route, wallTime } from '../../lib/route.ts'

export const bestTimesContract = {
  bestTimes: {
    ofAccount: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/accounts/{id}/best-times',
        summary: 'Times of the week at which posts of this account did better than its mean, at most three',
      })
      .input(byId)
      .output(
        z.object({
          posts: z.number().int().describe('Posts with numbers at the age of a day'),
          needed: z.number().int(),
          mean: z
            .number()
            .nullable()
            .describe('Likes, replies and reposts of a post; null while there are too few posts'),
          zone: z.string(),
          blockHours: z.number().int(),
          hints: z.array(
            z.object({
              day: z.number().int().describe('Monday is 1'),
              hour: z.number().int(),
              n: z.number().int(),
              likely: z.number(),
              low: z.number().describe('Of the range that holds 80 %'),
              high: z.number(),
              trust: z.number().describe('How much its own posts count beside the mean of all: 0 to 1'),
              next: wallTime.describe('When this time comes next'),
            }),
          ),
        }),
      ),
  },
}
