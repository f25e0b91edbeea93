// Duties over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { enterDuty, removeDuty, restoreDuty } from './actions.ts'
import { dutiesContract } from './contract.ts'

const os = serve(dutiesContract).duties

export const dutiesRoutes = {
  duties: {
    enter: os.enter.handler(({ context: { services, caller }, input }) => enterDuty(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeDuty(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreDuty(services, caller, input)),
  },
}
