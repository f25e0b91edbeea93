// Putting conversations together and apart over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listJoins, mergeConversations, splitConversation, undoJoin } from './actions.ts'
import { conversationJoinsContract } from './contract.ts'

const os = serve(conversationJoinsContract).conversationJoins

export const conversationJoinsRoutes = {
  conversationJoins: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listJoins(services, caller, input)),
    merge: os.merge.handler(({ context: { services, caller }, input }) => mergeConversations(services, caller, input)),
    split: os.split.handler(({ context: { services, caller }, input }) => splitConversation(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoJoin(services, caller, input)),
  }),
}
