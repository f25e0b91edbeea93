// Routes of contacts: who speaks to us, what is kept of them, and putting persons together and apart.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

const tag = z.string().trim().min(1).max(40)

const identityView = z.object({
  network: z.string(),
  remoteId: z.string().describe('Of the person at that network'),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  followers: z.number().int().nullable().describe('null: not told'),
})

const lineView = z.object({
  id: z.uuid(),
  name: z.string(),
  identities: z.array(identityView),
  tags: z.array(z.string()),
  lastAt: instant.nullable().describe('Of what was said last in their conversations'),
})

const onlyMine = z.boolean().describe('Kept behind the wall of one department: only its members see it')

export const tagView = z.object({ id: z.uuid(), tag, walled: onlyMine, at: instant, by: person.nullable() })

export const noteView = z.object({
  id: z.uuid(),
  text: z.string(),
  walled: onlyMine,
  at: instant,
  by: person.nullable(),
})

export const consentView = z.object({
  id: z.uuid(),
  purpose: z.string().describe('What the person agreed to'),
  evidence: z.string().describe('Where that is written down'),
  walled: onlyMine,
  givenAt: instant,
  by: person.nullable().describe('Who noted it'),
  withdrawnAt: instant.nullable(),
  withdrawnBy: person.nullable(),
})

export const moveView = z.object({
  id: z.uuid(),
  kind: z.enum(['merged', 'split']),
  fromId: z.uuid(),
  toId: z.uuid(),
  identities: z.array(identityView.pick({ network: true, remoteId: true, handle: true, name: true })),
  at: instant,
  by: person.nullable(),
  undoneAt: instant.nullable(),
})

export const contactView = lineView.extend({
  tags: z.array(tagView),
  notes: z.array(noteView),
  consents: z.array(consentView),
  moves: z.array(moveView).describe('How this person was put together or apart, newest first'),
})

export const handOverView = z.object({
  conversationId: z.uuid(),
  preview: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  note: z.string(),
  at: instant,
  by: person.nullable(),
})

const path = '/orgs/{org}/contacts'
const identity = z.object({ network: z.string().max(60), remoteId: z.string().max(2000) })
const kept = byId.extend({ keptId: z.uuid() })

export const contactsContract = {
  contacts: {
    list: route('contacts.read')
      .route({ method: 'GET', path, summary: 'People who speak to us, by name' })
      .input(
        pageInput.extend({
          q: z.string().trim().max(200).optional().describe('Beginnings of words of names and handles; all must fit'),
          tag: tag.optional(),
        }),
      )
      .output(pageOf(lineView)),
    tags: route('contacts.read')
      .route({ method: 'GET', path: `${path}/tags`, summary: 'Tags that contacts have' })
      .input(inOrgInput)
      .output(z.array(z.string())),
    read: route('contacts.read')
      .route({ method: 'GET', path: `${path}/{id}`, summary: 'A person with everything that is kept of them' })
      .input(byId)
      .output(contactView),
    handOvers: route('contacts.read')
      .route({ method: 'GET', path: `${path}/{id}/hand-overs`, summary: 'Which departments had their conversations' })
      .input(byId)
      .output(z.array(handOverView)),
    suggestions: route('contacts.read')
      .route({ method: 'GET', path: `${path}/{id}/suggestions`, summary: 'Others who may be the same person' })
      .input(byId)
      .output(z.array(lineView.extend({ because: z.enum(['name', 'handle']) }))),
    merge: route('contacts.change')
      .route({ method: 'POST', path: `${path}/{id}/merge`, summary: 'Another contact is the same person' })
      .input(byId.extend({ contactId: z.uuid().describe('The one that goes into this one') }))
      .output(contactView),
    split: route('contacts.change')
      .route({ method: 'POST', path: `${path}/{id}/split`, summary: 'These identities are another person' })
      .input(byId.extend({ identities: z.array(identity).min(1).max(50) }))
      .output(contactView.describe('The other person')),
    undo: route('contacts.change')
      .route({ method: 'POST', path: `${path}/{id}/moves/{keptId}/undo`, summary: 'Take back a merge or split' })
      .input(kept)
      .output(contactView),
    tag: route('contacts.change')
      .route({ method: 'POST', path: `${path}/{id}/tags`, successStatus: 201, summary: 'Give a tag' })
      .input(byId.extend({ tag }))
      .output(contactView),
    untag: route('contacts.change')
      .route({ method: 'DELETE', path: `${path}/{id}/tags/{keptId}`, summary: 'Take a tag away' })
      .input(kept)
      .output(contactView),
    note: route('contacts.change')
      .route({ method: 'POST', path: `${path}/{id}/notes`, successStatus: 201, summary: 'Write a note for colleagues' })
      .input(byId.extend({ text: z.string().trim().min(1).max(4000) }))
      .output(contactView),
    removeNote: route('contacts.change')
      .route({ method: 'DELETE', path: `${path}/{id}/notes/{keptId}`, summary: 'Remove a note; its words are gone' })
      .input(kept)
      .output(contactView),
    consent: route('contacts.change')
      .route({
        method: 'POST',
        path: `${path}/{id}/consents`,
        successStatus: 201,
        summary: 'Note what the person agreed to',
      })
      .input(
        byId.extend({
          purpose: z.string().trim().min(1).max(500),
          evidence: z.string().trim().max(1000).default(''),
          givenAt: instant.optional().describe('Absent: now'),
        }),
      )
      .output(contactView),
    withdraw: route('contacts.change')
      .route({
        method: 'POST',
        path: `${path}/{id}/consents/{keptId}/withdraw`,
        summary: 'The person takes it back; that it was given stays noted',
      })
      .input(kept)
      .output(contactView),
  },
}
