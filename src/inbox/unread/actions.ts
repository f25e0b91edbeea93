// Verbs of what a person has read. Nothing of it is recorded: who looked at what is nobody's business.

import { inOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findConversation } from '../conversations/store.ts'
import { keepSeen } from './store.ts'

export const markRead = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, memberId }: Caller,
  { id, isRead }: { id: string; isRead: boolean },
): Promise<{ isUnread: boolean }> =>
  inOrg(db, orgId, async (tx) => {
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    await keepSeen(tx, orgId, { memberId, conversationId: id }, { isSeen: isRead, at: clock() })
    return { isUnread: !isRead }
  })
