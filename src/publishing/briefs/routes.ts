// Briefs over HTTP: each route calls one verb.

import { clientAddressHeader } from '../../people/auth.ts'
import { serve } from '../../people/serve.ts'
import { briefsContract } from './contract.ts'
import { listBriefs, readBrief } from './views.ts'
import { askAsVisitor, openToVisitors, showVisitorPage, visitorSettingsOf } from './visitors.ts'
import { beginBrief, changeBrief, declineBrief, finishBrief, reopenBrief, writeBrief } from './work-briefs.ts'

const os = serve(briefsContract)

export const briefsRoutes = os.router({
  briefs: {
    list: os.briefs.list.handler(({ context: { services, caller }, input }) => listBriefs(services, caller, input)),
    create: os.briefs.create.handler(({ context: { services, caller }, input: { org: _, ...words } }) =>
      writeBrief(services, caller, words),
    ),
    read: os.briefs.read.handler(({ context: { services, caller }, input }) => readBrief(services, caller, input)),
    change: os.briefs.change.handler(({ context: { services, caller }, input: { org: _, ...words } }) =>
      changeBrief(services, caller, words),
    ),
    begin: os.briefs.begin.handler(({ context: { services, caller }, input }) => beginBrief(services, caller, input)),
    finish: os.briefs.finish.handler(({ context: { services, caller }, input }) =>
      finishBrief(services, caller, input),
    ),
    decline: os.briefs.decline.handler(({ context: { services, caller }, input }) =>
      declineBrief(services, caller, input),
    ),
    reopen: os.briefs.reopen.handler(({ context: { services, caller }, input }) =>
      reopenBrief(services, caller, input),
    ),
    visitors: os.briefs.visitors.handler(({ context: { services, caller } }) => visitorSettingsOf(services, caller)),
    openToVisitors: os.briefs.openToVisitors.handler(({ context: { services, caller }, input }) =>
      openToVisitors(services, caller, input),
    ),
  },
  ask: {
    page: os.ask.page.handler(({ context: { services }, input }) => showVisitorPage(services, input)),
    send: os.ask.send.handler(({ context: { services, request }, input }) =>
      askAsVisitor(services, input, request.headers.get(clientAddressHeader) ?? ''),
    ),
  },
})
