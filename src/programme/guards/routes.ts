// Guards over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { answerAlarm, checkGuards, listAlarms, readGuards, readPeople, sayOpened, unanswerAlarm } from './actions.ts'
import { guardsContract } from './contract.ts'

const os = serve(guardsContract).guards

export const guardsRoutes = {
  guards: {
    read: os.read.handler(({ context: { services, caller } }) => readGuards(services, caller)),
    people: os.people.handler(({ context: { services, caller } }) => readPeople(services, caller)),
    check: os.check.handler(({ context: { services, caller } }) => checkGuards(services, caller)),
    sayOpened: os.sayOpened.handler(({ context: { services, caller }, input }) => sayOpened(services, caller, input)),
    alarms: os.alarms.handler(({ context: { services, caller }, input }) => listAlarms(services, caller, input)),
    answer: os.answer.handler(({ context: { services, caller }, input }) => answerAlarm(services, caller, input)),
    unanswer: os.unanswer.handler(({ context: { services, caller }, input }) => unanswerAlarm(services, caller, input)),
  },
}
