// Tags and priority go along when conversations are put together, and go back when they are taken apart.

import type { Tx } from '../../db/tx.ts'
import { findConversation, updateConversation } from '../conversations/store.ts'
import type { Priority } from '../promises/types.ts'
import { markedByPeople } from '../routing/store-routes.ts'
import { marksApart, marksTogether } from './rules.ts'

/** What of the second was changed by what came to it. */
export interface MarksBefore {
  priority: { was: Priority; became: Priority }
  /** Tags that it did not have before. */
  came: string[]
}

/** Before their histories go along: these say which marks people gave. null: nothing was changed. */
export async function carryMarks(
  tx: Tx,
  orgId: string,
  way: { from: string; into: string },
): Promise<MarksBefore | null> {
  const [from, into] = [await findConversation(tx, orgId, way.from), await findConversation(tx, orgId, way.into)]
  if (!from || !into) return null
  const marked = await markedByPeople(tx, orgId, [from.id, into.id])
  const both = marksTogether({ ...from, marked: marked.get(from.id) }, { ...into, marked: marked.get(into.id) })
  const came = both.tags.filter((tag) => !into.tags.includes(tag))
  if (came.length === 0 && both.priority === into.priority) return null
  await updateConversation(tx, orgId, into.id, both)
  return { priority: { was: into.priority, became: both.priority }, came }
}

/** What people changed of it since stays as they left it. */
export async function partMarks(tx: Tx, orgId: string, id: string, before: MarksBefore): Promise<void> {
  const now = await findConversation(tx, orgId, id)
  if (now) await updateConversation(tx, orgId, id, marksApart(now, before))
}
