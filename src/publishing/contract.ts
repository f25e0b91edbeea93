// Routes of publishing: posts and their variants, scheduling, the calendar, the way of a post, its numbers.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route, timeZone, wallTime } from '../lib/route.ts'
import { person } from '../people/person.ts'
import { sameTextAgain } from './similar/types.ts'
import { belonging, draft, issue, reason, variantStates } from './types.ts'

const state = z.enum(variantStates)

export const variantView = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  /** null: follows the post. */
  content: draft.nullable(),
  /** Exactly what goes out, with its links as they are then; null until it is scheduled or shown for approval. */
  frozen: draft.nullable(),
  revision: z.number().int(),
  state,
  reason: reason.nullable(),
  stateSince: instant,
  dueAt: instant.nullable(),
  /** How many of its parts (segments of a thread, the first comment) are published. */
  out: z.number().int(),
  /** Whether something was sent and nobody knows yet what came of it. */
  doubt: z.boolean(),
  /** When Longrun acts on it next by itself. */
  wakeAt: instant.nullable(),
  publishedAt: instant.nullable(),
  remoteUrl: z.string().nullable(),
})

export const postView = z.object({
  id: z.uuid(),
  content: draft,
  summary: z.string(),
  revision: z.number().int(),
  state,
  createdAt: instant,
  createdBy: person,
  updatedAt: instant,
  updatedBy: person,
  dueAt: instant.nullable(),
  dueWall: wallTime.nullable(),
  dueZone: z.string().nullable(),
  belonging,
  variants: z.array(variantView),
})

/** A line of a list or a calendar: small on purpose. */
export const postLine = z.object({
  id: z.uuid(),
  summary: z.string(),
  state,
  dueAt: instant.nullable(),
  updatedAt: instant,
  accountIds: z.array(z.uuid()),
  campaignId: z.uuid().nullable(),
  thumbnailUrl: z.string().nullable(),
})

export const calendarLine = postLine.omit({ updatedAt: true })

export const calendarView = z.object({
  /** In the order of their times. */
  posts: z.array(calendarLine),
  /** Days or hours that have posts, with how many; `posts` holds the first of each. */
  cells: z.array(z.object({ cell: z.string(), count: z.number().int() })),
})

/** Of a list or a calendar: whose posts. */
const whose = {
  accountId: z.uuid().optional(),
  campaignId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('`none`: always-on'),
  departmentId: z.uuid().optional(),
  ownerId: z.uuid().optional().describe('A member who answers for them'),
}

const variantInput = z.object({ accountId: z.uuid(), content: draft.nullable().default(null) })

const checked = z.object({
  accountId: z.uuid(),
  issues: z.array(issue),
  links: z
    .array(z.object({ written: z.string(), goesOut: z.string() }))
    .describe('Links that go out otherwise than they were written'),
})

export const when = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('at'), wall: wallTime, zone: timeZone }),
  /** The next free queue slot of the accounts. */
  z.object({ kind: z.literal('slot') }),
])

/** One step of a post's way. `code` has its words in the interface. */
export const wayStep = z.object({
  at: instant,
  variantId: z.uuid().nullable(),
  code: z.string(),
  by: z.string().nullable(),
  position: z.number().int().nullable(),
  url: z.string().nullable(),
  reason: reason.nullable(),
})

export const snapshot = z.object({
  ageMinutes: z.number().int(),
  takenAt: instant,
  likes: z.number().int().nullable(),
  replies: z.number().int().nullable(),
  reposts: z.number().int().nullable(),
  quotes: z.number().int().nullable(),
  views: z.number().int().nullable(),
})

const variantOf = byId.extend({ variant: z.uuid() })
const reasonText = z.string().trim().max(500)

