// Walks an organisation's chain of hashes from its beginning and says whether it is unbroken.

import { asSystem, type Db, inOrg, type Tx } from '../db/tx.ts'
import { chainHash } from './actions.ts'
import { readEventsAfter, readHead, readOrganisationIds } from './store.ts'

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

/** Reads in batches, so that a log of any length takes the same memory. Events written meanwhile are not looked at. */
export const verifyChain = (db: Db, orgId: string): Promise<ChainVerdict> => inOrg(db, orgId, (tx) => walk(tx, orgId))

/** All organisations, one after the other. */
export async function* verifyAllChains(db: Db): AsyncGenerator<ChainVerdict & { orgId: string }> {
  for (const orgId of await asSystem(db, readOrganisationIds)) yield { orgId, ...(await verifyChain(db, orgId)) }
}

async function walk(tx: Tx, orgId: string): Promise<ChainVerdict> {
  const head = (await readHead(tx, orgId)) ?? { seq: 0, hash: '' }
  let seq = 0
  let hash = ''
  const broken = (): ChainVerdict => ({ ok: false, count: seq, brokenAt: seq + 1, headHash: head.hash || null })
  while (seq < head.seq) {
    const rows = await readEventsAfter(tx, orgId, seq, Math.min(batchSize, head.seq - seq))
    if (rows.length === 0) return broken()
    for (const row of rows) {
      if (row.seq !== seq + 1 || chainHash(hash, row) !== row.hash) return broken()
      seq = row.seq
      hash = row.hash
    }
  }
  // The last event can be cut off without a gap; only the head remembers it.
  if (hash !== head.hash) return { ok: false, count: seq, brokenAt: seq, headHash: head.hash }
  const beyond = await readEventsAfter(tx, orgId, head.seq, 1)
  const later = await readHead(tx, orgId)
  // Rows behind an unmoved head were never recorded by Longrun.
  if (beyond.length > 0 && (later?.seq ?? 0) === head.seq) return broken()
  return { ok: true, count: seq, brokenAt: null, headHash: head.hash || null }
}
