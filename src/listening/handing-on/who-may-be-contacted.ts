// Whether somebody who was heard may be written to, as far as people here decided.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { MentionRow } from '../mentions/store-read.ts'
import type { HandOnFailure } from './types.ts'

type Fault = Extract<HandOnFailure, 'author-not-to-be-contacted' | 'author-objected'>

/** null: they may. By the author's id as mentions have it; without one, by what an objection leaves of a mention. */
export async function contactFault(
  tx: Tx,
  orgId: string,
  { author_id, remote_id }: Pick<MentionRow, 'author_id' | 'remote_id'>,
): Promise<Fault | null> {
  // Stored without a name, because its author asked for that.
  if (author_id === null) return remote_id.startsWith('objected:') ? 'author-objected' : null
  const found = await sql<{ objected: boolean }>`
    select objected_at is not null as objected from authors where org_id = ${orgId} and state = 'do-not-contact'
      and id in (${author_id}, objection_key(${orgId}::uuid, ${author_id}::uuid))`.execute(tx)
  if (found.rows.some(({ objected }) => objected)) return 'author-objected'
  return found.rows.length > 0 ? 'author-not-to-be-contacted' : null
}

/** A decision of ours may be gone over with `anyway`; the word of the person themselves may not. @throws Refusal with the fault as code. */
export async function mustMayContact(tx: Tx, orgId: string, mention: MentionRow, anyway: boolean): Promise<void> {
  const fault = await contactFault(tx, orgId, mention)
  if (fault === null || (fault === 'author-not-to-be-contacted' && anyway)) return
  throw new Refusal(fault, { status: 409, field: fault === 'author-objected' ? 'id' : 'anyway' })
}
