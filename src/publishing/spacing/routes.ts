// Conflicts over HTTP.

import { serve } from '../../people/serve.ts'
import { findConflicts } from './conflicts.ts'
import { spacingContract } from './contract.ts'

const { planning: os } = serve(spacingContract)

export const spacingRoutes = {
  planning: {
    conflicts: os.conflicts.handler(({ context: { services, caller }, input }) =>
      findConflicts(services, caller, input),
    ),
  },
}
