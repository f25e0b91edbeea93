// Contacts over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { contactsContract } from './contract.ts'
import {
  noteConsent,
  noteOnContact,
  removeContactNote,
  tagContact,
  untagContact,
  withdrawContactConsent,
} from './keep-of.ts'
import { mergeContacts, splitContact, undoMove } from './move.ts'
import { listContacts, listHandOvers, listTags, readContact, suggestSame } from './read.ts'

const os = serve(contactsContract).contacts

export const contactsRoutes = {
  contacts: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listContacts(services, caller, input)),
    tags: os.tags.handler(({ context: { services, caller } }) => listTags(services, caller)),
    read: os.read.handler(({ context: { services, caller }, input }) => readContact(services, caller, input)),
    handOvers: os.handOvers.handler(({ context: { services, caller }, input }) =>
      listHandOvers(services, caller, input),
    ),
    suggestions: os.suggestions.handler(({ context: { services, caller }, input }) =>
      suggestSame(services, caller, input),
    ),
    merge: os.merge.handler(({ context: { services, caller }, input }) => mergeContacts(services, caller, input)),
    split: os.split.handler(({ context: { services, caller }, input }) => splitContact(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoMove(services, caller, input)),
    tag: os.tag.handler(({ context: { services, caller }, input }) => tagContact(services, caller, input)),
    untag: os.untag.handler(({ context: { services, caller }, input }) => untagContact(services, caller, input)),
    note: os.note.handler(({ context: { services, caller }, input }) => noteOnContact(services, caller, input)),
    removeNote: os.removeNote.handler(({ context: { services, caller }, input }) =>
      removeContactNote(services, caller, input),
    ),
    consent: os.consent.handler(({ context: { services, caller }, input }) => noteConsent(services, caller, input)),
    withdraw: os.withdraw.handler(({ context: { services, caller }, input }) =>
      withdrawContactConsent(services, caller, input),
    ),
  }),
}
