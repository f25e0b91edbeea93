// Listening briefs over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  askForDraft,
  changeBrief,
  confirmReading,
  listBriefs,
  publishBrief,
  putBackBrief,
  readBrief,
  refreshFigures,
  withdrawBrief,
} from './actions.ts'
import { listeningBriefsContract } from './contract.ts'

const os = serve(listeningBriefsContract).listeningBriefs

export const listeningBriefsRoutes = {
  listeningBriefs: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listBriefs(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) => readBrief(services, caller, input)),
    draft: os.draft.handler(({ context: { services, caller } }) => askForDraft(services, caller)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeBrief(services, caller, input)),
    refresh: os.refresh.handler(({ context: { services, caller }, input }) => refreshFigures(services, caller, input)),
    publish: os.publish.handler(({ context: { services, caller }, input }) => publishBrief(services, caller, input)),
    withdraw: os.withdraw.handler(({ context: { services, caller }, input }) => withdrawBrief(services, caller, input)),
    putBack: os.putBack.handler(({ context: { services, caller }, input }) => putBackBrief(services, caller, input)),
    confirm: os.confirm.handler(({ context: { services, caller }, input }) => confirmReading(services, caller, input)),
  }),
}
