// Routes of campaigns: the list, the brief with its phases, closing with a decision, results, and both processes at once.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, pageInput, pageOf, route, timeZone } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { variantStates } from '../types.ts'
import { budget, campaignKinds, campaignLink, campaignResults, campaignStates, phase } from './types.ts'

const formerToo = person.extend({ left: z.boolean().describe('Is no member any more') })

const brief = {
  name: z.string().trim().min(1).max(200),
  kind: z.enum(campaignKinds),
  goal: z.string().max(5000).describe('What it is to reach'),
  audience: z.string().max(5000).describe('Whom it is for'),
  beginsOn: day,
  endsOn: day.describe('The last day, which is part of it'),
  timeZone,
  phases: z.array(phase).max(50),
  budget: budget.nullable(),
  links: z.array(campaignLink).max(50),
  assetIds: z.array(z.uuid()).max(200).describe('Media of the library'),
  ownerId: z.uuid(),
  deputyId: z.uuid().nullable(),
  departmentId: z.uuid().nullable(),
}

export const campaignLine = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(campaignKinds),
  state: z.enum(campaignStates),
  beginsOn: day,
  endsOn: day,
  timeZone: z.string(),
  owner: formerToo,
  departmentId: z.uuid().nullable(),
  budget: budget.nullable(),
  posts: z.number().int(),
  published: z.number().int(),
  updatedAt: instant,
})

export const campaignView = z.object({
  ...brief,
  id: z.uuid(),
  revision: z.number().int(),
  state: z.enum(campaignStates),
  owner: formerToo,
  deputy: formerToo.nullable(),
  sourceItemId: z.uuid().nullable(),
  assets: z.array(
    z.object({ id: z.uuid(), fileName: z.string(), alt: z.string(), thumbnailUrl: z.string().nullable() }),
  ),
  createdAt: instant,
  createdBy: formerToo,
  updatedAt: instant,
  begunAt: instant.nullable(),
  closedAt: instant.nullable(),
  closedBy: formerToo.nullable(),
  closingNote: z.string().nullable(),
})

const laneCell = z.object({
  cell: z.string(),
  count: z.number().int(),
  /** The state that needs a person most. */
  state: z.enum(variantStates),
  first: z.array(z.object({ id: z.uuid(), summary: z.string(), state: z.enum(variantStates), at: instant })),
})

const lane = z.object({ accountId: z.uuid().nullable(), cells: z.array(laneCell) })

export const lanesView = z.object({
  /** Every day or hour of the range, in order. */
  cells: z.array(z.object({ cell: z.string(), from: instant })),
  alwaysOn: z.array(lane).describe('A row for each account'),
  campaigns: z.array(
    campaignLine
      .pick({ id: true, name: true, kind: true, state: true, beginsOn: true, endsOn: true })
      .extend({ phases: z.array(phase), lanes: z.array(lane) }),
  ),
})

export const campaignsContract = {
  campaigns: {
    list: route('campaigns.read')
      .route({ method: 'GET', path: '/orgs/{org}/campaigns', summary: 'Campaigns' })
      .input(
        pageInput.extend({
          state: z
            .enum([...campaignStates, 'open'])
            .optional()
            .describe('`open`: all that nobody has closed'),
          kind: z.enum(campaignKinds).optional(),
          ownerId: z.uuid().optional(),
          departmentId: z.uuid().optional(),
          q: z.string().max(200).optional().describe('Words of its name or goal'),
          order: z.enum(['begin', 'end', 'name', 'changed']).default('begin'),
        }),
      )
      .output(pageOf(campaignLine)),
    create: route('campaigns.write')
      .route({ method: 'POST', path: '/orgs/{org}/campaigns', successStatus: 201, summary: 'Plan a campaign' })
      .input(
        inOrgInput.extend({
          ...brief,
          goal: brief.goal.default(''),
          audience: brief.audience.default(''),
          timeZone: timeZone.optional().describe('Absent: that of the organisation'),
          phases: brief.phases.default([]),
          budget: brief.budget.default(null),
          links: brief.links.default([]),
          assetIds: brief.assetIds.default([]),
          ownerId: z.uuid().optional().describe('Absent: who plans it'),
          deputyId: brief.deputyId.default(null),
          departmentId: brief.departmentId.default(null),
          sourceItemId: z.uuid().optional().describe('The item of a feed it answers: a quick campaign'),
        }),
      )
      .output(campaignView),
    read: route('campaigns.read')
      .route({ method: 'GET', path: '/orgs/{org}/campaigns/{id}', summary: 'One campaign' })
      .input(byId)
      .output(campaignView),
    change: route('campaigns.write')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/campaigns/{id}',
        summary: 'Change; `revision` is the one that was edited, a newer one answers 409',
      })
      .input(byId.extend({ revision: z.number().int(), ...z.object(brief).partial().shape }))
      .output(campaignView),
    close: route('campaigns.close')
      .route({
        method: 'POST',
        path: '/orgs/{org}/campaigns/{id}/close',
        summary: 'End it with a decision on record; its posts and the programme go on as they are',
      })
      .input(byId.extend({ note: z.string().trim().min(1).max(5000).describe('What was decided, and why') }))
      .output(campaignView),
    reopen: route('campaigns.close')
      .route({ method: 'POST', path: '/orgs/{org}/campaigns/{id}/reopen', summary: 'Take the closing back' })
      .input(byId)
      .output(campaignView),
    results: route('campaigns.read')
      .route({ method: 'GET', path: '/orgs/{org}/campaigns/{id}/results', summary: 'What it has come to so far' })
      .input(byId)
      .output(campaignResults),
    reports: route('campaigns.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/campaigns/{id}/reports',
        summary: 'Its closing reports, newest first, each as it was written',
      })
      .input(byId)
      .output(z.array(z.object({ id: z.uuid(), madeAt: instant, report: campaignResults }))),
    lanes: route('campaigns.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/campaign-lanes',
        summary: 'Always-on and campaigns at once, by account and day or hour (at most 100 days, or 100 hours)',
      })
      .input(
        inOrgInput.extend({
          from: instant,
          to: instant,
          /** Where days and hours begin. */
          zone: timeZone.default('UTC'),
          cell: z.enum(['day', 'hour']).default('day'),
        }),
      )
      .output(lanesView),
  },
}
