// Measures over HTTP.

import { serve } from '../../people/serve.ts'
import { readMeasures } from './actions.ts'
import { measuresContract } from './contract.ts'

const os = serve(measuresContract).measures

export const measuresRoutes = {
  measures: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readMeasures(services, caller, input)),
  }),
}
