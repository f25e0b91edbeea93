// The route by which a person says that they have read a conversation, or not.

import { z } from 'zod'
import { byId, route } from '../../lib/route.ts'

export const unreadContract = {
  unread: {
    mark: route('inbox.attend')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/conversations/{id}/read',
        summary: 'Say that you have read it, or put it back to what you have not; nobody else sees that',
      })
      .input(byId.extend({ isRead: z.boolean() }))
      .output(z.object({ isUnread: z.boolean() })),
  },
}
