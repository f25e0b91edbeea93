// Answers over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listAnswers, putAway, sayWhatBecame, sendAgain, writeAnswer } from './actions.ts'
import { answersContract } from './contract.ts'

const os = serve(answersContract).answers

export const answersRoutes = {
  answers: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listAnswers(services, caller, input)),
    write: os.write.handler(({ context: { services, caller }, input }) => writeAnswer(services, caller, input)),
    retry: os.retry.handler(({ context: { services, caller }, input }) => sendAgain(services, caller, input)),
    discard: os.discard.handler(({ context: { services, caller }, input }) => putAway(services, caller, input)),
    resolve: os.resolve.handler(({ context: { services, caller }, input }) => sayWhatBecame(services, caller, input)),
  }),
}
