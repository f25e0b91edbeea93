// Sources over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  addSource,
  changeSource,
  listSources,
  pauseSource,
  readSource,
  readVolume,
  removeSource,
  restoreSource,
  resumeSource,
  sourceKinds,
} from './actions.ts'
import { sourcesContract } from './contract.ts'

const os = serve(sourcesContract).listeningSources

export const sourcesRoutes = {
  listeningSources: os.router({
    kinds: os.kinds.handler(() => sourceKinds()),
    list: os.list.handler(({ context: { services, caller } }) => listSources(services, caller)),
    read: os.read.handler(({ context: { services, caller }, input }) => readSource(services, caller, input)),
    volume: os.volume.handler(({ context: { services, caller }, input }) => readVolume(services, caller, input)),
    add: os.add.handler(({ context: { services, caller }, input }) => addSource(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeSource(services, caller, input)),
    pause: os.pause.handler(({ context: { services, caller }, input }) => pauseSource(services, caller, input)),
    resume: os.resume.handler(({ context: { services, caller }, input }) => resumeSource(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeSource(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreSource(services, caller, input)),
  }),
}
