// Routing over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { judgeConversation, markConversation, readConsidered } from './considered.ts'
import { routingContract } from './contract.ts'
import { listVersions, readRules, setRules } from './rule-actions.ts'
import { tryRules } from './try-rules.ts'

const os = serve(routingContract)

export const routingRoutes = {
  routing: os.routing.router({
    read: os.routing.read.handler(({ context: { services, caller } }) => readRules(services, caller)),
    set: os.routing.set.handler(({ context: { services, caller }, input }) => setRules(services, caller, input)),
    versions: os.routing.versions.handler(({ context: { services, caller }, input }) =>
      listVersions(services, caller, input),
    ),
    try: os.routing.try.handler(({ context: { services, caller }, input }) => tryRules(services, caller, input)),
  }),
  considered: os.considered.router({
    read: os.considered.read.handler(({ context: { services, caller }, input }) =>
      readConsidered(services, caller, input),
    ),
    judge: os.considered.judge.handler(({ context: { services, caller }, input }) =>
      judgeConversation(services, caller, input),
    ),
    mark: os.considered.mark.handler(({ context: { services, caller }, input }) =>
      markConversation(services, caller, input),
    ),
  }),
}
