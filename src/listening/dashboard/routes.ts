// The dashboard of a topic over HTTP.

import { serve } from '../../people/serve.ts'
import { dashboardContract } from './contract.ts'
import { readTopicDashboard } from './read-dashboard.ts'

const os = serve(dashboardContract)

export const dashboardRoutes = os.router({
  listeningDashboard: {
    topic: os.listeningDashboard.topic.handler(({ context: { services, caller }, input }) =>
      readTopicDashboard(services, caller, input),
    ),
  },
})
