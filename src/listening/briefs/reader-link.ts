// A reader's own link: sealed, so that it tells nothing to whom it does not belong and cannot be made by guessing.

import { z } from 'zod'
import type { Services } from '../../services.ts'

const purpose = 'listening brief read'

const reader = z.object({ orgId: z.uuid(), briefId: z.uuid(), memberId: z.uuid() })
export type Reader = z.infer<typeof reader>

export const readerUrl = ({ sealer, publicUrl }: Pick<Services, 'sealer' | 'publicUrl'>, of: Reader): string =>
  `${publicUrl}/listening-briefs/read/${sealer.seal(JSON.stringify(of), purpose).toString('base64url')}`

/** null: nobody's link. */
export function readerOf({ sealer }: Pick<Services, 'sealer'>, token: string): Reader | null {
  if (token.length > 1000) return null
  try {
    return reader.parse(JSON.parse(sealer.open(Buffer.from(token, 'base64url'), purpose)))
  } catch {
    return null
  }
}
