// Every query of exercises: those that Longrun brings, as far as the organisation did not make them its own, and its own.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Exercises } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Way } from '../triage/types.ts'
import { startingSet } from './starting-set.ts'
import { type ExerciseFacts, type ExerciseKind, exerciseKinds } from './types.ts'

type Row = Omit<Selectable<Exercises>, 'kind' | 'way'> & { kind: ExerciseKind; way: Way | null }

export interface ExerciseRow extends ExerciseFacts {
  id: string
  /** null: as Longrun brings it. */
  updated_at: Date | null
  updated_by: string | null
  retired_at: Date | null
}

/** A few dozen: they are read as a whole. By kind, those that are retired last. */
export async function exerciseRows(tx: Tx, orgId: string): Promise<ExerciseRow[]> {
  const rows = (await tx.selectFrom('exercises').selectAll().where('org_id', '=', orgId).execute()) as Row[]
  const known = new Set(rows.map(({ id }) => id))
  const brought = startingSet
    .filter(({ id }) => !known.has(id))
    .map((each) => ({ ...each, updated_at: null, updated_by: null, retired_at: null }))
  const place = ({ kind }: ExerciseRow) => exerciseKinds.indexOf(kind)
  return [...brought, ...rows].sort(
    (a, b) =>
      Number(a.retired_at !== null) - Number(b.retired_at !== null) || place(a) - place(b) || (a.id < b.id ? -1 : 1),
  )
}

export const findExercise = async (tx: Tx, orgId: string, id: string): Promise<ExerciseRow | undefined> =>
  (await exerciseRows(tx, orgId)).find((each) => each.id === id)

interface Writing {
  by: string
  at: Date
}

/** A new one, or other words of one that is there; one that Longrun brings becomes the organisation's own. */
export async function writeExercise(
  tx: Tx,
  orgId: string,
  { id, kind, title, words, way, good }: ExerciseFacts & { id: string },
  { by, at }: Writing,
): Promise<void> {
  const facts = { kind, title, words, way, good, updated_at: at, updated_by: by }
  await tx
    .insertInto('exercises')
    .values({ org_id: orgId, id, ...facts, created_at: at, created_by: by })
    .onConflict((known) => known.columns(['org_id', 'id']).doUpdateSet(facts))
    .execute()
}

export const setRetired = (tx: Tx, orgId: string, id: string, retired: Writing | null): Promise<unknown> =>
  tx
    .updateTable('exercises')
    .set({ retired_at: retired?.at ?? null, retired_by: retired?.by ?? null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** What others said in a conversation and did not take back, oldest first, and by what names they are known. That we are named tells of nobody. */
export async function wordsOfConversation(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ said: string[]; names: string[]; handles: string[] }> {
  const said = await sql<{ body: string }>`
    select body from messages where org_id = ${orgId} and conversation_id = ${id} and not is_ours and removed_at is null and not marks && array['gone']
      and body <> '' order by at, id limit 50`.execute(tx)
  const people = await sql<{ name: string | null; handle: string | null }>`
    select i.name, i.handle from messages m join accounts a on a.org_id = m.org_id and a.id = m.account_id
        join contact_identities i on i.org_id = m.org_id and i.network = a.connector and i.remote_id = m.author_id
      where m.org_id = ${orgId} and m.conversation_id = ${id}
    union select p.name, null from conversations c join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      where c.org_id = ${orgId} and c.id = ${id}
    union select i.name, i.handle from conversations c join contact_identities i on i.org_id = c.org_id and i.contact_id = c.contact_id
      where c.org_id = ${orgId} and c.id = ${id}`.execute(tx)
  const of = (key: 'name' | 'handle') => people.rows.flatMap((row) => row[key] ?? [])
  return { said: said.rows.map(({ body }) => body), names: of('name'), handles: of('handle') }
}
