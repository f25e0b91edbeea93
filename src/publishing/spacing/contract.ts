// Routes of times that are only thought of: what would stand against them.

import { z } from 'zod'
import { inOrgInput, route } from '../../lib/route.ts'
import { language } from '../holidays/types.ts'
import { moveAnswer, proposedMove } from './types.ts'

export const spacingContract = {
  planning: {
    conflicts: route('posts.read')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/conflicts',
        summary: 'What stands against these times, each in its order; nothing is moved',
      })
      .input(inOrgInput.extend({ moves: z.array(proposedMove).min(1).max(500), language: language.default('en') }))
      .output(z.array(moveAnswer)),
  },
}
