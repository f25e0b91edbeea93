// Uses of files over HTTP.

import { serve } from '../../people/serve.ts'
import { mediaUsesContract } from './contract.ts'
import { usesOfMedia } from './uses.ts'

const os = serve(mediaUsesContract)

export const mediaUsesRoutes = os.router({
  mediaUses: {
    read: os.mediaUses.read.handler(({ context: { services, caller }, input }) => usesOfMedia(services, caller, input)),
  },
})
