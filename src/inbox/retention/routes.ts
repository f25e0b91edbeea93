// How long what people said to us is kept, over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { changeKept, previewKept, readKept } from './actions.ts'
import { inboxRetentionContract } from './contract.ts'

const { inboxRetention: os } = serve(inboxRetentionContract)

export const inboxRetentionRoutes = {
  inboxRetention: os.router({
    read: os.read.handler(({ context: { services, caller } }) => readKept(services, caller)),
    preview: os.preview.handler(({ context: { services, caller }, input }) => previewKept(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeKept(services, caller, input)),
  }),
}
