// The advice before publishing over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { overrideAdvice, readAdvice, restoreAdvice } from './actions.ts'
import { adviceContract } from './contract.ts'

const os = serve(adviceContract).publishingAdvice

export const adviceRoutes = {
  publishingAdvice: {
    read: os.read.handler(({ context: { services, caller } }) => readAdvice(services, caller)),
    override: os.override.handler(({ context: { services, caller }, input }) =>
      overrideAdvice(services, caller, input),
    ),
    restore: os.restore.handler(({ context: { services, caller } }) => restoreAdvice(services, caller)),
  },
}
