// Moderation over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { moderate, offersOf } from './actions.ts'
import { moderationContract } from './contract.ts'

const os = serve(moderationContract).moderation

export const moderationRoutes = {
  moderation: os.router({
    offers: os.offers.handler(({ context: { services, caller }, input }) => offersOf(services, caller, input)),
    act: os.act.handler(({ context: { services, caller }, input }) => moderate(services, caller, input)),
  }),
}
