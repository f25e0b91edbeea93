// Routes of what becomes of a mention: kept as a bookmark, made a brief, handed to the inbox or turned into an insight.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { mentionView } from '../mentions/contract.ts'
import { handOnFailures, handOnKinds, handOnStates } from './types.ts'

const mention = mentionView.nullable().describe('null: it was taken back or is not kept any longer')

const tags = z.array(z.string().trim().min(1).max(60)).max(20)
const note = z.string().trim().max(2000)

const savedView = z.object({
  mentionId: z.uuid(),
  mention,
  tags: z.array(z.string()),
  note: z.string(),
  savedAt: instant,
  savedBy: person,
})

const handOnView = z.object({
  id: z.uuid(),
  mentionId: z.uuid(),
  mention,
  kind: z.enum(handOnKinds),
  state: z.enum(handOnStates),
  reason: z.string(),
  assignee: person.nullable().describe('null: whoever routing finds'),
  createdAt: instant,
  createdBy: person.nullable().describe('null: by the rule of a topic'),
  topicId: z.uuid().nullable().describe('Of whose rule'),
  failure: z.enum(handOnFailures).nullable().describe('Why the inbox has not taken it over yet'),
  tryAgainAt: instant.nullable().describe('null: not by itself'),
  takenOverAt: instant.nullable(),
  takenBackAt: instant.nullable(),
})

export const handingOnContract = {
  savedMentions: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/saved-mentions', summary: 'Bookmarked mentions, saved last first' })
      .input(pageInput.extend({ tag: z.string().max(60).optional(), mention: z.uuid().optional() }))
      .output(pageOf(savedView)),
    tags: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/saved-mentions/tags', summary: 'Their tags, with how many have each' })
      .input(inOrgInput)
      .output(z.array(z.object({ tag: z.string(), count: z.number().int() }))),
    save: route('listening.brief')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/saved-mentions/{id}',
        summary: 'Bookmark a mention, or change its tags and note; the id is that of the mention',
      })
      .input(byId.extend({ tags: tags.default([]), note: note.default('') }))
      .output(savedView),
    remove: route('listening.brief')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/saved-mentions/{id}',
        successStatus: 204,
        summary: 'Take the bookmark away; saving it again is the way back',
      })
      .input(byId)
      .output(z.void()),
  },
  handOns: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/hand-ons', summary: 'Mentions that were handed on, newest first' })
      .input(
        pageInput.extend({
          kind: z.enum(handOnKinds).optional(),
          state: z.enum(['waiting', 'all']).default('waiting'),
        }),
      )
      .output(pageOf(handOnView)),
    add: route('listening.brief')
      .route({
        method: 'POST',
        path: '/orgs/{org}/mentions/{id}/hand-ons',
        successStatus: 201,
        summary:
          'Hand a mention on: the inbox takes it over within a minute, an insight waits for somebody, who is told',
      })
      .input(
        byId.extend({
          kind: z.enum(handOnKinds),
          reason: z.string().trim().min(1).max(1000),
          assigneeId: z
            .uuid()
            .nullable()
            .default(null)
            .describe('An insight waits for somebody; null: whoever the rules of the inbox find'),
          accountId: z
            .uuid()
            .nullable()
            .default(null)
            .describe('By which account it is to be answered; null: the first of its network'),
          anyway: z.boolean().default(false).describe('Though its author is not to be contacted'),
        }),
      )
      .output(handOnView),
    takeBack: route('listening.brief')
      .route({ method: 'POST', path: '/orgs/{org}/hand-ons/{id}/take-back', summary: 'It need not be done after all' })
      .input(byId)
      .output(handOnView),
    brief: route('briefs.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/mentions/{id}/brief',
        successStatus: 201,
        summary: 'Write a brief from a mention: its words as a quote, its address as a link',
      })
      .input(byId)
      .output(z.object({ briefId: z.uuid() })),
  },
}
