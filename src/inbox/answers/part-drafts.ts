// What becomes of answers in work when conversations that were put together are taken apart: what was sent meanwhile is not begun any more.

import type { Tx } from '../../db/tx.ts'
import { takeOut } from './rules.ts'
import { copyDrafts, draftsOf, dropDraft, findDraft, keepDraft } from './store-drafts.ts'

/** By member, the revision of what they had begun in the first. */
export type DraftsBefore = Record<string, string>

interface Way {
  from: string
  into: string
}

/** Under the locks of both. */
export async function joinDrafts(tx: Tx, orgId: string, way: Way): Promise<DraftsBefore> {
  await copyDrafts(tx, orgId, way)
  const begun = await draftsOf(tx, orgId, way.from)
  return Object.fromEntries(begun.map(({ member_id, revision }) => [member_id, revision]))
}

/**
 * What still stands in the second as it was put there goes back to the first. What was sent or written anew meanwhile is gone from the first;
 * what somebody typed there since stays.
 */
export async function partDrafts(
  tx: Tx,
  orgId: string,
  { from, into, drafts, at }: Way & { drafts: DraftsBefore; at: Date },
): Promise<void> {
  for (const { member_id: memberId, revision, ...part } of await draftsOf(tx, orgId, from)) {
    if (drafts[memberId] !== revision) continue
    const there = { conversationId: into, memberId }
    const whole = await findDraft(tx, orgId, there)
    const left = whole && takeOut(whole, part)
    if (!left) await dropDraft(tx, orgId, { conversationId: from, memberId })
    else if (left.text === '' && left.media.length === 0) await dropDraft(tx, orgId, there)
    else await keepDraft(tx, orgId, there, { ...left, basedOn: undefined, at })
  }
}
