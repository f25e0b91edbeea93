// Reviews over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { readReviews, reviewNow, stopOn, tryAgain } from './actions.ts'
import { reviewsContract } from './contract.ts'
import { decideLine, undoDecision } from './decide.ts'

const os = serve(reviewsContract).lineReviews

export const reviewsRoutes = {
  lineReviews: {
    read: os.read.handler(({ context: { services, caller } }) => readReviews(services, caller)),
    make: os.make.handler(({ context: { services, caller } }) => reviewNow(services, caller)),
    decide: os.decide.handler(({ context: { services, caller }, input }) => decideLine(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoDecision(services, caller, input)),
    stopOn: os.stopOn.handler(({ context: { services, caller }, input }) => stopOn(services, caller, input)),
    tryAgain: os.tryAgain.handler(({ context: { services, caller }, input }) => tryAgain(services, caller, input)),
  },
}
