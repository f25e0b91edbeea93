// Reading lists over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { addReading, listReadings, markReading, removeReading, restoreReading } from './actions.ts'
import { readingsContract } from './contract.ts'

const os = serve(readingsContract).readings

export const readingsRoutes = {
  readings: {
    list: os.list.handler(({ context: { services, caller } }) => listReadings(services, caller)),
    add: os.add.handler(({ context: { services, caller }, input }) => addReading(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeReading(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreReading(services, caller, input)),
    mark: os.mark.handler(({ context: { services, caller }, input }) => markReading(services, caller, input)),
  },
}
