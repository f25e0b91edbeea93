// Routes of the library: folders, tags, rights, what is there already, several files at once.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { mediaView } from '../views.ts'
import { longestTag, mostAtOnce, mostTags, rights, sha256 } from './types.ts'

const ids = z.array(z.uuid()).min(1).max(mostAtOnce)
const tag = z.string().trim().min(1).max(longestTag)
const folderName = z.string().trim().min(1).max(100)
const parentId = z.uuid().nullable().describe('null: at the top')

export const folderView = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  name: z.string(),
  files: z.number().int().describe('In this folder itself'),
})

/** What one file was before, or what was really changed of it: enough to undo. */
export const arranged = z.object({
  id: z.uuid(),
  folderId: z.uuid().nullable().describe('Where it was before'),
  addedTags: z.array(z.string()),
  removedTags: z.array(z.string()),
})

const settings = z.object({
  warnUnknown: z
    .boolean()
    .describe('Whether the check of a post warns of files of whose rights nobody has said anything'),
})

export const libraryContract = {
  media: {
    known: route('media.read')
      .route({
        method: 'POST',
        path: '/orgs/{org}/media/known',
        summary: 'Which of these contents (SHA-256) are in the library, before their bytes are sent',
      })
      .input(inOrgInput.extend({ contents: z.array(sha256).min(1).max(mostAtOnce) }))
      .output(z.array(z.object({ sha256: z.string(), media: mediaView }))),
    arrange: route('media.change')
      .route({ method: 'POST', path: '/orgs/{org}/media/arrange', summary: 'Move and tag several files' })
      .input(
        inOrgInput.extend({
          ids,
          folderId: parentId.optional().describe('Absent: they stay where they are; null: out of their folders'),
          addTags: z.array(tag).max(mostTags).default([]),
          removeTags: z.array(tag).max(mostTags).default([]),
        }),
      )
      .output(z.array(arranged)),
    setRights: route('media.change')
      .route({ method: 'POST', path: '/orgs/{org}/media/rights', summary: 'Say what the rights of files are' })
      .input(inOrgInput.extend({ ids, rights: rights.partial() }))
      .output(z.array(z.object({ id: z.uuid(), before: rights }))),
    removeMany: route('media.change')
      .route({ method: 'POST', path: '/orgs/{org}/media/remove', summary: 'Remove several files; those in use stay' })
      .input(inOrgInput.extend({ ids }))
      .output(z.object({ removed: z.array(z.uuid()), inUse: z.array(z.uuid()) })),
    restoreMany: route('media.change')
      .route({ method: 'POST', path: '/orgs/{org}/media/restore', summary: 'Bring several removed files back' })
      .input(inOrgInput.extend({ ids }))
      .output(z.object({ restored: z.array(z.uuid()) })),
    tags: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media-tags', summary: 'Tags with how many files have them' })
      .input(inOrgInput)
      .output(z.array(z.object({ tag: z.string(), files: z.number().int() }))),
    details: route('media.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/media/{id}/details',
        summary: 'What was made of a file for accounts, and which files are the same or look alike',
      })
      .input(byId)
      .output(
        z.object({
          sha256: z.string(),
          uploadedBy: z.string(),
          renditions: z.array(
            z.object({
              type: z.string(),
              bytes: z.number().int(),
              width: z.number().int().nullable(),
              height: z.number().int().nullable(),
              createdAt: instant,
            }),
          ),
          copies: z.array(mediaView).describe('Other files with exactly the same content'),
          alike: z
            .array(z.object({ media: mediaView, bitsApart: z.number().int() }))
            .describe('Pictures that look alike, by 64 bits of their brightness: a hint, no proof'),
        }),
      ),
    settings: route('media.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/media-settings',
        summary: 'What the organisation wants of its library',
      })
      .input(inOrgInput)
      .output(settings),
    changeSettings: route('organisation.change')
      .route({ method: 'PUT', path: '/orgs/{org}/media-settings', summary: 'Change what the library does' })
      .input(inOrgInput.extend(settings.shape))
      .output(settings),
  },
  mediaFolders: {
    list: route('media.read')
      .route({ method: 'GET', path: '/orgs/{org}/media-folders', summary: 'All folders of the library, by name' })
      .input(inOrgInput)
      .output(z.array(folderView)),
    add: route('media.change')
      .route({ method: 'POST', path: '/orgs/{org}/media-folders', successStatus: 201, summary: 'Add a folder' })
      .input(inOrgInput.extend({ name: folderName, parentId: parentId.default(null) }))
      .output(folderView),
    change: route('media.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/media-folders/{id}', summary: 'Rename or move a folder' })
      .input(byId.extend({ name: folderName.optional(), parentId: parentId.optional() }))
      .output(folderView),
    remove: route('media.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/media-folders/{id}', summary: 'Remove an empty folder' })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
  },
}
