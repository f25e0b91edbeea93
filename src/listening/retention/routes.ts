// How long what was heard is kept, over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { changeRetention, readRetention } from './actions.ts'
import { retentionContract } from './contract.ts'

const { retention: os } = serve(retentionContract)

export const retentionRoutes = {
  retention: os.router({
    read: os.read.handler(({ context: { services, caller } }) => readRetention(services, caller)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeRetention(services, caller, input)),
  }),
}
