// Measures over HTTP.

import { serve } from '../../people/serve.ts'
import { readMeasures } from './actions.ts'
import { measuresContract } from './contract.ts'
import { readLoad } from './load.ts'

const os = serve(measuresContract).measures

export const measuresRoutes = {
  measures: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readMeasures(services, caller, input)),
    load: os.load.handler(({ context: { services, caller }, input }) => readLoad(services, caller, input)),
  }),
}
