// Topics over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  addTopic,
  changeTopic,
  listTopics,
  pauseTopic,
  readTopic,
  readVersions,
  removeTopic,
  restoreTopic,
  resumeTopic,
} from './actions.ts'
import { topicsContract } from './contract.ts'
import { tryQuery } from './try-query.ts'

const os = serve(topicsContract)

export const topicsRoutes = os.router({
  topics: {
    list: os.topics.list.handler(({ context: { services, caller } }) => listTopics(services, caller)),
    read: os.topics.read.handler(({ context: { services, caller }, input }) => readTopic(services, caller, input)),
    versions: os.topics.versions.handler(({ context: { services, caller }, input }) =>
      readVersions(services, caller, input),
    ),
    add: os.topics.add.handler(({ context: { services, caller }, input }) => addTopic(services, caller, input)),
    change: os.topics.change.handler(({ context: { services, caller }, input }) =>
      changeTopic(services, caller, input),
    ),
    pause: os.topics.pause.handler(({ context: { services, caller }, input }) => pauseTopic(services, caller, input)),
    resume: os.topics.resume.handler(({ context: { services, caller }, input }) =>
      resumeTopic(services, caller, input),
    ),
    remove: os.topics.remove.handler(({ context: { services, caller }, input }) =>
      removeTopic(services, caller, input),
    ),
    restore: os.topics.restore.handler(({ context: { services, caller }, input }) =>
      restoreTopic(services, caller, input),
    ),
    try: os.topics.try.handler(({ context: { services, caller }, input }) => tryQuery(services, caller, input)),
  },
})
