// Causes over HTTP.

import { serve } from '../../people/serve.ts'
import { readCause } from './actions.ts'
import { causesContract } from './contract.ts'

const os = serve(causesContract).causes

export const causesRoutes = {
  causes: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readCause(services, caller, input)),
  }),
}
