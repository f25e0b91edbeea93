// What topics hand on, over HTTP: each route calls one verb.

import { serve } from '../../../people/serve.ts'
import { readTopicHandOn, setTopicHandOn, tryTopicHandOn } from './actions.ts'
import { topicHandOnsContract } from './contract.ts'

const os = serve(topicHandOnsContract).topicHandOns

export const topicHandOnsRoutes = {
  topicHandOns: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readTopicHandOn(services, caller, input)),
    set: os.set.handler(({ context: { services, caller }, input }) => setTopicHandOn(services, caller, input)),
    stop: os.stop.handler(({ context: { services, caller }, input }) =>
      setTopicHandOn(services, caller, { ...input, rule: null }),
    ),
    try: os.try.handler(({ context: { services, caller }, input }) => tryTopicHandOn(services, caller, input)),
  }),
}
