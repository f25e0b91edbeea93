// How contacts look to those who ask.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { contactView } from './contract.ts'
import { type ContactRow, contactsById } from './store.ts'
import { consentRows, noteRows, tagRows } from './store-kept.ts'
import { moveRows } from './store-moves.ts'

export type ContactShown = z.infer<typeof contactView>
export type ContactLine = Omit<ContactShown, 'tags' | 'notes' | 'consents' | 'moves'> & { tags: string[] }

export const lineShown = ({ id, name, identities, tags, last_at }: ContactRow): ContactLine => ({
  ...{ id, name, identities: identities ?? [], tags, lastAt: last_at?.toISOString() ?? null },
})

/** As many of each are shown; what is older is not of today's use. */
const mostShown = 200

/** @throws Refusal where whoever looks does not know such a person. */
export async function contactShown(tx: Tx, orgId: string, id: string): Promise<ContactShown> {
  const [row] = await contactsById(tx, orgId, [id])
  if (!row) throw notFound('contact')
  const of = { orgId, contactId: id }
  const tags = await tagRows(tx, of)
  const notes = await noteRows(tx, of, mostShown)
  const consents = await consentRows(tx, of, mostShown)
  const moves = await moveRows(tx, orgId, id, mostShown)
  const who = await readActors(tx, orgId, [
    ...[...tags, ...notes, ...moves].map(({ by }) => by),
    ...consents.flatMap(({ by, withdrawn_by }) => [by, withdrawn_by]),
  ])
  return {
    ...lineShown(row),
    tags: tags.map(({ id, tag, wall_id, at, by }) => ({
      ...{ id, tag, walled: wall_id !== null, at: at.toISOString(), by: who(by) },
    })),
    notes: notes.map(({ id, body, wall_id, at, by }) => ({
      ...{ id, text: body, walled: wall_id !== null, at: at.toISOString(), by: who(by) },
    })),
    consents: consents.map(({ id, purpose, evidence, wall_id, given_at, by, withdrawn_at, withdrawn_by }) => ({
      ...{ id, purpose, evidence, walled: wall_id !== null, givenAt: given_at.toISOString(), by: who(by) },
      ...{ withdrawnAt: withdrawn_at?.toISOString() ?? null, withdrawnBy: who(withdrawn_by) },
    })),
    moves: moves.map(({ id, kind, from_id, to_id, identities, at, by, undone_at }) => ({
      ...{ id, kind, fromId: from_id, toId: to_id, identities: identities ?? [], at: at.toISOString(), by: who(by) },
      undoneAt: undone_at?.toISOString() ?? null,
    })),
  }
}
