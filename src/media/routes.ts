// Media over HTTP: each route calls one verb.

import { serve } from '../people/serve.ts'
import { describeMedia, listMedia, readMedia } from './actions.ts'
import { mediaContract } from './contract.ts'
import { removeMedia, restoreMedia } from './removal.ts'
import { uploadMedia } from './upload.ts'

const os = serve(mediaContract)

export const mediaRoutes = os.router({
  media: {
    upload: os.media.upload.handler(({ context: { services, caller }, input }) => uploadMedia(services, caller, input)),
    list: os.media.list.handler(({ context: { services, caller }, input }) => listMedia(services, caller, input)),
    read: os.media.read.handler(({ context: { services, caller }, input }) => readMedia(services, caller, input)),
    describe: os.media.describe.handler(({ context: { services, caller }, input }) =>
      describeMedia(services, caller, input),
    ),
    remove: os.media.remove.handler(({ context: { services, caller }, input }) => removeMedia(services, caller, input)),
    restore: os.media.restore.handler(({ context: { services, caller }, input }) =>
      restoreMedia(services, caller, input),
    ),
  },
})
