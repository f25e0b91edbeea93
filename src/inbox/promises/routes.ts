// Promises over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { coverConversations, listAtRisk } from './at-risk.ts'
import { promisesContract } from './contract.ts'
import { keepHours, listHours, removeHours } from './hours.ts'
import {
  changePolicy,
  endPolicy,
  listEnded,
  listPolicies,
  listVersions,
  makePolicy,
  orderPolicies,
} from './policies.ts'
import { previewPromise, readAvailability } from './preview.ts'
import { acknowledge, changeLadder, readLadderSettings, readStanding } from './standing.ts'

const { promises, hours, ladder } = serve(promisesContract)

export const promisesRoutes = {
  promises: promises.router({
    list: promises.list.handler(({ context: { services, caller } }) => listPolicies(services, caller)),
    make: promises.make.handler(({ context: { services, caller }, input }) => makePolicy(services, caller, input)),
    order: promises.order.handler(({ context: { services, caller }, input }) => orderPolicies(services, caller, input)),
    preview: promises.preview.handler(({ context: { services, caller }, input }) =>
      previewPromise(services, caller, input),
    ),
    change: promises.change.handler(({ context: { services, caller }, input }) =>
      changePolicy(services, caller, input),
    ),
    end: promises.end.handler(({ context: { services, caller }, input }) => endPolicy(services, caller, input)),
    ended: promises.ended.handler(({ context: { services, caller } }) => listEnded(services, caller)),
    versions: promises.versions.handler(({ context: { services, caller }, input }) =>
      listVersions(services, caller, input),
    ),
    availability: promises.availability.handler(({ context: { services, caller }, input }) =>
      readAvailability(services, caller, input),
    ),
    atRisk: promises.atRisk.handler(({ context: { services, caller }, input }) => listAtRisk(services, caller, input)),
    cover: promises.cover.handler(({ context: { services, caller }, input }) =>
      coverConversations(services, caller, input),
    ),
    ofConversation: promises.ofConversation.handler(({ context: { services, caller }, input }) =>
      readStanding(services, caller, input),
    ),
    acknowledge: promises.acknowledge.handler(({ context: { services, caller }, input }) =>
      acknowledge(services, caller, input),
    ),
  }),
  hours: hours.router({
    list: hours.list.handler(({ context: { services, caller } }) => listHours(services, caller)),
    make: hours.make.handler(({ context: { services, caller }, input: { name, hours: given } }) =>
      keepHours(services, caller, { name, hours: given }),
    ),
    change: hours.change.handler(({ context: { services, caller }, input: { id, name, hours: given } }) =>
      keepHours(services, caller, { id, name, hours: given }),
    ),
    remove: hours.remove.handler(({ context: { services, caller }, input }) => removeHours(services, caller, input)),
  }),
  ladder: ladder.router({
    read: ladder.read.handler(({ context: { services, caller } }) => readLadderSettings(services, caller)),
    change: ladder.change.handler(({ context: { services, caller }, input: { minutes, always } }) =>
      changeLadder(services, caller, { minutes, always }),
    ),
  }),
}
