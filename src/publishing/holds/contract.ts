// Routes of holds: what one would stop, begin it, see what it stopped, end it, decide about what was missed.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route, wallTime } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason, variantStates } from '../types.ts'
import { plannedTime, scopeInput, scopes, spacing } from './types.ts'

export const holdView = z.object({
  id: z.uuid(),
  scope: z.enum(scopes),
  scopeId: z.uuid().nullable(),
  /** Of the campaign, account or department; null where the scope names none, or where it is gone. */
  scopeName: z.string().nullable(),
  reason: z.string(),
  begunAt: instant,
  /** null: Longrun itself, by a rule. */
  begunBy: person.nullable(),
  endsAt: instant.nullable(),
  endsWall: wallTime.nullable(),
  endsZone: z.string().nullable(),
  endedAt: instant.nullable(),
  /** null with `endedAt`: its time was over. */
  endedBy: person.nullable(),
  /** How many variants it stopped, those that came under it later included. */
  stopped: z.number().int(),
  /** How many were being written when it began. */
  underWay: z.number().int(),
  /** How many it keeps from going out now. */
  holding: z.number().int(),
  /** How many of those whose time passed meanwhile still wait for a person. */
  missed: z.number().int(),
})

export const heldVariant = z.object({
  postId: z.uuid(),
  variantId: z.uuid(),
  accountId: z.uuid(),
  summary: z.string(),
  found: z.enum(['stopped', 'under-way']),
  foundAt: instant,
  letGo: z.enum(['went-on', 'missed', 'another-hold']).nullable(),
  state: z.enum(variantStates),
  reason: reason.nullable(),
  dueAt: instant.nullable(),
  remoteUrl: z.string().nullable(),
})

const boundLine = heldVariant.pick({
  postId: true,
  variantId: true,
  accountId: true,
  summary: true,
  state: true,
  dueAt: true,
})

export const holdPreview = z.object({
  /** Variants that it would stop. */
  count: z.number().int(),
  /** The next ones, by their times. */
  next: z.array(boundLine),
  /** Being written already: nothing can stop these. */
  underWay: z.array(boundLine),
})

const decided = z.object({
  count: z.number().int(),
  /** When the last one goes out; null: none does. */
  lastAt: instant.nullable(),
})

export const holdsContract = {
  holds: {
    list: route('holds.read')
      .route({ method: 'GET', path: '/orgs/{org}/holds', summary: 'Holds, newest first' })
      .input(pageInput.extend({ state: z.enum(['active', 'ended']).optional() }))
      .output(pageOf(holdView)),
    read: route('holds.read')
      .route({ method: 'GET', path: '/orgs/{org}/holds/{id}', summary: 'One hold' })
      .input(byId)
      .output(holdView),
    variants: route('holds.read')
      .route({ method: 'GET', path: '/orgs/{org}/holds/{id}/variants', summary: 'What a hold stopped, by its times' })
      .input(
        pageInput.extend({
          id: z.uuid(),
          kind: z
            .enum(['stopped', 'under-way', 'missed'])
            .default('stopped')
            .describe('`missed`: whose time passed under it and which nobody has decided about'),
        }),
      )
      .output(pageOf(heldVariant)),
    targets: route('holds.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/hold-targets',
        summary: 'Campaigns, accounts and departments to hold',
      })
      .input(inOrgInput)
      .output(z.object({ campaigns: z.array(person), accounts: z.array(person), departments: z.array(person) })),
    preview: route('holds.begin')
      .route({ method: 'POST', path: '/orgs/{org}/holds/preview', summary: 'What a hold would stop; changes nothing' })
      .input(inOrgInput.extend(scopeInput))
      .output(holdPreview),
    begin: route('holds.begin')
      .route({
        method: 'POST',
        path: '/orgs/{org}/holds',
        successStatus: 201,
        summary: 'Stop posts: once this answers, nothing of what it binds is sent any more, except what it names',
      })
      .input(
        inOrgInput.extend({
          ...scopeInput,
          reason: z.string().trim().min(1).max(500),
          ends: plannedTime
            .nullable()
            .default(null)
            .meta({ description: 'null: it ends by a person', examples: [null] }),
        }),
      )
      .output(z.object({ hold: holdView, underWay: z.array(boundLine) })),
    end: route('holds.end')
      .route({
        method: 'POST',
        path: '/orgs/{org}/holds/{id}/end',
        summary: 'What lies ahead goes on; what was missed waits for a person, or goes out spaced',
      })
      .input(byId.extend({ missed: z.enum(['ask', 'send']).default('ask'), spacingMinutes: spacing.default(10) }))
      .output(holdView),
    decide: route('holds.end')
      .route({
        method: 'POST',
        path: '/orgs/{org}/holds/{id}/missed',
        summary: 'Decide about posts whose time passed under it: send them one after the other, or cancel them',
      })
      .input(
        byId.extend({
          decision: z.enum(['send', 'cancel']),
          postIds: z.array(z.uuid()).max(10_000).optional().describe('Absent: all of them'),
          from: plannedTime
            .nullable()
            .default(null)
            .meta({ description: 'When the first goes out; null: now', examples: [null] }),
          spacingMinutes: spacing.default(10),
        }),
      )
      .output(decided),
  },
}
