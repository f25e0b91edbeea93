// Mentions over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { mentionsContract } from './contract.ts'
import { followMentions } from './live.ts'
import { countFacetsOf, listMentions, readMention } from './search.ts'

const os = serve(mentionsContract)

export const mentionsRoutes = os.router({
  mentions: {
    list: os.mentions.list.handler(({ context: { services, caller }, input }) => listMentions(services, caller, input)),
    facets: os.mentions.facets.handler(({ context: { services, caller }, input }) =>
      countFacetsOf(services, caller, input),
    ),
    read: os.mentions.read.handler(({ context: { services, caller }, input }) => readMention(services, caller, input)),
    live: os.mentions.live.handler(({ context: { services, caller }, input, signal }) =>
      followMentions(services, caller, input, signal),
    ),
  },
})
