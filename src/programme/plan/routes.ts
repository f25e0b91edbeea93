// The plan over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { adoptPlan, listVersions, previewPlan, readPlan } from './actions.ts'
import { planContract } from './contract.ts'

const os = serve(planContract).plan

export const planRoutes = {
  plan: {
    read: os.read.handler(({ context: { services, caller } }) => readPlan(services, caller)),
    preview: os.preview.handler(({ context: { services, caller }, input }) => previewPlan(services, caller, input)),
    adopt: os.adopt.handler(({ context: { services, caller }, input }) => adoptPlan(services, caller, input)),
    versions: os.versions.handler(({ context: { services, caller } }) => listVersions(services, caller)),
  },
}
