// The route that tells where a file of the library is used.

import { z } from 'zod'
import { byId, pageInput, route } from '../../lib/route.ts'
import { postLine } from '../contract.ts'
import { variantStates } from '../types.ts'

const named = z.object({ id: z.uuid(), name: z.string() })

export const useLine = postLine.extend({
  departmentId: z.uuid().nullable(),
  late: z.boolean().describe('Whether it is planned for a time at which the permission for the file is over'),
})

export const mediaUsesContract = {
  mediaUses: {
    read: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/media/{id}/uses',
        summary:
          'The posts that use a file, the newest first, how many by state and by department, and its campaigns, briefs and series',
      })
      .input(byId.extend(pageInput.pick({ limit: true, cursor: true }).shape))
      .output(
        z.object({
          total: z.number().int(),
          byState: z.array(z.object({ state: z.enum(variantStates), posts: z.number().int() })),
          byDepartment: z.array(z.object({ departmentId: z.uuid().nullable(), posts: z.number().int() })),
          campaigns: z.array(named).describe('That list it among their files'),
          briefs: z.array(named).describe('Unfinished ones that have it as material'),
          series: z.array(named).describe('That go on, and repeat posts with it'),
          items: z.array(useLine),
          nextCursor: z.string().nullable(),
        }),
      ),
  },
}
