// How far two coders agree, for the programme: whoever listens has to hear the same as others do.

import type { Tx } from '../../db/tx.ts'
import type { Codable } from '../labels/types.ts'
import { agreementIn } from './rules.ts'
import { itemRows, setRows } from './store.ts'

export interface CodedAgreement {
  /** Texts that both coded. */
  n: number
  kappa: number | null
}

/** Of the newest set since then of which both have coded so many texts; null: there is none. */
export async function newestAgreement(
  tx: Tx,
  orgId: string,
  { since, least }: { since: Date; least: number },
): Promise<CodedAgreement | null> {
  for (const { id, label, created_at } of await setRows(tx, orgId)) {
    if (created_at < since) return null
    const { all } = agreementIn(label as Codable, await itemRows(tx, orgId, [id]))
    if (all.n >= least) return { n: all.n, kappa: all.kappa }
  }
  return null
}
