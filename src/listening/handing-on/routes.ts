// What becomes of mentions over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  briefMention,
  handOn,
  listHandOns,
  listSaved,
  listSavedTags,
  removeSaved,
  saveMention,
  takeBack,
} from './actions.ts'
import { handingOnContract } from './contract.ts'

const { savedMentions, handOns } = serve(handingOnContract)

export const handingOnRoutes = {
  savedMentions: savedMentions.router({
    list: savedMentions.list.handler(({ context: { services, caller }, input }) => listSaved(services, caller, input)),
    tags: savedMentions.tags.handler(({ context: { services, caller } }) => listSavedTags(services, caller)),
    save: savedMentions.save.handler(({ context: { services, caller }, input }) =>
      saveMention(services, caller, input),
    ),
    remove: savedMentions.remove.handler(({ context: { services, caller }, input }) =>
      removeSaved(services, caller, input),
    ),
  }),
  handOns: handOns.router({
    list: handOns.list.handler(({ context: { services, caller }, input }) => listHandOns(services, caller, input)),
    add: handOns.add.handler(({ context: { services, caller }, input }) => handOn(services, caller, input)),
    takeBack: handOns.takeBack.handler(({ context: { services, caller }, input }) => takeBack(services, caller, input)),
    brief: handOns.brief.handler(({ context: { services, caller }, input }) => briefMention(services, caller, input)),
  }),
}
