// Presence over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { attend, leave, readPresence, takeOver } from './actions.ts'
import { presenceContract } from './contract.ts'

const os = serve(presenceContract).presence

export const presenceRoutes = {
  presence: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readPresence(services, caller, input)),
    attend: os.attend.handler(({ context: { services, caller }, input }) => attend(services, caller, input)),
    takeOver: os.takeOver.handler(({ context: { services, caller }, input }) => takeOver(services, caller, input)),
    leave: os.leave.handler(({ context: { services, caller }, input }) => leave(services, caller, input)),
  }),
}
