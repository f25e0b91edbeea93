// Coding over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  codeText,
  finishSet,
  listSets,
  makeSet,
  readAgreement,
  readSet,
  readTexts,
  removeSet,
  settleText,
} from './actions.ts'
import { codingContract } from './contract.ts'

const os = serve(codingContract).coding

export const codingRoutes = {
  coding: os.router({
    list: os.list.handler(({ context: { services, caller } }) => listSets(services, caller)),
    read: os.read.handler(({ context: { services, caller }, input }) => readSet(services, caller, input)),
    make: os.make.handler(({ context: { services, caller }, input }) => makeSet(services, caller, input)),
    texts: os.texts.handler(({ context: { services, caller }, input }) => readTexts(services, caller, input)),
    code: os.code.handler(({ context: { services, caller }, input }) => codeText(services, caller, input)),
    agreement: os.agreement.handler(({ context: { services, caller }, input }) =>
      readAgreement(services, caller, input),
    ),
    settle: os.settle.handler(({ context: { services, caller }, input }) => settleText(services, caller, input)),
    finish: os.finish.handler(({ context: { services, caller }, input }) => finishSet(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeSet(services, caller, input)),
  }),
}
