// Capturing by hand over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { addCapture, listCaptures, matchWords, removeCapture } from './actions.ts'
import { captureContract } from './contract.ts'
import { checkFile, importFile, listImports, undoImport } from './import-file.ts'

const { captures, captureImports } = serve(captureContract)

export const captureRoutes = {
  captures: captures.router({
    match: captures.match.handler(({ context: { services, caller }, input }) => matchWords(services, caller, input)),
    add: captures.add.handler(({ context: { services, caller }, input }) => addCapture(services, caller, input)),
    list: captures.list.handler(({ context: { services, caller }, input }) => listCaptures(services, caller, input)),
    remove: captures.remove.handler(({ context: { services, caller }, input }) =>
      removeCapture(services, caller, input),
    ),
  }),
  captureImports: captureImports.router({
    check: captureImports.check.handler(({ context: { services, caller }, input }) =>
      checkFile(services, caller, input),
    ),
    add: captureImports.add.handler(({ context: { services, caller }, input }) => importFile(services, caller, input)),
    list: captureImports.list.handler(({ context: { services, caller }, input }) =>
      listImports(services, caller, input),
    ),
    undo: captureImports.undo.handler(({ context: { services, caller }, input }) =>
      undoImport(services, caller, input),
    ),
  }),
}
