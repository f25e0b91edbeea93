// Media over HTTP: each route calls one verb.

import { serve } from '../people/serve.ts'
import { describeMedia, readMedia } from './actions.ts'
import { mediaContract } from './contract.ts'
import { arrangeMedia, setRights } from './library/arrange.ts'
import { addFolder, changeFolder, listFolders, removeFolder } from './library/folders.ts'
import { listMedia, listTags } from './library/list-media.ts'
import { changeSettings, knownMedia, mediaDetails, readSettings } from './library/look-up.ts'
import { removeMany, removeMedia, restoreMany, restoreMedia } from './removal.ts'
import { uploadMedia } from './upload.ts'

const os = serve(mediaContract)
const { media, mediaFolders } = os

export const mediaRoutes = os.router({
  media: {
    upload: media.upload.handler(({ context: { services, caller }, input }) => uploadMedia(services, caller, input)),
    list: media.list.handler(({ context: { services, caller }, input }) => listMedia(services, caller, input)),
    read: media.read.handler(({ context: { services, caller }, input }) => readMedia(services, caller, input)),
    describe: media.describe.handler(({ context: { services, caller }, input }) =>
      describeMedia(services, caller, input),
    ),
    remove: media.remove.handler(({ context: { services, caller }, input }) => removeMedia(services, caller, input)),
    restore: media.restore.handler(({ context: { services, caller }, input }) => restoreMedia(services, caller, input)),
    known: media.known.handler(({ context: { services, caller }, input }) => knownMedia(services, caller, input)),
    arrange: media.arrange.handler(({ context: { services, caller }, input }) => arrangeMedia(services, caller, input)),
    setRights: media.setRights.handler(({ context: { services, caller }, input }) =>
      setRights(services, caller, input),
    ),
    removeMany: media.removeMany.handler(({ context: { services, caller }, input }) =>
      removeMany(services, caller, input),
    ),
    restoreMany: media.restoreMany.handler(({ context: { services, caller }, input }) =>
      restoreMany(services, caller, input),
    ),
    tags: media.tags.handler(({ context: { services, caller } }) => listTags(services, caller)),
    details: media.details.handler(({ context: { services, caller }, input }) => mediaDetails(services, caller, input)),
    settings: media.settings.handler(({ context: { services, caller } }) => readSettings(services, caller)),
    changeSettings: media.changeSettings.handler(({ context: { services, caller }, input }) =>
      changeSettings(services, caller, input),
    ),
  },
  mediaFolders: {
    list: mediaFolders.list.handler(({ context: { services, caller } }) => listFolders(services, caller)),
    add: mediaFolders.add.handler(({ context: { services, caller }, input }) => addFolder(services, caller, input)),
    change: mediaFolders.change.handler(({ context: { services, caller }, input }) =>
      changeFolder(services, caller, input),
    ),
    remove: mediaFolders.remove.handler(({ context: { services, caller }, input }) =>
      removeFolder(services, caller, input),
    ),
  },
})
