// Routes of crossing points: the list with what each waits for, points of one's own, firing by hand, and the log of firings.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { actions, awaited, cause, condition, options, outcome, ownActions, tell, triggerVerbs } from './types.ts'

export const firingView = z.object({
  id: z.uuid(),
  pointId: z.uuid(),
  point: z.string().describe('Name of the crossing point'),
  at: instant,
  state: z.enum(['pending', 'done', 'failed']),
  cause,
  firedBy: person.nullable().describe('null: an event of the log did'),
  rehearsal: z.boolean(),
  campaign: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  post: z.object({ id: z.uuid(), summary: z.string() }).nullable(),
  outcome: outcome.nullable(),
  error: z.string().nullable(),
  tries: z.number().int(),
  endedAt: instant.nullable(),
  takenAt: instant.nullable(),
  takenBy: person.nullable(),
})

export const pointView = z.object({
  id: z.uuid(),
  key: z.string().nullable().describe('null: a point of the organisation’s own'),
  name: z.string(),
  trigger: z.enum(triggerVerbs),
  conditions: z.array(condition),
  action: z.enum(actions),
  options,
  tell,
  revision: z.number().int(),
  standing: z.object({
    state: z.enum(['works', 'by-hand', 'waits']),
    waitsFor: z.enum(awaited).nullable(),
    moreWith: z.enum(awaited).nullable(),
  }),
  disabledAt: instant.nullable(),
  disabledBy: person.nullable(),
  changedAt: instant.nullable(),
  changedBy: person.nullable(),
  fired: z.number().int(),
  failed: z.number().int(),
  last: firingView.nullable(),
})

const name = z.string().trim().min(1).max(200)
const conditions = z.array(condition).max(5)

export const crossingsContract = {
  crossings: {
    list: route('crossings.read')
      .route({ method: 'GET', path: '/orgs/{org}/crossings', summary: 'Where campaign and always-on meet' })
      .input(inOrgInput)
      .output(z.array(pointView)),
    read: route('crossings.read')
      .route({ method: 'GET', path: '/orgs/{org}/crossings/{id}', summary: 'One crossing point' })
      .input(byId)
      .output(pointView),
    create: route('crossings.change')
      .route({ method: 'POST', path: '/orgs/{org}/crossings', successStatus: 201, summary: 'Add a point of one’s own' })
      .input(
        inOrgInput.extend({
          name,
          trigger: z.enum(triggerVerbs),
          conditions: conditions.default([]),
          action: z.enum(ownActions),
          options: options.default({}),
          tell,
        }),
      )
      .output(pointView),
    change: route('crossings.change')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/crossings/{id}',
        summary: 'Change, switch off or on; `revision` is the one that was edited, a newer one answers 409',
      })
      .input(
        byId.extend({
          revision: z.number().int(),
          name: name.optional(),
          conditions: conditions.optional(),
          options: options.optional(),
          tell: tell.optional(),
          enabled: z.boolean().optional(),
        }),
      )
      .output(pointView),
    remove: route('crossings.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/crossings/{id}',
        summary: 'Remove a point of one’s own that never fired; any other is switched off',
      })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
    fire: route('crossings.fire')
      .route({ method: 'POST', path: '/orgs/{org}/crossings/{id}/fire', summary: 'Fire it by hand, or rehearse it' })
      .input(
        byId.extend({
          rehearsal: z.boolean().default(false).describe('People are told that it is one; nothing else happens'),
          campaignId: z.uuid().optional(),
          postId: z.uuid().optional(),
        }),
      )
      .output(firingView),
    firings: route('crossings.read')
      .route({ method: 'GET', path: '/orgs/{org}/crossing-firings', summary: 'What fired, newest first' })
      .input(
        pageInput.extend({
          pointId: z.uuid().optional(),
          campaignId: z.uuid().optional(),
          open: z
            .union([z.boolean(), z.stringbool()])
            .optional()
            .describe('Only what was handed over to always-on and nobody has taken'),
        }),
      )
      .output(pageOf(firingView)),
    again: route('crossings.fire')
      .route({ method: 'POST', path: '/orgs/{org}/crossing-firings/{id}/again', summary: 'Run what failed again' })
      .input(byId)
      .output(firingView),
    take: route('crossings.take')
      .route({ method: 'POST', path: '/orgs/{org}/crossing-firings/{id}/take', summary: 'Take what was handed over' })
      .input(byId)
      .output(firingView),
  },
}
