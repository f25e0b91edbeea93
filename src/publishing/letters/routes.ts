// Newsletters over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { lettersContract } from './contract.ts'
import {
  addSubscribers,
  endSubscription,
  forgetSubscriber,
  readIssues,
  readNewsletter,
  readSubscribers,
} from './subscribers.ts'

const os = serve(lettersContract)

export const lettersRoutes = os.router({
  letters: {
    subscribers: os.letters.subscribers.handler(({ context: { services, caller }, input }) =>
      readSubscribers(services, caller, input),
    ),
    facts: os.letters.facts.handler(({ context: { services, caller }, input }) =>
      readNewsletter(services, caller, input),
    ),
    add: os.letters.add.handler(({ context: { services, caller }, input }) => addSubscribers(services, caller, input)),
    end: os.letters.end.handler(({ context: { services, caller }, input }) => endSubscription(services, caller, input)),
    erase: os.letters.erase.handler(({ context: { services, caller }, input }) =>
      forgetSubscriber(services, caller, input),
    ),
    issues: os.letters.issues.handler(({ context: { services, caller }, input }) =>
      readIssues(services, caller, input),
    ),
  },
})
