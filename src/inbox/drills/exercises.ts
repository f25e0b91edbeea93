// Verbs of exercises: list, add, change, retire, bring back, and take one from a conversation.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers, readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findConversation } from '../conversations/store.ts'
import type { exerciseView } from './contract-exercises.ts'
import {
  type ExerciseRow,
  exerciseRows,
  findExercise,
  setRetired,
  wordsOfConversation,
  writeExercise,
} from './store-exercises.ts'
import type { ExerciseFacts } from './types.ts'
import { withoutNames } from './without-names.ts'

type Shown = z.infer<typeof exerciseView>
type Deps = Pick<Services, 'db' | 'clock'>

export const listExercises = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await exerciseRows(tx, orgId)
    return rows.map(await shower(tx, orgId, rows))
  })

export const addExercise = ({ db, clock }: Deps, caller: Caller, facts: ExerciseFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, (tx) => add(tx, caller, facts, clock()))

async function add(tx: Tx, caller: Caller, facts: ExerciseFacts, at: Date): Promise<Shown> {
  const id = newId()
  await writeExercise(tx, caller.orgId, { ...facts, id }, { by: caller.memberId, at })
  return told(tx, caller, { id, at, verb: 'exercise.added' })
}

export const changeExercise = ({ db, clock }: Deps, caller: Caller, { id, ...facts }: ExerciseFacts & { id: string }) =>
  inOrg(db, caller.orgId, async (tx): Promise<Shown> => {
    const at = clock()
    if (!(await findExercise(tx, caller.orgId, id))) throw notFound('exercise')
    await writeExercise(tx, caller.orgId, { ...facts, id }, { by: caller.memberId, at })
    return told(tx, caller, { id, at, verb: 'exercise.changed' })
  })

const setOffered =
  (isRetired: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const made = { at: clock(), by: caller.memberId }
      const found = await findExercise(tx, caller.orgId, id)
      if (!found) throw notFound('exercise')
      // What Longrun brings has no row of its own yet.
      if (found.updated_at === null) await writeExercise(tx, caller.orgId, found, made)
      await setRetired(tx, caller.orgId, id, isRetired ? made : null)
      return told(tx, caller, { id, at: made.at, verb: isRetired ? 'exercise.retired' : 'exercise.restored' })
    })

export const retireExercise = setOffered(true)
export const restoreExercise = setOffered(false)

// ── From a conversation ─────────────────────────────────────────────────────────────────────────────────────────────

const mostLetters = 4000

/** @throws Refusal `behind-wall`, `nothing-said`. */
export const suggestExercise = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const { said, clean } = await wordsToTake(tx, orgId, id)
    const words = clean(said.join('\n\n')).trim().slice(0, mostLetters)
    if (words === '') throw new Refusal('nothing-said', { status: 409, field: 'id' })
    return { words }
  })

/** Names that came back into it, or were written beside it, are taken out again. It does not say from where it comes. */
export const takeExercise = ({ db, clock }: Deps, caller: Caller, { id, ...facts }: ExerciseFacts & { id: string }) =>
  inOrg(db, caller.orgId, async (tx): Promise<Shown> => {
    const { clean } = await wordsToTake(tx, caller.orgId, id)
    const cut = (text: string) => clean(text).slice(0, mostLetters)
    const { title, words, good } = facts
    return add(tx, caller, { ...facts, title: cut(title), words: cut(words), good: cut(good) }, clock())
  })

async function wordsToTake(tx: Tx, orgId: string, id: string) {
  const conversation = await findConversation(tx, orgId, id)
  if (!conversation) throw notFound('conversation')
  // Everybody practises with it: what one department alone sees is no exercise.
  if (conversation.wall_id !== null) throw new Refusal('exercise-behind-wall', { status: 409, field: 'id' })
  const { said, names, handles } = await wordsOfConversation(tx, orgId, id)
  const colleagues = (await readActiveMembers(tx, orgId)).map(({ name }) => name)
  return { said, clean: (text: string) => withoutNames(text, { names: [...names, ...colleagues], handles }) }
}

async function told(
  tx: Tx,
  { orgId, actor }: Caller,
  { id, at, verb }: { id: string; at: Date; verb: string },
): Promise<Shown> {
  const row = (await findExercise(tx, orgId, id))!
  const shown = (await shower(tx, orgId, [row]))(row)
  await record(tx, orgId, actor, at, { verb, subject: { kind: 'exercise', id }, facts: { title: row.title } })
  return shown
}

async function shower(tx: Tx, orgId: string, rows: readonly ExerciseRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ updated_by }) => updated_by),
  )
  return ({ id, kind, title, words, way, good, ...row }: ExerciseRow): Shown => ({
    ...{ id, kind, title, words, way, good, updatedAt: row.updated_at?.toISOString() ?? null },
    ...{ updatedBy: person(row.updated_by), retiredAt: row.retired_at?.toISOString() ?? null },
  })
}
