// Saved replies over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { addReply, changeReply, listReplies, restoreReply, retireReply } from './actions.ts'
import { repliesContract } from './contract.ts'

const os = serve(repliesContract).savedReplies

export const repliesRoutes = {
  savedReplies: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listReplies(services, caller, input)),
    add: os.add.handler(({ context: { services, caller }, input }) => addReply(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeReply(services, caller, input)),
    retire: os.retire.handler(({ context: { services, caller }, input }) => retireReply(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreReply(services, caller, input)),
  }),
}
