// Routes of conversations: lists, one with its messages and history, who has it, its state, notes, live.

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { saidKinds, saidMarks } from '../../connectors/converse.ts'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { priorities, promiseMetrics } from '../promises/types.ts'
import { verdicts, ways } from '../triage/types.ts'
import { closeReasons, conversationStates, entryKinds, holders, orders } from '../types.ts'

const note = z.string().trim().max(4000)
const sentiment = z.union([z.literal(-1), z.literal(0), z.literal(1)]).nullable()

const contactView = z.object({
  id: z.uuid(),
  name: z.string(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  followers: z.number().int().nullable().describe('null: not told'),
})

export const conversationView = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  accountName: z.string(),
  network: z.string(),
  kind: z.enum(saidKinds),
  isPrivate: z.boolean(),
  initiator: z
    .enum(['them', 'we'])
    .describe('Who spoke to the other first; what was only heard does not count: as long as nobody has, it is for us'),
  begunByUsAt: instant.nullable().describe('When we spoke first; null: they did, or nobody has yet'),
  subject: z.string().nullable(),
  about: z.object({ id: z.string(), url: z.string().nullable(), title: z.string() }).nullable(),
  contact: contactView.nullable().describe('null: nobody is named'),
  department: z
    .object({
      id: z.uuid(),
      name: z.string(),
      walled: z.boolean().describe('Its conversations are seen by its members alone'),
    })
    .nullable(),
  owner: person.nullable(),
  isUnread: z.boolean().describe('You have not opened it since the newest message from outside, or put it back'),
  state: z.enum(conversationStates),
  reason: z.enum(closeReasons).nullable().describe('Why it was closed'),
  snoozedUntil: instant.nullable(),
  beganAt: instant,
  lastAt: instant.describe('When something was said last, by whomever'),
  waitingSince: instant.nullable().describe('The oldest message without an answer; null: nobody waits'),
  messages: z.number().int(),
  preview: z.string().describe('The beginning of what was said last'),
  lastIsOurs: z.boolean(),
  language: z.string().nullable(),
  sentiment,
  intent: z.string().nullable(),
  reopened: z.number().int().describe('How often somebody spoke again after it was closed'),
  due: z
    .object({
      at: instant,
      soonAt: instant.nullable(),
      metric: z.enum(promiseMetrics),
    })
    .nullable()
    .describe('The promise that is due first; null: nothing is owed by a time'),
  closedAt: instant.nullable(),
  closedBy: person.nullable(),
  priority: z.enum(priorities),
  tags: z.array(z.string()),
  verdict: z.enum(verdicts).nullable().describe('Whether it is appropriate to answer; null: not judged'),
  way: z.enum(ways).nullable().describe('How to answer it, or what to do instead'),
  goesOnIn: z
    .uuid()
    .nullable()
    .describe('Where what comes to its place goes on, since people put it there; null: here'),
})

export const listedView = conversationView.extend({
  found: z
    .object({
      messageId: z.uuid(),
      at: instant,
      text: z.string().describe('A line of it'),
      spans: z.array(z.tuple([z.number().int(), z.number().int()])).describe('Where the words stand in that line'),
    })
    .nullable()
    .describe(
      'Of a search: the message that says most of what was sought; null: its subject or its person has the words',
    ),
})

export const messageView = z.object({
  id: z.uuid(),
  at: instant,
  kind: z.enum(saidKinds),
  isOurs: z.boolean(),
  author: contactView.omit({ id: true }).nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  heardOnly: z.boolean().describe('Taken over from listening: it was not said to us'),
  quoted: z.string().nullable().describe('What it repeats of earlier messages'),
  media: z.array(
    z.object({ kind: z.string(), url: z.string().nullable(), alt: z.string(), name: z.string().nullable() }),
  ),
  url: z.string().nullable(),
  replyTo: z.uuid().nullable().describe('The message that it answers, where that is in this conversation'),
  rating: z.number().nullable().describe('Of a review, 0 to 1'),
  marks: z.array(z.enum(saidMarks)),
  language: z.string().nullable(),
  sentiment,
  intent: z.string().nullable(),
  editedAt: instant.nullable(),
  removedAt: instant.nullable().describe('Gone at the network; its words are gone here too'),
})

export const entryView = z.object({
  id: z.uuid(),
  kind: z.enum(entryKinds),
  at: instant,
  by: person.nullable().describe('null: Longrun itself'),
  note: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
})

