// Changes to many conversations over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginBulk, readBulk, undoBulk } from './actions.ts'
import { conversationBulksContract } from './contract.ts'

const os = serve(conversationBulksContract).conversationBulks

export const conversationBulksRoutes = {
  conversationBulks: os.router({
    begin: os.begin.handler(({ context: { services, caller }, input }) => beginBulk(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) => readBulk(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoBulk(services, caller, input)),
  }),
}
