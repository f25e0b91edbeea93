// Figures over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { changeFigures, listFigureVersions, readFigures } from './actions.ts'
import { figuresContract } from './contract.ts'

const os = serve(figuresContract).figures

export const figuresRoutes = {
  figures: {
    read: os.read.handler(({ context: { services, caller } }) => readFigures(services, caller)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeFigures(services, caller, input)),
    versions: os.versions.handler(({ context: { services, caller } }) => listFigureVersions(services, caller)),
  },
}