export const publishingContract = {
  posts: {
    list: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/posts', summary: 'Posts' })
      .input(
        pageInput.extend({
          state: state.optional(),
          ...whose,
          q: z.string().max(200).optional().describe('Words of the beginning of the text, each from its own beginning'),
          order: z.enum(['due', 'changed']).default('changed'),
        }),
      )
      .output(pageOf(postLine)),
    calendar: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/calendar',
        summary:
          'Posts planned between two instants (at most 100 days): the first `most` of each day or hour, and how many it has',
      })
      .input(
        inOrgInput.extend({
          from: instant,
          to: instant,
          /** Where days and hours begin. */
          zone: timeZone.default('UTC'),
          cell: z.enum(['day', 'hour']).default('day'),
          most: z.coerce.number().int().min(1).max(1000).default(100),
          ...whose,
        }),
      )
      .output(calendarView),
    create: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/posts', successStatus: 201, summary: 'Begin a post' })
      .input(
        inOrgInput.extend({
          content: draft,
          variants: z.array(variantInput).max(100).default([]),
          belonging: belonging.partial().optional(),
        }),
      )
      .output(postView),
    read: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/posts/{id}', summary: 'One post' })
      .input(byId)
      .output(postView),
    save: route('posts.write')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/posts/{id}',
        summary: 'Save; `revision` is the one that was edited, a newer one answers 409',
      })
      .input(
        byId.extend({
          revision: z.number().int(),
          content: draft.optional(),
          variants: z.array(variantInput).max(100).optional(),
        }),
      )
      .output(postView),
    assign: route('posts.write')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/posts/{id}/belonging',
        summary: 'Campaign, department, owner, initiator and origin; its words and its time stay',
      })
      .input(byId.extend(belonging.partial().shape))
      .output(postView),
    check: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/check',
        summary: 'What each network would say, without saving',
      })
      .input(
        inOrgInput.extend({
          id: z.uuid().optional().describe('The post, where it is stored already'),
          content: draft,
          variants: z.array(variantInput).max(100),
          at: instant.optional().describe('When it is to go out; absent: now'),
        }),
      )
      .output(z.array(checked)),
    schedule: route('posts.schedule')
      .route({ method: 'POST', path: '/orgs/{org}/posts/{id}/schedule', summary: 'Schedule or move' })
      .input(byId.extend({ when, sameTextAgain }))
      .output(postView),
    unschedule: route('posts.schedule')
      .route({ method: 'POST', path: '/orgs/{org}/posts/{id}/unschedule', summary: 'Back to a draft' })
      .input(byId)
      .output(postView),
    hold: route('posts.hold')
      .route({ method: 'POST', path: '/orgs/{org}/posts/{id}/hold', summary: 'Stop it until it is released' })
      .input(byId.extend({ reason: reasonText.min(1) }))
      .output(postView),
    release: route('posts.schedule')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/{id}/release',
        summary: 'Let it go on; past its time it goes out now',
      })
      .input(byId)
      .output(postView),
    cancel: route('posts.schedule')
      .route({ method: 'POST', path: '/orgs/{org}/posts/{id}/cancel', summary: 'Never send it' })
      .input(byId.extend({ reason: reasonText.default('') }))
      .output(postView),
    remove: route('posts.write')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/posts/{id}',
        summary: 'Delete here what was not published; can be restored',
      })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
    restore: route('posts.write')
      .route({ method: 'POST', path: '/orgs/{org}/posts/{id}/restore', summary: 'Undo the deletion' })
      .input(byId)
      .output(postView),
    withdraw: route('posts.remove')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/{id}/variants/{variant}/withdraw',
        summary: 'Delete it at the network',
      })
      .input(variantOf)
      .output(postView),
    resolve: route('posts.resolve')
      .route({
        method: 'POST',
        path: '/orgs/{org}/posts/{id}/variants/{variant}/resolve',
        summary: 'Decide what became of an unconfirmed post',
      })
      .input(
        variantOf.extend({
          decision: z.enum(['published', 'send', 'forget']),
          url: z.url({ protocol: /^https?$/ }).optional(),
        }),
      )
      .output(postView),
    way: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/posts/{id}/way',
        summary: 'Everything that happened to it, oldest first',
      })
      .input(byId)
      .output(z.array(wayStep)),
    numbers: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/posts/{id}/numbers',
        summary: 'Likes, replies, reposts and views over time',
      })
      .input(byId)
      .output(z.array(z.object({ variantId: z.uuid(), nextAt: instant.nullable(), snapshots: z.array(snapshot) }))),
    nextSlot: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/next-slot', summary: 'The next free queue slot of an account' })
      .input(
        inOrgInput.extend({
          accountId: z.uuid(),
          kind: z.enum(['always-on', 'campaign']).default('always-on').describe('Of the post that looks for one'),
        }),
      )
      .output(z.object({ dueAt: instant.nullable(), wall: wallTime.nullable(), zone: z.string() })),
  },
}
