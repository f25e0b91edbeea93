// Verbs of moderation: hide, like, mute and what else a network offers, done there and recorded here.

import { withFreshCredentials } from '../../accounts/renew.ts'
import { accountOrPlace, accountRow, isPlace, type SessionServices, sessionFor } from '../../accounts/session.ts'
import type { ModerationAction } from '../../connectors/converse.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { findConnector } from '../../connectors/registry.ts'
import { inOrg, readInOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { hurryReading } from '../answers/store.ts'
import type { BrokenRule } from '../community-rules/types.ts'
import { findConversation, findMessage } from '../conversations/store.ts'

const actTimeoutMs = 20_000
/** A network needs a moment before it shows what it did. */
const readAfterMs = 3_000

export const offersOf = ({ db }: Pick<SessionServices, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx): Promise<ModerationAction[]> => {
    const conversation = await findConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    const account = await accountOrPlace(tx, orgId, conversation.account_id)
    if (isPlace(account)) return []
    return [...(findConnector(account.connector)?.inbox?.moderate?.actions(conversation.kind) ?? [])]
  })

interface Moderating {
  id: string
  messageId: string
  action: ModerationAction
  /** Of the community, where one is the reason. */
  rule?: BrokenRule | undefined
}

/** @throws Refusal `not-offered`, or `network-refused` with what the network said. */
export async function moderate(services: SessionServices, caller: Caller, given: Moderating): Promise<void> {
  const { id, messageId, action, rule } = given
  const { orgId, actor } = caller
  const [message, account] = await readInOrg(services.db, orgId, async (tx) => {
    const found = await findMessage(tx, orgId, { id: messageId, conversationId: id })
    if (!found || found.is_ours) throw notFound('message')
    return [found, await accountRow(tx, orgId, found.account_id)] as const
  })
  const offered = findConnector(account.connector)?.inbox?.moderate
  if (!offered?.actions(message.kind).includes(action))
    throw new Refusal('not-offered', { status: 409, field: 'action' })
  await withFreshCredentials(services, account, (row) => {
    const session = sessionFor(services, row, { signal: AbortSignal.timeout(actTimeoutMs) })
    return offered.act(session, action, message.ref)
  }).catch((thrown) => {
    const { kind, code } = asConnectorError(thrown, false)
    throw new Refusal('network-refused', { params: { kind, code } })
  })
  await inOrg(services.db, orgId, async (tx) => {
    const now = services.clock()
    await hurryReading(tx, orgId, account.id, new Date(now.getTime() + readAfterMs))
    const facts = { action, messageId, ...(rule ? { rule } : {}) }
    await record(tx, orgId, actor, now, { verb: 'message.moderated', subject: { kind: 'conversation', id }, facts })
  })
}
