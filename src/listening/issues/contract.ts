// Routes of issues: records of what may become a crisis, from the first alert to the reason why it was closed.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { mentionView } from '../mentions/contract.ts'
import { severities } from '../spikes/severity.ts'
import { closeReasons, entryKinds, issueStates } from './types.ts'

const title = z.string().trim().min(1).max(200)
const note = z.string().trim().max(4000)

export const issueView = z.object({
  id: z.uuid(),
  topicId: z.uuid(),
  topic: z.string(),
  title: z.string(),
  state: z.enum(issueStates),
  reason: z.enum(closeReasons).nullable().describe('Why it was closed'),
  severity: z.enum(severities).describe('The gravest of its alerts'),
  owner: person.nullable(),
  openedAt: instant,
  openedBy: person.nullable().describe('null: an alert opened it'),
  changedAt: instant,
  closedAt: instant.nullable(),
  closedBy: person.nullable(),
  alerts: z.number().int(),
  evidence: z.number().int(),
  notes: z.number().int(),
})

export const entryView = z.object({
  id: z.uuid(),
  kind: z.enum(entryKinds),
  at: instant,
  by: person.nullable().describe('null: Longrun itself'),
  note: z.string(),
  alert: z
    .object({
      id: z.uuid(),
      sentence: z.string(),
      network: z.string(),
      severity: z.enum(severities),
      answer: z.string().nullable(),
    })
    .nullable(),
  mentionId: z.uuid().nullable(),
  mention: mentionView.nullable().describe('null: it was taken back or is not kept any longer'),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.enum(closeReasons).nullable(),
  byAnswer: z.boolean().describe('The answer to its alert did it'),
})

export const issuesContract = {
  issues: {
    list: route('issues.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/issues', summary: 'Issues, changed last first' })
      .input(
        pageInput.extend({
          topicId: z.uuid().optional(),
          state: z
            .enum(['live', ...issueStates, 'all'])
            .default('live')
            .describe('live: not closed'),
        }),
      )
      .output(pageOf(issueView)),
    read: route('issues.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/issues/{id}', summary: 'One issue' })
      .input(byId)
      .output(issueView),
    timeline: route('issues.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/issues/{id}/timeline',
        summary: 'What happened to it, newest first',
      })
      .input(pageInput.extend({ id: z.uuid() }))
      .output(pageOf(entryView)),
    open: route('issues.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/issues',
        successStatus: 201,
        summary: 'Open an issue from an alert, a mention or by itself; where one is open for the topic, that joins it',
      })
      .input(
        inOrgInput.extend({
          topicId: z.uuid().optional().describe('Needed unless an alert, or a mention of one topic, is named'),
          alertId: z.uuid().optional(),
          mentionId: z.uuid().optional(),
          title: title.optional(),
          note: note.default(''),
        }),
      )
      .output(issueView),
    change: route('issues.handle')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/listening/issues/{id}',
        summary: 'Its title, and who answers for it',
      })
      .input(byId.extend({ title: title.optional(), ownerId: z.uuid().nullable().optional() }))
      .output(issueView),
    move: route('issues.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/issues/{id}/state',
        summary: 'Somebody handles it, it waits again, or it is closed with a reason',
      })
      .input(byId.extend({ to: z.enum(issueStates), reason: z.enum(closeReasons).optional(), note: note.default('') }))
      .output(issueView),
    reopen: route('issues.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/issues/{id}/reopen',
        summary: 'Undo its closing: it is as it was before, unless another one was opened for the topic',
      })
      .input(byId)
      .output(issueView),
    note: route('issues.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/issues/{id}/notes',
        successStatus: 201,
        summary: 'Write what was found or done into its timeline',
      })
      .input(byId.extend({ note: note.min(1) }))
      .output(issueView),
    attach: route('issues.handle')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/issues/{id}/evidence/{mentionId}',
        summary: 'Attach a mention as evidence; twice is as once',
      })
      .input(byId.extend({ mentionId: z.uuid(), note: note.default('') }))
      .output(issueView),
    detach: route('issues.handle')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/issues/{id}/evidence/{mentionId}',
        summary: 'It says nothing about the issue after all',
      })
      .input(byId.extend({ mentionId: z.uuid() }))
      .output(issueView),
  },
}
