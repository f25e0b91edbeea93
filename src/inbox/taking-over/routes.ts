// Taking over what was heard, over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { readTaken, takeOverByHand } from './actions.ts'
import { takingOverContract } from './contract.ts'

const os = serve(takingOverContract).takingOver

export const takingOverRoutes = {
  takingOver: os.router({
    take: os.take.handler(({ context: { services, caller }, input }) => takeOverByHand(services, caller, input)),
    taken: os.taken.handler(({ context: { services, caller }, input }) => readTaken(services, caller, input)),
  }),
}
