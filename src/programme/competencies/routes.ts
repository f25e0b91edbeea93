// The ladder over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginStep, lookAtStep, masterStep, setStepAside } from './climb.ts'
import { competenciesContract } from './contract.ts'
import { listObservations, observe, putBackObservation, takeBackObservation } from './observe.ts'
import {
  addCompetency,
  changeCompetency,
  layDefault,
  orderLadder,
  readHistory,
  readLadder,
  removeCompetency,
  restoreCompetency,
} from './shape-ladder.ts'

const os = serve(competenciesContract).competencies

export const competenciesRoutes = {
  competencies: {
    read: os.read.handler(({ context: { services, caller } }) => readLadder(services, caller)),
    lay: os.lay.handler(({ context: { services, caller } }) => layDefault(services, caller)),
    add: os.add.handler(({ context: { services, caller }, input }) => addCompetency(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeCompetency(services, caller, input)),
    order: os.order.handler(({ context: { services, caller }, input }) => orderLadder(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeCompetency(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) =>
      restoreCompetency(services, caller, input),
    ),
    history: os.history.handler(({ context: { services, caller }, input }) => readHistory(services, caller, input)),
    begin: os.begin.handler(({ context: { services, caller }, input }) => beginStep(services, caller, input)),
    look: os.look.handler(({ context: { services, caller }, input }) => lookAtStep(services, caller, input)),
    master: os.master.handler(({ context: { services, caller }, input }) => masterStep(services, caller, input)),
    setAside: os.setAside.handler(({ context: { services, caller }, input }) => setStepAside(services, caller, input)),
    observations: os.observations.handler(({ context: { services, caller }, input }) =>
      listObservations(services, caller, input),
    ),
    observe: os.observe.handler(({ context: { services, caller }, input }) => observe(services, caller, input)),
    takeBack: os.takeBack.handler(({ context: { services, caller }, input }) =>
      takeBackObservation(services, caller, input),
    ),
    putBack: os.putBack.handler(({ context: { services, caller }, input }) =>
      putBackObservation(services, caller, input),
    ),
  },
}
