// One step with an answer inside its conversation, which nobody else changes meanwhile; then the answer as it stands.

import { accountRow } from '../../accounts/session.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { answersOf } from '../../publishing/answers/read-answers.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { type ConversationRow, lockConversation } from '../conversations/store.ts'
import { tendPromises } from '../promises/tend.ts'
import { hurryReading } from './store.ts'
import { type AnswerShown, answersShown } from './views.ts'

/** A network needs a moment before it shows what it took. */
const readAfterMs = 3_000

type Work = (tx: Tx, conversation: ConversationRow, now: Date) => Promise<{ answerId: string; events: NewEvent[] }>

export const within = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  id: string,
  work: Work,
): Promise<AnswerShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const now = clock()
    const conversation = await lockConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    const { answerId, events } = await work(tx, conversation, now)
    await hurryReading(tx, orgId, conversation.account_id, new Date(now.getTime() + readAfterMs))
    await tendPromises(tx, orgId, [id], now)
    await announce(tx, orgId, [id])
    const account = await accountRow(tx, orgId, conversation.account_id)
    const found = await answersOf(tx, orgId, [answerId])
    const [view] = await answersShown(tx, { orgId, conversationId: id, account }, [...found.values()])
    await recordAll(tx, orgId, actor, now, events)
    return view!
  })
