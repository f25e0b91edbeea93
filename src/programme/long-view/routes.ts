// The long view over HTTP: its one route calls one verb.

import { serve } from '../../people/serve.ts'
import { longViewContract } from './contract.ts'
import { readLongView } from './read-long-view.ts'

const os = serve(longViewContract).longView

export const longViewRoutes = {
  longView: {
    read: os.read.handler(({ context: { services, caller }, input }) => readLongView(services, caller, input)),
  },
}