export const conversationFilter = z.object({
  state: z.enum([...conversationStates, 'all']).default('open'),
  holder: z.enum(holders).default('anybody').describe('me: mine; nobody: without an owner'),
  departmentId: z.uuid().optional(),
  accountId: z.uuid().optional(),
  contactId: z.uuid().optional(),
  sentiment: z.enum(['negative', 'neutral', 'positive']).optional(),
  intent: z.string().max(40).optional(),
  priority: z.enum(priorities).optional(),
  tag: z.string().trim().min(1).max(60).optional(),
  due: z.enum(['soon', 'overdue', 'promised']).optional().describe('promised: whatever is owed by a time'),
})

/** Which conversations, in which order. */
export const listing = conversationFilter.extend({
  order: z.enum(orders).default('newest'),
  q: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Words of messages, subject, name and handle that must all occur: word "a phrase" -without #tag @handle'),
})

const path = '/orgs/{org}/conversations'

export const conversationsContract = {
  conversations: {
    list: route('inbox.read')
      .route({
        method: 'GET',
        path,
        summary: 'Conversations: what is due first, those who wait longest first, or those with the newest words first',
      })
      .input(pageInput.extend(listing.shape))
      .output(pageOf(listedView)),
    counts: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/counts`,
        summary: 'How many are open, mine, without an owner, waiting, put off; each is counted up to 1,000',
      })
      .input(inOrgInput)
      .output(
        z.object({
          open: z.number().int(),
          mine: z.number().int(),
          nobodys: z.number().int(),
          waiting: z.number().int(),
          snoozed: z.number().int(),
          due: z.number().int().describe('Due soon or overdue'),
          unread: z
            .object({ open: z.number().int(), mine: z.number().int(), nobodys: z.number().int() })
            .describe('Of the newest 1,000 of each, those that you have not read'),
        }),
      ),
    tags: route('inbox.read')
      .route({ method: 'GET', path: `${path}/tags`, summary: 'The tags that conversations have, at most 200' })
      .input(inOrgInput)
      .output(z.array(z.string())),
    live: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/live`,
        summary: 'Ids of conversations as they change, as server-sent events',
      })
      .input(inOrgInput)
      .output(
        eventIterator(
          z.object({
            ids: z.array(z.uuid()),
            present: z.array(z.uuid()).optional().describe('Those in which somebody came, left, or writes an answer'),
          }),
        ),
      ),
    read: route('inbox.read')
      .route({ method: 'GET', path: `${path}/{id}`, summary: 'One conversation' })
      .input(byId)
      .output(conversationView),
    messages: route('inbox.read')
      .route({ method: 'GET', path: `${path}/{id}/messages`, summary: 'What was said in it, newest first' })
      .input(pageInput.extend({ id: z.uuid() }))
      .output(pageOf(messageView)),
    moods: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/{id}/moods`,
        summary: 'How each message of theirs was meant, the oldest first; the newest 200 of them',
      })
      .input(byId)
      .output(
        z.array(
          z.object({ messageId: z.uuid(), at: instant, sentiment: sentiment.describe('null: it was not judged') }),
        ),
      ),
    history: route('inbox.read')
      .route({ method: 'GET', path: `${path}/{id}/history`, summary: 'What was done with it and noted, newest first' })
      .input(pageInput.extend({ id: z.uuid() }))
      .output(pageOf(entryView)),
    assign: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/{id}/assign`,
        summary: 'Who answers it, and which department; absent stays as it is',
      })
      .input(
        byId.extend({
          ownerId: z.uuid().nullable().optional(),
          departmentId: z.uuid().nullable().optional(),
          note: note.default(''),
        }),
      )
      .output(conversationView),
    move: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/{id}/state`,
        summary: 'Close it with a reason, put it off, open it again',
      })
      .input(
        byId.extend({
          to: z.enum(conversationStates),
          reason: z.enum(closeReasons).optional().describe('Needed to close it'),
          until: instant.optional().describe('Needed to put it off'),
          note: note.default(''),
        }),
      )
      .output(conversationView),
    note: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/{id}/notes`,
        successStatus: 201,
        summary: 'Write something for colleagues; nobody outside sees it',
      })
      .input(byId.extend({ note: note.min(1) }))
      .output(entryView),
  },
}
