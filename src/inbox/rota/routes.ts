// The rota over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { callOffAbsence, changeAbsence, listAbsences, planAbsence } from './absences.ts'
import { rotaContract } from './contract.ts'
import { changeWork, listWork } from './work.ts'

const os = serve(rotaContract)

export const rotaRoutes = {
  work: os.work.router({
    list: os.work.list.handler(({ context: { services, caller } }) => listWork(services, caller)),
    change: os.work.change.handler(({ context: { services, caller }, input }) => changeWork(services, caller, input)),
  }),
  absences: os.absences.router({
    list: os.absences.list.handler(({ context: { services, caller }, input }) => listAbsences(services, caller, input)),
    plan: os.absences.plan.handler(({ context: { services, caller }, input }) => planAbsence(services, caller, input)),
    change: os.absences.change.handler(({ context: { services, caller }, input }) =>
      changeAbsence(services, caller, input),
    ),
    callOff: os.absences.callOff.handler(({ context: { services, caller }, input }) =>
      callOffAbsence(services, caller, input),
    ),
  }),
}
