// The programme over HTTP: each route calls one verb.

import { serve } from '../people/serve.ts'
import { beginProgramme, changeProgramme, endProgramme, readProgramme, resumeProgramme } from './actions.ts'
import { programmeContract } from './contract.ts'

const os = serve(programmeContract).programme

export const programmeRoutes = {
  programme: {
    read: os.read.handler(({ context: { services, caller } }) => readProgramme(services, caller)),
    begin: os.begin.handler(({ context: { services, caller }, input }) => beginProgramme(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeProgramme(services, caller, input)),
    end: os.end.handler(({ context: { services, caller }, input }) => endProgramme(services, caller, input)),
    resume: os.resume.handler(({ context: { services, caller }, input }) => resumeProgramme(services, caller, input)),
  },
}
