// Links over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  changeRules,
  createLink,
  readClicks,
  readClicksOfPost,
  readLink,
  readLinks,
  readRules,
  removeLink,
  restoreLink,
} from './actions.ts'
import { linksContract } from './contract.ts'

const os = serve(linksContract)

export const linksRoutes = os.router({
  links: {
    rules: os.links.rules.handler(({ context: { services, caller } }) => readRules(services, caller)),
    changeRules: os.links.changeRules.handler(({ context: { services, caller }, input }) =>
      changeRules(services, caller, input),
    ),
    list: os.links.list.handler(({ context: { services, caller }, input }) => readLinks(services, caller, input)),
    read: os.links.read.handler(({ context: { services, caller }, input }) => readLink(services, caller, input)),
    clicks: os.links.clicks.handler(({ context: { services, caller }, input }) => readClicks(services, caller, input)),
    create: os.links.create.handler(({ context: { services, caller }, input }) => createLink(services, caller, input)),
    remove: os.links.remove.handler(({ context: { services, caller }, input }) => removeLink(services, caller, input)),
    restore: os.links.restore.handler(({ context: { services, caller }, input }) =>
      restoreLink(services, caller, input),
    ),
    ofPost: os.links.ofPost.handler(({ context: { services, caller }, input }) =>
      readClicksOfPost(services, caller, input),
    ),
  },
})
