// Goals over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { endGoal, judgeDraft, listGoals, reopenGoal, setGoal } from './actions.ts'
import { changeGoal, takeChangeBack } from './change.ts'
import { goalsContract } from './contract.ts'
import { noteReading, removeReading, restoreReading } from './note-readings.ts'

const os = serve(goalsContract).goals

export const goalsRoutes = {
  goals: {
    list: os.list.handler(({ context: { services, caller }, input }) => listGoals(services, caller, input)),
    judge: os.judge.handler(({ context: { services, caller }, input }) => judgeDraft(services, caller, input)),
    set: os.set.handler(({ context: { services, caller }, input }) => setGoal(services, caller, input)),
    note: os.note.handler(({ context: { services, caller }, input }) => noteReading(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeGoal(services, caller, input)),
    takeBack: os.takeBack.handler(({ context: { services, caller }, input }) =>
      takeChangeBack(services, caller, input),
    ),
    removeReading: os.removeReading.handler(({ context: { services, caller }, input }) =>
      removeReading(services, caller, input),
    ),
    restoreReading: os.restoreReading.handler(({ context: { services, caller }, input }) =>
      restoreReading(services, caller, input),
    ),
    end: os.end.handler(({ context: { services, caller }, input }) => endGoal(services, caller, input)),
    reopen: os.reopen.handler(({ context: { services, caller }, input }) => reopenGoal(services, caller, input)),
  },
}
