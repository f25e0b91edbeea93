// Routes of media: upload, describe, list, remove, restore. The files themselves are served at /files/{org}/{id}/{original|thumbnail}.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../lib/route.ts'
import { keptDays } from './rules.ts'

export const mediaView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  kind: z.enum(['image', 'video']),
  type: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  seconds: z.number().nullable(),
  alt: z.string(),
  url: z.string(),
  thumbnailUrl: z.string().nullable(),
  createdAt: instant,
})

const alt = z.string().max(5000)

export const mediaContract = {
  media: {
    upload: route('media.upload')
      .route({
        method: 'POST',
        path: '/orgs/{org}/media',
        successStatus: 201,
        summary: 'Upload an image or a video (multipart/form-data, field `file`)',
      })
      .input(inOrgInput.extend({ file: z.file(), alt: alt.default('') }))
      .output(mediaView),
    list: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media', summary: 'Media, newest first' })
      .input(pageInput.extend({ q: z.string().max(200).optional() }))
      .output(pageOf(mediaView)),
    read: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media/{id}', summary: 'One file' })
      .input(byId)
      .output(mediaView),
    describe: route('media.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/media/{id}', summary: 'Change the alternative text' })
      .input(byId.extend({ alt }))
      .output(mediaView),
    remove: route('media.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/media/{id}',
        summary: `Remove a file that no post uses: gone from view at once, deleted after ${keptDays} days`,
      })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
    restore: route('media.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/media/{id}/restore',
        summary: `Bring a removed file back, which works for ${keptDays} days`,
      })
      .input(byId)
      .output(mediaView),
  },
}
