// Commitments over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listCommitments, promise } from './actions.ts'
import { commitmentsContract } from './contract.ts'

const os = serve(commitmentsContract).commitments

export const commitmentsRoutes = {
  commitments: {
    list: os.list.handler(({ context: { services, caller } }) => listCommitments(services, caller)),
    promise: os.promise.handler(({ context: { services, caller }, input }) => promise(services, caller, input)),
  },
}
