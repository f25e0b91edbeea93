// Route of what a conversation came of.

import { z } from 'zod'
import { byId, instant, route } from '../../lib/route.ts'

const named = z.object({ id: z.uuid(), name: z.string() })

export const causesContract = {
  causes: {
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/conversations/{id}/cause',
        summary: 'The post of ours under which it was said, with its campaign and the topics that listen for that',
      })
      .input(byId)
      .output(
        z.object({
          post: z
            .object({
              id: z.uuid(),
              summary: z.string(),
              publishedAt: instant.nullable(),
              isDeleted: z.boolean().describe('Put away here'),
            })
            .nullable()
            .describe('null: under no post that was written here'),
          elsewhere: z
            .object({ url: z.string().nullable(), title: z.string() })
            .nullable()
            .describe('A post of ours that was written elsewhere'),
          campaign: named.nullable(),
          topics: z.array(named).describe('That listen for the campaign, or for a campaign and heard it'),
        }),
      ),
  },
}
