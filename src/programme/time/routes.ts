// Time over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  dropTimer,
  logTime,
  readMine,
  removeEntry,
  restoreEntry,
  setCeiling,
  startTimer,
  stopTimer,
} from './actions.ts'
import { timeContract } from './contract.ts'

const os = serve(timeContract).time

export const timeRoutes = {
  time: {
    mine: os.mine.handler(({ context: { services, caller } }) => readMine(services, caller)),
    start: os.start.handler(({ context: { services, caller }, input }) => startTimer(services, caller, input)),
    stop: os.stop.handler(({ context: { services, caller }, input }) => stopTimer(services, caller, input)),
    drop: os.drop.handler(({ context: { services, caller } }) => dropTimer(services, caller)),
    log: os.log.handler(({ context: { services, caller }, input }) => logTime(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeEntry(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreEntry(services, caller, input)),
    setCeiling: os.setCeiling.handler(({ context: { services, caller }, input }) =>
      setCeiling(services, caller, input),
    ),
  },
}
