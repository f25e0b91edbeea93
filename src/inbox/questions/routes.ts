// Questions between departments over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { answerQuestion, askDepartment, countForMe, listOpen, listQuestions, withdrawQuestion } from './actions.ts'
import { questionsContract } from './contract.ts'

const os = serve(questionsContract).questions

export const questionsRoutes = {
  questions: os.router({
    open: os.open.handler(({ context: { services, caller }, input }) => listOpen(services, caller, input)),
    count: os.count.handler(({ context: { services, caller } }) => countForMe(services, caller)),
    list: os.list.handler(({ context: { services, caller }, input }) => listQuestions(services, caller, input)),
    ask: os.ask.handler(({ context: { services, caller }, input }) => askDepartment(services, caller, input)),
    answer: os.answer.handler(({ context: { services, caller }, input }) => answerQuestion(services, caller, input)),
    withdraw: os.withdraw.handler(({ context: { services, caller }, input }) =>
      withdrawQuestion(services, caller, input),
    ),
  }),
}
