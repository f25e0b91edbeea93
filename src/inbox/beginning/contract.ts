// Routes of conversations that we begin: with a person who was heard, and how many are planned and begun by the week.

import { z } from 'zod'
import { byId, day, inOrgInput, route } from '../../lib/route.ts'
import { takenOver } from '../taking-over/contract.ts'

const beginning = byId.extend({
  reason: z.string().trim().min(1).max(1000),
  anyway: z.boolean().default(false).describe('Though they are not to be contacted'),
})

const begun = {
  begun: z.number().int(),
  answered: z.number().int().describe('Of these, in how many somebody spoke to us afterwards'),
  goal: z.number().int().nullable().describe('null: none was set'),
}

export const beginningContract = {
  beginning: {
    withAuthor: route('inbox.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/people/{id}/conversation',
        summary: 'Begin a conversation with somebody who speaks, by what they said last',
      })
      .input(beginning)
      .output(takenOver),
    withContact: route('inbox.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/contacts/{id}/conversation',
        summary: 'Begin a conversation with a contact, by what they said last where we listen',
      })
      .input(beginning)
      .output(takenOver),
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/begun-conversations',
        summary: 'Conversations that we began, by the week in which we spoke first, beside what was planned',
      })
      .input(
        inOrgInput.extend({
          weeks: z.coerce.number().int().min(1).max(104).default(12).describe('This one included'),
          departmentId: z.uuid().optional(),
        }),
      )
      .output(
        z.object({
          zone: z.string().describe('In which weeks begin'),
          weeks: z.array(z.object({ week: day.describe('Its Monday'), ...begun })),
          thisWeek: z
            .array(z.object({ department: z.object({ id: z.uuid(), name: z.string() }).nullable(), ...begun }))
            .describe('The organisation, then departments with a goal'),
        }),
      ),
    setGoal: route('inbox.plan')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/begun-conversations/goal',
        successStatus: 204,
        summary: 'How many conversations to begin in a week, from this week on; 0 is no goal',
      })
      .input(
        inOrgInput.extend({
          departmentId: z.uuid().nullable().describe('null: the whole organisation'),
          weekly: z.number().int().min(0).max(1000),
        }),
      )
      .output(z.void()),
  },
}
