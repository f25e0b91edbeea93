// Choices of the planner over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { askChoice, askWhatIf, listChoices, putChoice, readChoice, stopChoice } from './actions.ts'
import { choicesContract } from './contract.ts'

const os = serve(choicesContract).choices

export const choicesRoutes = {
  choices: {
    list: os.list.handler(({ context: { services, caller } }) => listChoices(services, caller)),
    read: os.read.handler(({ context: { services, caller }, input }) => readChoice(services, caller, input)),
    ask: os.ask.handler(({ context: { services, caller }, input }) => askChoice(services, caller, input)),
    stop: os.stop.handler(({ context: { services, caller }, input }) => stopChoice(services, caller, input)),
    whatIf: os.whatIf.handler(({ context: { services, caller }, input }) => askWhatIf(services, caller, input)),
    put: os.put.handler(({ context: { services, caller }, input }) => putChoice(services, caller, input)),
  },
}
