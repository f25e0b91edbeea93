// Conversations that we begin, over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginWithAuthor, beginWithContact, readBegun, setGoal } from './actions.ts'
import { beginningContract } from './contract.ts'

const os = serve(beginningContract).beginning

export const beginningRoutes = {
  beginning: os.router({
    withAuthor: os.withAuthor.handler(({ context: { services, caller }, input }) =>
      beginWithAuthor(services, caller, input),
    ),
    withContact: os.withContact.handler(({ context: { services, caller }, input }) =>
      beginWithContact(services, caller, input),
    ),
    read: os.read.handler(({ context: { services, caller }, input }) => readBegun(services, caller, input)),
    setGoal: os.setGoal.handler(({ context: { services, caller }, input }) => setGoal(services, caller, input)),
  }),
}
