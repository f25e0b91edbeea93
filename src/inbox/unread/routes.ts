// What a person has read, over HTTP.

import { serve } from '../../people/serve.ts'
import { markRead } from './actions.ts'
import { unreadContract } from './contract.ts'

const os = serve(unreadContract).unread

export const unreadRoutes = {
  unread: os.router({
    mark: os.mark.handler(({ context: { services, caller }, input }) => markRead(services, caller, input)),
  }),
}
