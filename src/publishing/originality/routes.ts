// Originality over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { similarTo } from '../similar/guard.ts'
import { originalityContract } from './contract.ts'
import { ratePost, usefulnessOf } from './rate-post.ts'
import { reusePost } from './reuse-post.ts'

const os = serve(originalityContract)

export const originalityRoutes = os.router({
  originality: {
    similar: os.originality.similar.handler(({ context: { services, caller }, input }) =>
      similarTo(services, caller, input),
    ),
    reuse: os.originality.reuse.handler(({ context: { services, caller }, input }) =>
      reusePost(services, caller, input),
    ),
    usefulness: os.originality.usefulness.handler(({ context: { services, caller }, input }) =>
      usefulnessOf(services, caller, input),
    ),
    rate: os.originality.rate.handler(({ context: { services, caller }, input }) => ratePost(services, caller, input)),
  },
})
