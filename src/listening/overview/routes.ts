// The overview over HTTP.

import { serve } from '../../people/serve.ts'
import { overviewContract } from './contract.ts'
import { readSeries } from './series.ts'

const os = serve(overviewContract)

export const overviewRoutes = os.router({
  listeningOverview: {
    series: os.listeningOverview.series.handler(({ context: { services, caller }, input }) =>
      readSeries(services, caller, input),
    ),
  },
})
