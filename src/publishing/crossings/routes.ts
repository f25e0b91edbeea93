// Crossing points over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { crossingsContract } from './contract.ts'
import { firePoint, listFired, runAgain, takeHandOver } from './firings.ts'
import { changePoint, createPoint, listPoints, readPoint, removePoint } from './points.ts'

const os = serve(crossingsContract)

export const crossingsRoutes = os.router({
  crossings: {
    list: os.crossings.list.handler(({ context: { services, caller } }) => listPoints(services, caller)),
    read: os.crossings.read.handler(({ context: { services, caller }, input }) =>
      readPoint(services, caller, input.id),
    ),
    create: os.crossings.create.handler(({ context: { services, caller }, input: { org: _, ...plan } }) =>
      createPoint(services, caller, plan),
    ),
    change: os.crossings.change.handler(({ context: { services, caller }, input }) =>
      changePoint(services, caller, input),
    ),
    remove: os.crossings.remove.handler(({ context: { services, caller }, input }) =>
      removePoint(services, caller, input.id),
    ),
    fire: os.crossings.fire.handler(({ context: { services, caller }, input }) => firePoint(services, caller, input)),
    firings: os.crossings.firings.handler(({ context: { services, caller }, input }) =>
      listFired(services, caller, input),
    ),
    again: os.crossings.again.handler(({ context: { services, caller }, input }) =>
      runAgain(services, caller, input.id),
    ),
    take: os.crossings.take.handler(({ context: { services, caller }, input }) =>
      takeHandOver(services, caller, input.id),
    ),
  },
})
