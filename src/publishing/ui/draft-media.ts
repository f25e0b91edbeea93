// A file of the library as it stands in a draft.

import type { DraftMedia } from '../../connectors/contract.ts'
import { Refused } from '../../kit/api.ts'
import type { Media } from '../../media/ui/upload.ts'

/** @throws Refused for a document, which no post shows; some answers carry it. */
export function draftMediaOf(
  { id, kind, type, bytes, width, height, seconds, alt }: Media,
  takesDocuments = false,
): DraftMedia {
  if (kind === 'document' && !takesDocuments) throw new Refused({ code: 'media.not-postable' })
  return { id, kind, type, bytes, width, height, seconds, alt }
}

/** What the server takes; it makes what each network wants of it. */
export const acceptedImages = 'image/jpeg,image/png,image/webp,image/gif,image/avif'
