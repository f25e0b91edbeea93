// Goals over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { endGoal, judgeDraft, listGoals, noteReading, reopenGoal, setGoal } from './actions.ts'
import { goalsContract } from './contract.ts'

const os = serve(goalsContract).goals

export const goalsRoutes = {
  goals: {
    list: os.list.handler(({ context: { services, caller } }) => listGoals(services, caller)),
    judge: os.judge.handler(({ context: { services, caller }, input }) => judgeDraft(services, caller, input)),
    set: os.set.handler(({ context: { services, caller }, input }) => setGoal(services, caller, input)),
    note: os.note.handler(({ context: { services, caller }, input }) => noteReading(services, caller, input)),
    end: os.end.handler(({ context: { services, caller }, input }) => endGoal(services, caller, input)),
    reopen: os.reopen.handler(({ context: { services, caller }, input }) => reopenGoal(services, caller, input)),
  },
}
