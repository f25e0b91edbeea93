// Routes of media: upload, describe, list, remove, restore. The files themselves are served at /files/{org}/{id}/{original|thumbnail}.

import { z } from 'zod'
import { byId, inOrgInput, pageInput, pageOf, route } from '../lib/route.ts'
import { libraryContract } from './library/contract.ts'
import { mediaOrders, rightsStates } from './library/types.ts'
import { keptDays, mediaKinds } from './rules.ts'
import { mediaView } from './views.ts'

const alt = z.string().max(5000)
const yesOrNo = z.enum(['yes', 'no'])

/** A line of the library: the file, in how many posts it is, and how many other files have the same content. */
export const libraryLine = mediaView.extend({ uses: z.number().int(), copies: z.number().int() })

const { media, ...others } = libraryContract

export const mediaContract = {
  ...others,
  media: {
    upload: route('media.upload')
      .route({
        method: 'POST',
        path: '/orgs/{org}/media',
        successStatus: 201,
        summary: 'Upload an image, a video or a PDF document (multipart/form-data, field `file`)',
      })
      .input(
        inOrgInput.extend({
          file: z.file(),
          alt: alt.default(''),
          folderId: z.uuid().optional(),
          conversationId: z
            .uuid()
            .optional()
            .describe('For an answer of this conversation: it is seen by whoever sees that'),
          ifKnown: z
            .enum(['add', 'take'])
            .default('add')
            .describe('Where a file of this content is there: `add` another one, or `take` that one'),
        }),
      )
      .output(mediaView.extend({ known: z.boolean().describe('Whether it was there already and was taken') })),
    list: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media', summary: 'Media, newest first unless said otherwise' })
      .input(
        pageInput.extend({
          q: z.string().max(200).optional().describe('A piece of file name, description, tag, source or credit'),
          kind: z
            .enum([...mediaKinds, 'postable'])
            .optional()
            .describe('`postable`: what posts can show'),
          folderId: z
            .union([z.uuid(), z.literal('none')])
            .optional()
            .describe('With all folders in it; `none`: in no folder'),
          tag: z.string().max(100).optional(),
          rights: z.enum(rightsStates).optional(),
          used: yesOrNo.optional().describe('Whether a post, a campaign, an unfinished brief or a series uses it'),
          usableFor: z
            .union([z.literal('posts'), z.uuid()])
            .optional()
            .describe('What may go out there: in `posts`, or in answers of a conversation'),
          twice: yesOrNo.optional().describe('Whether another file has the same content'),
          order: z.enum(mediaOrders).default('newest'),
        }),
      )
      .output(pageOf(libraryLine)),
    read: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media/{id}', summary: 'One file' })
      .input(byId)
      .output(mediaView),
    describe: route('media.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/media/{id}', summary: 'Change the alternative text or the name' })
      .input(byId.extend({ alt: alt.optional(), fileName: z.string().trim().min(1).max(200).optional() }))
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
    ...media,
  },
}
