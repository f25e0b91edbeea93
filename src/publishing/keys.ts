// Names for content: the key under which a part is sent, and the hash to which an approval is bound.

import type { Draft } from '../connectors/contract.ts'
import { hashJson, sha256Hex } from '../lib/hash.ts'

/** Stable for a part and revision, never random: a network that knows idempotency answers a repeated write with the first one. */
export const partKey = (variantId: string, revision: number, position: number): string =>
  sha256Hex(`${variantId}:${revision}:${position}`).slice(0, 32)

/** What an approval is bound to: exactly this content for exactly this account. */
export const contentHash = (draft: Draft, accountId: string): string => hashJson([draft, accountId])
