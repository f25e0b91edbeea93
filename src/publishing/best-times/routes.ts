// Best times over HTTP.

import { serve } from '../../people/serve.ts'
import { bestTimesContract } from './contract.ts'
import { readBestTimes } from './read-best-times.ts'

const { bestTimes: os } = serve(bestTimesContract)

export const bestTimesRoutes = {
  bestTimes: {
    ofAccount: os.ofAccount.handler(({ context: { services, caller }, input }) =>
      readBestTimes(services, caller, input),
    ),
  },
}
