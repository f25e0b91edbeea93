// Rules of communities over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { changeRules, letStand, listRules, suggestionsOf } from './actions.ts'
import { communityRulesContract } from './contract.ts'

const os = serve(communityRulesContract).communityRules

export const communityRulesRoutes = {
  communityRules: os.router({
    list: os.list.handler(({ context: { services, caller } }) => listRules(services, caller)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeRules(services, caller, input)),
    suggestions: os.suggestions.handler(({ context: { services, caller }, input }) =>
      suggestionsOf(services, caller, input),
    ),
    letStand: os.letStand.handler(({ context: { services, caller }, input }) =>
      letStand(services, caller, { ...input, stands: true }),
    ),
    lookAgain: os.lookAgain.handler(({ context: { services, caller }, input }) =>
      letStand(services, caller, { ...input, stands: false }),
    ),
  }),
}
