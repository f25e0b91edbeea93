// Assessments over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listAssessments, takeAssessment } from './actions.ts'
import { assessmentContract } from './contract.ts'
import { readSources } from './told.ts'

const os = serve(assessmentContract).assessments

export const assessmentRoutes = {
  assessments: {
    list: os.list.handler(({ context: { services, caller } }) => listAssessments(services, caller)),
    sources: os.sources.handler(({ context: { services, caller } }) => readSources(services, caller.orgId)),
    take: os.take.handler(({ context: { services, caller }, input }) => takeAssessment(services, caller, input)),
  },
}
