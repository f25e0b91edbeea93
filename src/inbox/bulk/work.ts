// Changes many conversations, one after the other, each wholly or not at all; and puts them back.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { assignConversation, moveConversation } from '../conversations/actions.ts'
import { type ConversationRow, findConversation } from '../conversations/store.ts'
import type { ConversationShown } from '../conversations/views.ts'
import { isDone, sameStanding, standingOf, standingShown, wayBack } from './rules.ts'
import { type BulkRow, findBulk, type ItemChange, type ItemRow, nextItems, updateBulk, updateItem } from './store.ts'
import type { BulkChange, Standing } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const lot = 50
/** Handing on takes a reason; this is one. */
const undoneNote = 'Undone: it was changed together with others.'

/** Works until it is done, or until `isEnough`. Answers whether it is done. */
export async function workOn(
  services: Deps,
  caller: Caller,
  bulkId: string,
  isEnough: () => boolean,
): Promise<boolean> {
  const { db, clock } = services
  const { orgId } = caller
  for (;;) {
    const { bulk, items } = await readInOrg(db, orgId, async (tx) => {
      const row = await findBulk(tx, orgId, bulkId)
      const state = row?.undo_at ? 'changed' : 'waiting'
      return { bulk: row, items: row ? await nextItems(tx, orgId, { bulkId, state, limit: lot }) : [] }
    })
    if (!bulk) return true
    const isBroken = await (bulk.undo_at ? putBackLot : changeLot)(services, caller, { bulk, items, isEnough })
    if (isBroken) return false
    if (items.length === lot) continue
    await inOrg(db, orgId, (tx) =>
      updateBulk(tx, orgId, bulkId, bulk.undo_at ? { undo_ended_at: clock() } : { ended_at: clock() }),
    )
    // It may have been undone while the last ones were changed.
    const ended = await readInOrg(db, orgId, (tx) => findBulk(tx, orgId, bulkId))
    if (bulk.undo_at || !ended?.undo_at) return true
  }
}

interface Lot {
  bulk: BulkRow
  items: ItemRow[]
  isEnough: () => boolean
}

/** Answers whether it ended early. How each stood is written down first: whoever goes on after a death tells from it what was done. */
async function changeLot(services: Deps, caller: Caller, { bulk: { change }, items, isEnough }: Lot): Promise<boolean> {
  const { orgId } = caller
  const became = await inOrg(services.db, orgId, async (tx) => {
    const each = new Map<ItemRow, ItemChange>()
    for (const item of items) {
      const now = await standing(tx, orgId, item.conversation_id)
      const before = now ? beforehand(change, item.before, now) : refused('not-found')
      // Whoever undoes it was faster.
      if (await updateItem(tx, orgId, item, before)) each.set(item, before)
    }
    return each
  })
  const done: [ItemRow, ItemChange][] = []
  for (const [item, { state }] of became) {
    if (state !== undefined) continue
    if (isEnough()) break
    done.push([item, await changeOne(services, caller, change, item)])
  }
  await inOrg(services.db, orgId, async (tx) => {
    for (const [item, result] of done) await updateItem(tx, orgId, item, result)
  })
  return done.length < [...became.values()].filter(({ state }) => state === undefined).length
}

async function changeOne(services: Deps, caller: Caller, change: BulkChange, item: ItemRow): Promise<ItemChange> {
  try {
    // What the verb answers is how it left it, whatever comes after.
    const shown = await carryOut(services, caller, item.conversation_id, change)
    return { state: 'changed', after: standingShown(shown) }
  } catch (error) {
    return refused(codeOf(error))
  }
}

const refused = (code: string): ItemChange => ({ state: 'refused', code })

/** What is written down before it is changed; with a state, there is nothing to change. */
function beforehand(change: BulkChange, known: Standing | null, now: Standing): ItemChange {
  // It was changed, and whoever did so died before they could say it.
  if (known && isDone(change, now) && !isDone(change, known)) return { state: 'changed', after: now }
  return isDone(change, now) ? refused('conversation-there-already') : { before: now }
}

function carryOut(services: Deps, caller: Caller, id: string, change: BulkChange): Promise<ConversationShown> {
  const { note } = change
  switch (change.kind) {
    case 'assign':
      return assignConversation(services, caller, { id, ownerId: change.ownerId, note, isOneOfMany: true })
    case 'hand-over':
      return assignConversation(services, caller, { id, departmentId: change.departmentId, note, isOneOfMany: true })
    case 'close':
      return moveConversation(services, caller, { id, to: 'closed', reason: change.reason, note })
    case 'put-off':
      return moveConversation(services, caller, { id, to: 'snoozed', until: change.until, note })
    case 'open':
      return moveConversation(services, caller, { id, to: 'open', note })
  }
}

async function putBackLot(services: Deps, caller: Caller, { items, isEnough }: Lot): Promise<boolean> {
  for (const item of items) {
    if (isEnough()) return true
    const { before, after, conversation_id: id } = item
    const code = before && after ? await refusalOf(() => restore(services, caller, id, { before, after })) : 'not-known'
    await inOrg(services.db, caller.orgId, (tx) =>
      updateItem(tx, caller.orgId, item, code ? { state: 'left', code } : { state: 'undone' }),
    )
  }
  return false
}

/** Where it still stands as it was left. */
async function restore(
  services: Deps,
  caller: Caller,
  id: string,
  { before, after }: { before: Standing; after: Standing },
): Promise<void> {
  const { move, assign } = wayBack(before, after, services.clock())
  const still = (expectedNow: Standing) => (row: ConversationRow) => sameStanding(standingOf(row), expectedNow)
  if (assign)
    await assignConversation(services, caller, {
      id,
      ...assign,
      note: undoneNote,
      isOneOfMany: true,
      only: still(after),
    })
  if (move) await moveConversation(services, caller, { id, ...move, note: '', only: still({ ...after, ...assign }) })
}

async function standing(tx: Tx, orgId: string, id: string): Promise<Standing | null> {
  const row = await findConversation(tx, orgId, id)
  return row ? standingOf(row) : null
}

async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/** A refusal is an answer; anything else is trouble of ours, and the item waits for the next try. */
function codeOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error
  return error.code
}
