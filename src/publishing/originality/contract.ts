// Routes of originality: what is like a post, making something from it with its origin marked, and how useful it is found.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'
import { postView } from '../contract.ts'
import { similarPost } from '../similar/types.ts'

const usefulness = z.object({
  mean: z.number().nullable().describe('null: nobody rated it'),
  n: z.number().int(),
  mine: z.number().int().nullable(),
})

export const originalityContract = {
  originality: {
    similar: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/posts/{id}/similar',
        summary: 'What the organisation said in the last 90 days, or will say, that is much like this post',
      })
      .input(
        byId.extend({ at: instant.optional().describe('When it is meant to go out; else as it is planned, or now') }),
      )
      .output(z.array(similarPost)),
    reuse: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/{id}/reuse',
        successStatus: 201,
        summary: 'A new draft from it: adapted for somebody, or recycled as it is',
      })
      .input(
        byId.extend({
          as: z.enum(['adapted', 'recycled']),
          adaptedFor: z.string().trim().min(1).max(200).optional().describe('For whom, where it is adapted'),
          departmentId: z.uuid().nullable().optional().describe('Absent: that of the post'),
        }),
      )
      .output(postView),
    usefulness: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/posts/{id}/usefulness', summary: 'How useful members find it' })
      .input(byId)
      .output(usefulness),
    rate: route('posts.rate')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/posts/{id}/usefulness',
        summary: 'Rate it from 1 (no use) to 5 (very useful); null takes the rating back',
      })
      .input(byId.extend({ rating: z.number().int().min(1).max(5).nullable() }))
      .output(usefulness),
  },
}
