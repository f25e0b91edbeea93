// Walks an organisation's chain of hashes from its beginning and says whether it is unbroken.

import { asSystem, type Db, inOrg, seenBy, type Tx } from '../db/tx.ts'
import { hashJson } from '../lib/hash.ts'
import { ownWalls } from '../people/walls.ts'
import { chainHash } from './actions.ts'
import { readChainWalls, readEventsAfter, readHead, readOrganisationIds } from './store.ts'

export interface ChainVerdict {
  ok: boolean
  /** Events that were checked. */
  count: number
  /** Number of the first event that is missing, changed or added; null: none. */
  brokenAt: number | null
  /** Fingerprint of the whole log. Noted down elsewhere, it also proves that nobody wrote the log anew. */
  headHash: string | null
}

const batchSize = 1_000

/**
 * The organisation's chain and those of all walled departments. Reads in batches, so that a log of any length takes the same memory.
 * Events written meanwhile are not looked at.
 */
export const verifyChain = (db: Db, orgId: string): Promise<ChainVerdict> =>
  inOrg(seenBy(db, 'all'), orgId, async (tx) => walkAll(tx, orgId, await readChainWalls(tx, orgId)))

/** For somebody who asks: the organisation's chain, and that of their own department where it is walled. */
export const verifySeenChains = async (db: Db, orgId: string): Promise<ChainVerdict> => {
  const walls = await inOrg(db, orgId, ownWalls)
  return inOrg(seenBy(db, 'all'), orgId, (tx) => walkAll(tx, orgId, walls))
}

/** All organisations, one after the other. */
export async function* verifyAllChains(db: Db): AsyncGenerator<ChainVerdict & { orgId: string }> {
  for (const orgId of await asSystem(db, readOrganisationIds)) yield { orgId, ...(await verifyChain(db, orgId)) }
}

/** The first that is broken, or all of them as one. */
async function walkAll(tx: Tx, orgId: string, walls: readonly string[]): Promise<ChainVerdict> {
  const whole = await walk(tx, { orgId, wallId: null })
  for (const wallId of whole.ok ? walls : []) {
    const part = await walk(tx, { orgId, wallId })
    if (!part.ok) return part
    whole.count += part.count
    if (part.headHash !== null) whole.headHash = hashJson([whole.headHash, wallId, part.headHash])
  }
  return whole
}

async function walk(tx: Tx, chain: { orgId: string; wallId: string | null }): Promise<ChainVerdict> {
  const head = (await readHead(tx, chain)) ?? { seq: 0, hash: '' }
  let seq = 0
  let hash = ''
  const broken = (): ChainVerdict => ({ ok: false, count: seq, brokenAt: seq + 1, headHash: head.hash || null })
  while (seq < head.seq) {
    const rows = await readEventsAfter(tx, chain, seq, Math.min(batchSize, head.seq - seq))
    if (rows.length === 0) return broken()
    for (const row of rows) {
      if (row.seq !== seq + 1 || chainHash(hash, row) !== row.hash) return broken()
      seq = row.seq
      hash = row.hash
    }
  }
  // The last event can be cut off without a gap; only the head remembers it.
  if (hash !== head.hash) return { ok: false, count: seq, brokenAt: seq, headHash: head.hash }
  const beyond = await readEventsAfter(tx, chain, head.seq, 1)
  const later = await readHead(tx, chain)
  // Rows behind an unmoved head were never recorded by Longrun.
  if (beyond.length > 0 && (later?.seq ?? 0) === head.seq) return broken()
  return { ok: true, count: seq, brokenAt: null, headHash: head.hash || null }
}
