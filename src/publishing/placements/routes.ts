// Placements over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  addPlacement,
  changePlacement,
  endPlacement,
  listPlacements,
  readPlacement,
  resumePlacement,
} from './actions.ts'
import { placementsContract } from './contract.ts'
import { countReference, readReferences, takeBackReference } from './references.ts'

const os = serve(placementsContract)

export const placementsRoutes = os.router({
  placements: {
    list: os.placements.list.handler(({ context: { services, caller } }) => listPlacements(services, caller)),
    read: os.placements.read.handler(({ context: { services, caller }, input }) =>
      readPlacement(services, caller, input),
    ),
    add: os.placements.add.handler(({ context: { services, caller }, input }) => addPlacement(services, caller, input)),
    change: os.placements.change.handler(({ context: { services, caller }, input }) =>
      changePlacement(services, caller, input),
    ),
    end: os.placements.end.handler(({ context: { services, caller }, input }) => endPlacement(services, caller, input)),
    resume: os.placements.resume.handler(({ context: { services, caller }, input }) =>
      resumePlacement(services, caller, input),
    ),
    references: os.placements.references.handler(({ context: { services, caller }, input }) =>
      readReferences(services, caller, input),
    ),
    takeBack: os.placements.takeBack.handler(({ context: { services, caller }, input }) =>
      takeBackReference(services, caller, input),
    ),
    count: os.placements.count.handler(({ context: { services, caller }, input }) =>
      countReference(services, caller, input),
    ),
  },
})
