// People who speak over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  changeAuthor,
  liftObjection,
  listAuthors,
  moveAuthor,
  objectFor,
  readAuthor,
  readBasis,
  spotAuthor,
} from './actions.ts'
import { peopleWhoSpeakContract } from './contract.ts'

const { speakers: os } = serve(peopleWhoSpeakContract)

export const peopleWhoSpeakRoutes = {
  speakers: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listAuthors(services, caller, input)),
    basis: os.basis.handler(({ context: { services, caller } }) => readBasis(services, caller)),
    read: os.read.handler(({ context: { services, caller }, input }) => readAuthor(services, caller, input)),
    spot: os.spot.handler(({ context: { services, caller }, input }) => spotAuthor(services, caller, input)),
    move: os.move.handler(({ context: { services, caller }, input }) => moveAuthor(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeAuthor(services, caller, input)),
    object: os.object.handler(({ context: { services, caller }, input }) => objectFor(services, caller, input)),
    lift: os.lift.handler(({ context: { services, caller }, input }) => liftObjection(services, caller, input)),
  }),
}
