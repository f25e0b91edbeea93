// Holds over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginHold, previewHold } from './begin-hold.ts'
import { holdsContract } from './contract.ts'
import { decideMissed } from './decide-missed.ts'
import { endHold } from './end-hold.ts'
import { holdTargets, listHeld, listHolds, readHold } from './read-holds.ts'

const os = serve(holdsContract)

export const holdsRoutes = os.router({
  holds: {
    list: os.holds.list.handler(({ context: { services, caller }, input }) => listHolds(services, caller, input)),
    read: os.holds.read.handler(({ context: { services, caller }, input }) => readHold(services, caller, input)),
    variants: os.holds.variants.handler(({ context: { services, caller }, input }) =>
      listHeld(services, caller, input),
    ),
    targets: os.holds.targets.handler(({ context: { services, caller } }) => holdTargets(services, caller)),
    preview: os.holds.preview.handler(({ context: { services, caller }, input }) =>
      previewHold(services, caller, input),
    ),
    begin: os.holds.begin.handler(({ context: { services, caller }, input }) => beginHold(services, caller, input)),
    end: os.holds.end.handler(({ context: { services, caller }, input }) => endHold(services, caller, input)),
    decide: os.holds.decide.handler(({ context: { services, caller }, input }) =>
      decideMissed(services, caller, input),
    ),
  },
})
