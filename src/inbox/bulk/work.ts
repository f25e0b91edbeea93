// Changes many conversations, one after the other, and puts them back. What is done to one and the word that it is done stand in one
// transaction: whoever dies leaves both or neither, and two who work on the same do nothing twice.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { assignConversation, moveConversation } from '../conversations/actions.ts'
import type { OneOfMany } from '../conversations/one-of-many.ts'
import { type ConversationRow, findConversation } from '../conversations/store.ts'
import { markConversation } from '../routing/considered.ts'
import { isDone, isMark, sameStanding, standingOf, wayBack, withMark, withoutMark } from './rules.ts'
import { type BulkRow, endBulk, findBulk, holdItem, type ItemRow, nextItems, updateItem } from './store.ts'
import type { BulkChange, MarkChange, Standing } from './types.ts'

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
    for (const item of items) {
      if (isEnough()) return false
      await (bulk.undo_at ? putBack : changeOne)(services, caller, bulk, item)
    }
    if (items.length === lot) continue
    const isUndoing = bulk.undo_at !== null
    // It may have been undone while the last ones were changed: then all of it is put back.
    if (await inOrg(db, orgId, (tx) => endBulk(tx, orgId, bulkId, { isUndoing, at: clock() }))) return true
  }
}

async function changeOne(services: Deps, caller: Caller, { change }: BulkRow, item: ItemRow): Promise<void> {
  const { orgId } = caller
  let before: Standing | undefined
  const code = await refusalOf(() =>
    carryOut(services, caller, change, {
      id: item.conversation_id,
      isOneOfMany: true,
      begin: async (tx, conversation) => {
        await mustStand(tx, orgId, item)
        before = standingOf(conversation)
        if (isDone(change, before)) throw new Refusal('conversation-there-already', { status: 409 })
      },
      end: async (tx) =>
        void (await updateItem(tx, orgId, item, {
          ...{ state: 'changed', after: await standing(tx, orgId, item.conversation_id) },
          ...(before ? { before } : {}),
        })),
    }),
  )
  if (code) await inOrg(services.db, orgId, (tx) => updateItem(tx, orgId, item, { state: 'refused', code }))
}

/** Whoever else works on it was faster: nothing of what is read here is done. */
async function mustStand(tx: Tx, orgId: string, item: ItemRow): Promise<void> {
  const now = await holdItem(tx, orgId, item)
  const isSame = now?.after && item.after ? sameStanding(now.after, item.after) : now?.after === item.after
  if (now?.state !== item.state || !isSame) throw new Refusal(takenMeanwhile, { status: 409 })
}
const takenMeanwhile = 'taken-meanwhile'

type One = OneOfMany & { id: string }

function carryOut(services: Deps, caller: Caller, change: BulkChange, one: One): Promise<unknown> {
  switch (change.kind) {
    case 'assign':
      return assignConversation(services, caller, { ...one, ownerId: change.ownerId, note: change.note })
    case 'hand-over':
      return assignConversation(services, caller, { ...one, departmentId: change.departmentId, note: change.note })
    case 'close':
      return moveConversation(services, caller, { ...one, to: 'closed', reason: change.reason, note: change.note })
    case 'put-off':
      return moveConversation(services, caller, { ...one, to: 'snoozed', until: change.until, note: change.note })
    case 'open':
      return moveConversation(services, caller, { ...one, to: 'open', note: change.note })
    default:
      return markConversation(services, caller, { ...one, of: (now) => withMark(change, now) })
  }
}

async function putBack(services: Deps, caller: Caller, { change }: BulkRow, item: ItemRow): Promise<void> {
  const { before, after } = item
  const work = isMark(change) ? unmark : restore
  const code =
    before && after
      ? await refusalOf(() => work(services, caller, { change: change as MarkChange, item, before, after }))
      : 'not-known'
  if (code && code !== takenMeanwhile)
    await inOrg(services.db, caller.orgId, (tx) => updateItem(tx, caller.orgId, item, { state: 'left', code }))
}

interface Back {
  change: MarkChange
  item: ItemRow
  before: Standing
  after: Standing
}

const changedMeanwhile = () => new Refusal('changed-meanwhile', { status: 409 })

function unmark(services: Deps, caller: Caller, { change, item, before, after }: Back): Promise<unknown> {
  const { orgId } = caller
  const backOf = (now: Pick<Standing, 'priority' | 'tags'>) => withoutMark(change, before, after, now)
  return markConversation(services, caller, {
    id: item.conversation_id,
    begin: async (tx, conversation) => {
      await mustStand(tx, orgId, item)
      if (!backOf(conversation)) throw changedMeanwhile()
    },
    of: (now) => backOf(now) ?? {},
    end: async (tx) => void (await updateItem(tx, orgId, item, { state: 'undone' })),
  })
}

/** Where it still stands as it was left. In two steps at most, each written down with what it leaves to the next. */
async function restore(services: Deps, caller: Caller, { item, before, after }: Back): Promise<void> {
  const { orgId } = caller
  const id = item.conversation_id
  const { move, assign } = wayBack(before, after, services.clock())
  const begin = async (tx: Tx, conversation: ConversationRow) => {
    await mustStand(tx, orgId, item)
    if (!sameStanding(standingOf(conversation), after)) throw changedMeanwhile()
  }
  const end = async (tx: Tx, isLast: boolean) => {
    const left = isLast ? ({ state: 'undone' } as const) : { after: await standing(tx, orgId, id) }
    await updateItem(tx, orgId, item, left)
  }
  const one = { id, begin, isOneOfMany: true } as const
  if (assign)
    await assignConversation(services, caller, {
      ...{ ...one, ...assign, note: undoneNote },
      end: (tx) => end(tx, move === null),
    })
  else if (move) await moveConversation(services, caller, { ...one, ...move, note: '', end: (tx) => end(tx, true) })
  else await inOrg(services.db, orgId, (tx) => end(tx, true))
}

async function standing(tx: Tx, orgId: string, id: string): Promise<Standing> {
  return standingOf((await findConversation(tx, orgId, id))!)
}

/** A refusal is an answer; anything else is trouble of ours, and the item waits for the next try. */
async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code
  }
}
