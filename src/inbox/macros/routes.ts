// Macros over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { addMacro, changeMacro, listMacros, restoreMacro, retireMacro } from './actions.ts'
import { macrosContract } from './contract.ts'
import { previewMacro, runMacro } from './run.ts'

const os = serve(macrosContract).macros

export const macrosRoutes = {
  macros: os.router({
    list: os.list.handler(({ context: { services, caller } }) => listMacros(services, caller)),
    add: os.add.handler(({ context: { services, caller }, input }) => addMacro(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeMacro(services, caller, input)),
    retire: os.retire.handler(({ context: { services, caller }, input }) => retireMacro(services, caller, input)),
    restore: os.restore.handler(({ context: { services, caller }, input }) => restoreMacro(services, caller, input)),
    preview: os.preview.handler(({ context: { services, caller }, input }) => previewMacro(services, caller, input)),
    run: os.run.handler(({ context: { services, caller }, input }) => runMacro(services, caller, input)),
  }),
}
