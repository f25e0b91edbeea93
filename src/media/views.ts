// A file as the API shows it.

import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Media } from '../db/schema.gen.ts'
import { instant } from '../lib/route.ts'
import { type RightsBasis, rights } from './library/types.ts'
import { mediaKinds } from './rules.ts'

export const mediaView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  kind: z.enum(mediaKinds),
  type: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  seconds: z.number().nullable(),
  alt: z.string(),
  folderId: z.uuid().nullable(),
  conversationId: z
    .uuid()
    .nullable()
    .describe('Brought for answers of this conversation, and seen by whoever sees that; null: for everybody'),
  tags: z.array(z.string()),
  rights,
  url: z.string(),
  thumbnailUrl: z.string().nullable(),
  createdAt: instant,
})
export type MediaShown = z.infer<typeof mediaView>
export type MediaRow = Selectable<Media>

export const shown = (row: MediaRow): MediaShown => ({
  id: row.id,
  fileName: row.file_name,
  kind: row.kind as MediaShown['kind'],
  type: row.type,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  seconds: row.seconds,
  alt: row.alt,
  folderId: row.folder_id,
  conversationId: row.conversation_id,
  tags: row.tags,
  rights: {
    basis: row.rights_basis as RightsBasis | null,
    holder: row.rights_holder,
    note: row.rights_note,
    expiresOn: row.rights_until,
    source: row.source,
    credit: row.credit,
  },
  url: `/files/${row.org_id}/${row.id}/original`,
  thumbnailUrl: row.kind === 'image' ? `/files/${row.org_id}/${row.id}/thumbnail` : null,
  createdAt: row.created_at.toISOString(),
})
