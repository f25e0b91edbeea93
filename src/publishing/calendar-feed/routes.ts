// Calendar feeds over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { calendarFeedContract } from './contract.ts'
import { createFeed, listFeeds, renewFeed, revokeFeed } from './manage-feeds.ts'

const { calendarFeeds: os } = serve(calendarFeedContract)

export const calendarFeedRoutes = {
  calendarFeeds: {
    list: os.list.handler(({ context: { services, caller } }) => listFeeds(services, caller)),
    create: os.create.handler(({ context: { services, caller }, input }) => createFeed(services, caller, input)),
    renew: os.renew.handler(({ context: { services, caller }, input }) => renewFeed(services, caller, input)),
    revoke: os.revoke.handler(({ context: { services, caller }, input }) => revokeFeed(services, caller, input)),
  },
}
