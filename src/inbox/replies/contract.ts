// Routes of saved replies: words kept ready, which a person makes their own before anything is sent.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

export const replyFacts = z.object({
  title: z.string().trim().min(1).max(200),
  body: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .describe(
      'May name {{contact.name}}, {{contact.first-name}}, {{me.name}}, {{me.first-name}}, {{account.name}}, {{department.name}}, {{subject}}, {{post}}',
    ),
  language: z.string().trim().min(2).max(35).nullable().default(null).describe('BCP 47; null: none in particular'),
  departmentId: z.uuid().nullable().default(null).describe('null: of all departments'),
  shortcut: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Small letters, digits and hyphens')
    .nullable()
    .default(null)
    .describe('Typed after a slash, it brings the reply')
    .meta({ examples: [null] }),
})

export const replyView = replyFacts.extend({
  id: z.uuid(),
  department: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  updatedAt: instant,
  updatedBy: person.nullable(),
  retiredAt: instant.nullable().describe('Not offered any more'),
})

const path = '/orgs/{org}/saved-replies'

export const repliesContract = {
  savedReplies: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Saved replies by title' })
      .input(
        pageInput.extend({
          q: z.string().trim().max(200).optional().describe('In title, words or shortcut'),
          departmentId: z.uuid().optional().describe('Of this department, and those of all'),
          language: z.string().max(35).optional().describe('In this language, and those of none in particular'),
          retired: z.enum(['no', 'only']).default('no'),
        }),
      )
      .output(pageOf(replyView)),
    add: route('inbox.prepare')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Keep words ready' })
      .input(inOrgInput.extend(replyFacts.shape))
      .output(replyView),
    change: route('inbox.prepare')
      .route({ method: 'PUT', path: `${path}/{id}`, summary: 'Say it in other words; what was sent stays as it was' })
      .input(byId.extend(replyFacts.shape))
      .output(replyView),
    retire: route('inbox.prepare')
      .route({ method: 'POST', path: `${path}/{id}/retire`, summary: 'It is not offered any more' })
      .input(byId)
      .output(replyView),
    restore: route('inbox.prepare')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It is offered again' })
      .input(byId)
      .output(replyView),
  },
}
