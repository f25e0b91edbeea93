// One id for one thing that was said, however often and through whichever source it is heard.

import { createHash } from 'node:crypto'

/** A UUID (version 8) made of the network and the id there; the same for authors, whose ids are of another kind. */
export function mentionId(network: string, remoteId: string): string {
  const digest = createHash('sha256').update(`${network}\n${remoteId}`).digest()
  digest[6] = (digest[6]! & 0x0f) | 0x80
  digest[8] = (digest[8]! & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
