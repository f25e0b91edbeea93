// Bulk changes over HTTP: each route runs one verb on every row.

import { inOrg } from '../../db/tx.ts'
import { serve } from '../../people/serve.ts'
import {
  assignPosts,
  cancelPosts,
  copyPosts,
  holdPosts,
  movePosts,
  releasePosts,
  removePosts,
  schedulePosts,
  unschedulePosts,
} from './change-many.ts'
import { bulkContract } from './contract.ts'
import { campaignNames } from './store.ts'

const { bulk: os } = serve(bulkContract)

export const bulkRoutes = {
  bulk: {
    campaigns: os.campaigns.handler(({ context: { services, caller } }) =>
      inOrg(services.db, caller.orgId, (tx) => campaignNames(tx, caller.orgId)),
    ),
    move: os.move.handler(({ context: { services, caller }, input }) => movePosts(services, caller, input.places)),
    copy: os.copy.handler(({ context: { services, caller }, input }) => copyPosts(services, caller, input.places)),
    schedule: os.schedule.handler(({ context: { services, caller }, input }) =>
      schedulePosts(services, caller, input.ids),
    ),
    unschedule: os.unschedule.handler(({ context: { services, caller }, input }) =>
      unschedulePosts(services, caller, input.ids),
    ),
    cancel: os.cancel.handler(({ context: { services, caller }, input }) => cancelPosts(services, caller, input)),
    hold: os.hold.handler(({ context: { services, caller }, input }) => holdPosts(services, caller, input)),
    release: os.release.handler(({ context: { services, caller }, input }) =>
      releasePosts(services, caller, input.ids),
    ),
    assign: os.assign.handler(({ context: { services, caller }, input }) =>
      assignPosts(services, caller, input.changes),
    ),
    remove: os.remove.handler(({ context: { services, caller }, input }) => removePosts(services, caller, input.ids)),
  },
}
