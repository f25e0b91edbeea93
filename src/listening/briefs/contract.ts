// Routes of weekly listening briefs: drafts with figures, publishing to readers, who read them, taking them back.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { briefFigures, briefStates, briefWords, week } from './types.ts'

const reader = z.object({
  member: person,
  readAt: instant.nullable(),
  readBy: z.enum(['app', 'link']).nullable(),
  remindedAt: instant.nullable(),
  mail: z
    .enum(['waiting', 'sending', 'sent', 'refused', 'unknown', 'left-out'])
    .nullable()
    .describe('What became of the mail; null: there was no mail server'),
})

const briefLine = z.object({
  id: z.uuid(),
  week,
  weekText: z.string(),
  state: z.enum(briefStates),
  createdAt: instant,
  publishedAt: instant.nullable(),
  publishedBy: person.nullable(),
  readers: z.number().int(),
  read: z.number().int(),
})

export const listeningBriefView = briefLine.extend({
  ...briefWords.shape,
  revision: z.number().int(),
  figures: briefFigures.extend({
    shared: z.array(
      z.object({
        mentionId: z.uuid(),
        shares: z.number().int(),
        text: z.string().nullable().describe('null: it was taken back or is not kept any longer'),
        author: z.string().nullable(),
        url: z.string().nullable(),
      }),
    ),
  }),
  figuresAt: instant.describe('When the figures were made'),
  zone: z.string().describe('In which its days begin'),
  editedAt: instant.nullable(),
  editedBy: person.nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnBy: person.nullable(),
  withdrawReason: z.string().nullable(),
  receipts: z.array(reader),
  preview: z.string().describe('As it is mailed'),
})

const base = '/orgs/{org}/listening/briefs'

export const listeningBriefsContract = {
  listeningBriefs: {
    list: route('listening.read')
      .route({ method: 'GET', path: base, summary: 'Weekly listening briefs, newest week first; drafts too' })
      .input(pageInput)
      .output(pageOf(briefLine)),
    read: route('listening.read')
      .route({ method: 'GET', path: `${base}/{id}`, summary: 'One brief, with who read it' })
      .input(byId)
      .output(listeningBriefView),
    draft: route('listening.brief')
      .route({
        method: 'POST',
        path: base,
        summary: 'The draft of the last week that is over; made now where the clock has not made it on Monday',
      })
      .input(inOrgInput)
      .output(listeningBriefView),
    change: route('listening.brief')
      .route({
        method: 'PATCH',
        path: `${base}/{id}`,
        summary: 'Change a draft; `revision` is the one that was edited, a newer one answers 409',
      })
      .input(byId.extend({ revision: z.number().int(), ...briefWords.partial().shape }))
      .output(listeningBriefView),
    refresh: route('listening.brief')
      .route({ method: 'POST', path: `${base}/{id}/figures`, summary: 'Make the figures of a draft again' })
      .input(byId)
      .output(listeningBriefView),
    publish: route('listening.publish')
      .route({
        method: 'POST',
        path: `${base}/{id}/publish`,
        summary: 'Give it to its readers, by mail where there is a mail server; `revision` is the one that was seen',
      })
      .input(byId.extend({ revision: z.number().int() }))
      .output(listeningBriefView),
    withdraw: route('listening.publish')
      .route({
        method: 'POST',
        path: `${base}/{id}/withdraw`,
        summary: 'Take it back: mails that wait are not sent, links say so',
      })
      .input(byId.extend({ reason: z.string().trim().min(1).max(500) }))
      .output(listeningBriefView),
    putBack: route('listening.publish')
      .route({ method: 'POST', path: `${base}/{id}/put-back`, summary: 'Undo its withdrawal; nobody is mailed twice' })
      .input(byId)
      .output(listeningBriefView),
    confirm: route('listening.confirm')
      .route({ method: 'POST', path: `${base}/{id}/read`, summary: 'Say that you have read it' })
      .input(byId)
      .output(listeningBriefView),
  },
}
