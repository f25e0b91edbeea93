// Publishing over HTTP: each route calls one verb.

import { readInOrg } from '../db/tx.ts'
import { notFound } from '../lib/refusal.ts'
import { serve } from '../people/serve.ts'
import { tendSoon } from './approvals/tend.ts'
import { assignPost } from './belonging.ts'
import { checkPost } from './check-post.ts'
import { publishingContract } from './contract.ts'
import { listPosts, readCalendar } from './list-posts.ts'
import { numbersOfPost } from './numbers.ts'
import { resolveVariant } from './resolve-variant.ts'
import { nextSlot, schedulePost, unschedulePost } from './schedule-post.ts'
import { cancelPost, holdPost, releasePost, removePost, restorePost } from './stop-post.ts'
import { findPost } from './store.ts'
import { viewOf } from './views.ts'
import { wayOfPost } from './way.ts'
import { withdrawVariant } from './withdraw-variant.ts'
import { createPost, savePost } from './write-post.ts'

const os = serve(publishingContract)

export const publishingRoutes = os.router({
  posts: {
    list: os.posts.list.handler(({ context: { services, caller }, input }) => listPosts(services, caller, input)),
    calendar: os.posts.calendar.handler(({ context: { services, caller }, input }) =>
      readCalendar(services, caller, input),
    ),
    create: os.posts.create.handler(({ context: { services, caller }, input }) => createPost(services, caller, input)),
    read: os.posts.read.handler(({ context: { services, caller }, input }) =>
      readInOrg(services.db, caller.orgId, async (tx) => {
        const found = await findPost(tx, caller.orgId, input.id)
        if (!found || found.post.deleted_at) throw notFound('post')
        return viewOf(tx, found)
      }),
    ),
    save: os.posts.save.handler(({ context: { services, caller }, input }) => savePost(services, caller, input)),
    assign: os.posts.assign.handler(({ context: { services, caller }, input }) => assignPost(services, caller, input)),
    check: os.posts.check.handler(({ context: { services, caller }, input }) => checkPost(services, caller, input)),
    schedule: os.posts.schedule.handler(async ({ context: { services, caller }, input }) => {
      const post = await schedulePost(services, caller, input)
      await tendSoon(services, 'post_id', input.id)
      return post
    }),
    unschedule: os.posts.unschedule.handler(({ context: { services, caller }, input }) =>
      unschedulePost(services, caller, input),
    ),
    hold: os.posts.hold.handler(({ context: { services, caller }, input }) => holdPost(services, caller, input)),
    release: os.posts.release.handler(({ context: { services, caller }, input }) =>
      releasePost(services, caller, input),
    ),
    cancel: os.posts.cancel.handler(({ context: { services, caller }, input }) => cancelPost(services, caller, input)),
    remove: os.posts.remove.handler(({ context: { services, caller }, input }) => removePost(services, caller, input)),
    restore: os.posts.restore.handler(({ context: { services, caller }, input }) =>
      restorePost(services, caller, input),
    ),
    withdraw: os.posts.withdraw.handler(({ context: { services, caller }, input }) =>
      withdrawVariant(services, caller, input),
    ),
    resolve: os.posts.resolve.handler(({ context: { services, caller }, input }) =>
      resolveVariant(services, caller, input),
    ),
    way: os.posts.way.handler(({ context: { services, caller }, input }) => wayOfPost(services, caller, input)),
    numbers: os.posts.numbers.handler(({ context: { services, caller }, input }) =>
      numbersOfPost(services, caller, input),
    ),
    nextSlot: os.posts.nextSlot.handler(({ context: { services, caller }, input }) =>
      nextSlot(services, caller, input),
    ),
  },
})
