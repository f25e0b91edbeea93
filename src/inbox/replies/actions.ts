// Verbs of saved replies: look for one, keep one ready, change it, take it away and bring it back.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { departmentName } from '../conversations/store.ts'
import type { replyView } from './contract.ts'
import { unknownIn } from './rules.ts'
import {
  findReply,
  insertReply,
  type ReplyFacts,
  type ReplyQuery,
  type ReplyRow,
  replyRows,
  setRetired,
  updateReply,
} from './store.ts'

type Shown = z.infer<typeof replyView>
type Deps = Pick<Services, 'db' | 'clock'>

const place = z.tuple([z.string(), z.uuid()])

export const listReplies = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { limit, cursor, ...query }: Omit<ReplyQuery, 'after' | 'id'> & { cursor?: string | undefined },
) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await replyRows(tx, orgId, { ...query, after: readCursor(cursor, place), limit: limit + 1 })
    const show = await shower(tx, orgId, rows)
    return pageFrom(rows, limit, (row) => [row.title, row.id], show)
  })

/** @throws Refusal `variable-not-known` with their names, `shortcut-taken`, `department-not-found`. */
export const addReply = ({ db, clock }: Deps, caller: Caller, facts: ReplyFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    await mustFit(tx, caller.orgId, facts)
    const id = await insertReply(tx, caller.orgId, facts, { by: caller.memberId, at })
    return told(tx, caller, { id, at, verb: 'saved-reply.added' })
  })

/** What was sent from it stays as it was. @throws Refusal as `addReply` does. */
export const changeReply = ({ db, clock }: Deps, caller: Caller, { id, ...facts }: ReplyFacts & { id: string }) =>
  inOrg(db, caller.orgId, async (tx): Promise<Shown> => {
    const at = clock()
    if (!(await findReply(tx, caller.orgId, id))) throw notFound('saved reply')
    await mustFit(tx, caller.orgId, facts)
    await updateReply(tx, caller.orgId, id, { facts, by: caller.memberId, at })
    return told(tx, caller, { id, at, verb: 'saved-reply.changed' })
  })

const setOffered =
  (isRetired: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const at = clock()
      const found = await findReply(tx, caller.orgId, id)
      if (!found) throw notFound('saved reply')
      if ((found.retired_at !== null) === isRetired) return (await shower(tx, caller.orgId, [found]))(found)
      await setRetired(tx, caller.orgId, id, { isRetired, by: caller.memberId, at })
      return told(tx, caller, { id, at, verb: isRetired ? 'saved-reply.retired' : 'saved-reply.restored' })
    })

export const retireReply = setOffered(true)
export const restoreReply = setOffered(false)

async function mustFit(tx: Tx, orgId: string, { body, departmentId }: ReplyFacts): Promise<void> {
  const unknown = unknownIn(body)
  if (unknown.length > 0)
    throw new Refusal('variable-not-known', { field: 'body', params: { names: unknown.join(', ') } })
  if (departmentId !== null && (await departmentName(tx, orgId, departmentId)) === null)
    throw new Refusal('department-not-found', { field: 'departmentId' })
}

async function told(
  tx: Tx,
  { orgId, actor }: Caller,
  { id, at, verb }: { id: string; at: Date; verb: string },
): Promise<Shown> {
  const row = (await findReply(tx, orgId, id))!
  const shown = (await shower(tx, orgId, [row]))(row)
  await record(tx, orgId, actor, at, { verb, subject: { kind: 'saved-reply', id }, facts: { title: row.title } })
  return shown
}

async function shower(tx: Tx, orgId: string, rows: readonly ReplyRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ updated_by }) => updated_by),
  )
  return (row: ReplyRow): Shown => ({
    ...{ id: row.id, title: row.title, body: row.body, language: row.language, shortcut: row.shortcut },
    departmentId: row.department_id,
    department: row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? '' },
    ...{ updatedAt: row.updated_at.toISOString(), updatedBy: person(row.updated_by) },
    retiredAt: row.retired_at?.toISOString() ?? null,
  })
}
