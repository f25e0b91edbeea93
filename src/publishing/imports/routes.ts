// Imports and the export of the calendar over HTTP: each route calls one verb.

import { inOrg } from '../../db/tx.ts'
import { serve } from '../../people/serve.ts'
import { checkImport } from './check-import.ts'
import { importsContract } from './contract.ts'
import { exportPage } from './export-calendar.ts'
import { changeImport, discardImport, mustFind, openImport } from './open-import.ts'
import { runImport } from './run-import.ts'
import { stopImport } from './stop-import.ts'
import { undoImport } from './undo-import.ts'
import { listImports, viewOf } from './views.ts'

const { imports: os } = serve(importsContract)

export const importsRoutes = {
  imports: {
    open: os.open.handler(({ context: { services, caller }, input }) => openImport(services, caller, input)),
    list: os.list.handler(({ context: { services, caller }, input }) => listImports(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) =>
      inOrg(services.db, caller.orgId, async (tx) => viewOf(tx, await mustFind(tx, caller.orgId, input.id))),
    ),
    change: os.change.handler(({ context: { services, caller }, input }) => changeImport(services, caller, input)),
    check: os.check.handler(({ context: { services, caller }, input }) => checkImport(services, caller, input)),
    run: os.run.handler(({ context: { services, caller }, input }) => runImport(services, caller, input)),
    stop: os.stop.handler(({ context: { services, caller }, input }) => stopImport(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoImport(services, caller, input)),
    discard: os.discard.handler(({ context: { services, caller }, input }) => discardImport(services, caller, input)),
    exportPage: os.exportPage.handler(({ context: { services, caller }, input }) =>
      exportPage(services, caller, input),
    ),
  },
}
