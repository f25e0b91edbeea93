// Refuses a time at which a file of a post may not be used any more.

import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { endedOn } from '../../media/library/ends.ts'
import { placesOf } from './rules.ts'

/** @throws Refusal `media.rights-ended`, naming the first file whose permission is over at that time. */
export async function mustBePermitted(tx: Tx, orgId: string, drafts: Draft[], at: Date): Promise<void> {
  const named = drafts.flatMap(placesOf)
  const [ended] = await endedOn(tx, orgId, [...new Set(named.map(({ id }) => id))], at)
  if (!ended) return
  const { field } = named.find(({ id }) => id === ended.id)!
  throw new Refusal('media.rights-ended', { field, params: { file: ended.fileName, until: ended.until } })
}
