// The feed of sessions over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { endMyFeed, makeMyFeed, readMyFeed } from './actions.ts'
import { sessionFeedContract } from './contract.ts'

const os = serve(sessionFeedContract).sessionFeed

export const sessionFeedRoutes = {
  sessionFeed: {
    read: os.read.handler(({ context: { services, caller } }) => readMyFeed(services, caller)),
    make: os.make.handler(({ context: { services, caller } }) => makeMyFeed(services, caller)),
    end: os.end.handler(({ context: { services, caller } }) => endMyFeed(services, caller)),
  },
}
