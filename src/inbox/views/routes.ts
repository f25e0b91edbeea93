// Saved views over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { addView, arrangeViews, changeView, countViews, listViews, removeView, shareView } from './actions.ts'
import { conversationViewsContract } from './contract.ts'

const os = serve(conversationViewsContract).conversationViews

export const conversationViewsRoutes = {
  conversationViews: os.router({
    list: os.list.handler(({ context: { services, caller } }) => listViews(services, caller)),
    counts: os.counts.handler(({ context: { services, caller } }) => countViews(services, caller)),
    add: os.add.handler(({ context: { services, caller }, input }) => addView(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeView(services, caller, input)),
    share: os.share.handler(({ context: { services, caller }, input }) => shareView(services, caller, input)),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removeView(services, caller, input)),
    arrange: os.arrange.handler(({ context: { services, caller }, input }) => arrangeViews(services, caller, input)),
  }),
}
