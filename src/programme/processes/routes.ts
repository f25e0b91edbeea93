// Processes over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  documentProcess,
  endProcess,
  keepProcess,
  listProcesses,
  listProcessVersions,
  readProcess,
  resumeProcess,
  reviseProcess,
} from './actions.ts'
import { processesContract } from './contract.ts'

const os = serve(processesContract).processes

export const processesRoutes = {
  processes: {
    list: os.list.handler(({ context: { services, caller } }) => listProcesses(services, caller)),
    document: os.document.handler(({ context: { services, caller }, input }) =>
      documentProcess(services, caller, input),
    ),
    revise: os.revise.handler(({ context: { services, caller }, input }) => reviseProcess(services, caller, input)),
    keep: os.keep.handler(({ context: { services, caller }, input }) => keepProcess(services, caller, input)),
    end: os.end.handler(({ context: { services, caller }, input }) => endProcess(services, caller, input)),
    resume: os.resume.handler(({ context: { services, caller }, input }) => resumeProcess(services, caller, input)),
    versions: os.versions.handler(({ context: { services, caller }, input }) =>
      listProcessVersions(services, caller, input),
    ),
    read: os.read.handler(({ context: { services, caller }, input }) => readProcess(services, caller, input)),
  },
}
