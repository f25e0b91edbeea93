// Conversations over HTTP: each route calls one verb.

import { nameSubjects } from '../../events/subjects.ts'
import { serve } from '../../people/serve.ts'
import {
  assignConversation,
  listHistory,
  listMessages,
  moveConversation,
  noteOnConversation,
  readConversation,
} from './actions.ts'
import { conversationsContract } from './contract.ts'
import { listConversations, listTags, readCounts } from './list.ts'
import { followConversations } from './live.ts'
import { listMoods } from './moods.ts'
import { contactNames } from './store-seen.ts'

nameSubjects('conversation', contactNames)

const os = serve(conversationsContract).conversations

export const conversationsRoutes = {
  conversations: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listConversations(services, caller, input)),
    counts: os.counts.handler(({ context: { services, caller } }) => readCounts(services, caller)),
    tags: os.tags.handler(({ context: { services, caller } }) => listTags(services, caller)),
    live: os.live.handler(({ context: { services, caller }, signal }) => followConversations(services, caller, signal)),
    read: os.read.handler(({ context: { services, caller }, input }) => readConversation(services, caller, input)),
    messages: os.messages.handler(({ context: { services, caller }, input }) => listMessages(services, caller, input)),
    moods: os.moods.handler(({ context: { services, caller }, input }) => listMoods(services, caller, input)),
    history: os.history.handler(({ context: { services, caller }, input }) => listHistory(services, caller, input)),
    assign: os.assign.handler(({ context: { services, caller }, input }) =>
      assignConversation(services, caller, input),
    ),
    move: os.move.handler(({ context: { services, caller }, input }) => moveConversation(services, caller, input)),
    note: os.note.handler(({ context: { services, caller }, input }) => noteOnConversation(services, caller, input)),
  }),
}
