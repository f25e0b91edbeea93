// Needs over HTTP: each route calls one verb.

import { serve } from '../../../people/serve.ts'
import { listNeeds, sayNeed, takeBack } from './actions.ts'
import { needsContract } from './contract.ts'

const os = serve(needsContract).needs

export const needsRoutes = {
  needs: {
    list: os.list.handler(({ context: { services, caller } }) => listNeeds(services, caller)),
    say: os.say.handler(({ context: { services, caller }, input }) => sayNeed(services, caller, input)),
    takeBack: os.takeBack.handler(({ context: { services, caller }, input }) => takeBack(services, caller, input)),
  },
}
