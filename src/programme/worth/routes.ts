// What items are worth over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { chooseUnit, forgetLine, readWorth, recallLine, tellLine } from './actions.ts'
import { worthContract } from './contract.ts'

const os = serve(worthContract).worth

export const worthRoutes = {
  worth: {
    read: os.read.handler(({ context: { services, caller }, input }) => readWorth(services, caller, input)),
    chooseUnit: os.chooseUnit.handler(({ context: { services, caller }, input }) =>
      chooseUnit(services, caller, input),
    ),
    tell: os.tell.handler(({ context: { services, caller }, input }) => tellLine(services, caller, input)),
    forget: os.forget.handler(({ context: { services, caller }, input }) => forgetLine(services, caller, input)),
    recall: os.recall.handler(({ context: { services, caller }, input }) => recallLine(services, caller, input)),
  },
}
