// Templates over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listTemplates } from './actions.ts'
import { templatesContract } from './contract.ts'

const os = serve(templatesContract).templates

export const templatesRoutes = {
  templates: { list: os.list.handler(({ context: { services, caller } }) => listTemplates(services, caller)) },
}
