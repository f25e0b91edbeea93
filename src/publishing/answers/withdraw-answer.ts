// Takes an answer away that was sent, where its network lets us: first there, then here.

import { noteResults } from '../../accounts/health.ts'
import type { AccountRow, SessionServices } from '../../accounts/session.ts'
import type { RemoteRef } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { findConnector } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { removeAll } from '../remove-variant.ts'
import { moveVariant } from '../store.ts'
import { accountOf } from './check-answer.ts'
import { lockAnswer } from './store.ts'

/** Whether what was said in answer to such a message can be taken away at its network. */
export function canTakeBack({ connector }: Pick<AccountRow, 'connector'>, kind: SaidKind): boolean {
  const answer = findConnector(connector)?.inbox?.answer
  return answer?.remove !== undefined && !answer.lasting?.includes(kind)
}

export interface SentAnswer {
  conversationId: string
  account: AccountRow
  parts: RemoteRef[]
}

/** @throws Refusal `nothing-to-withdraw`, `linked-by-hand`, `network-cannot-delete`. */
export async function loadSent(tx: Tx, { orgId }: Caller, answerId: string): Promise<SentAnswer> {
  const answer = await lockAnswer(tx, orgId, answerId)
  if (!answer) throw notFound('answer')
  if (answer.state !== 'published')
    throw new Refusal('nothing-to-withdraw', { status: 409, params: { state: answer.state } })
  const account = await accountOf(tx, orgId, answer.account_id)
  if (!canTakeBack(account, answer.said_kind)) throw new Refusal('network-cannot-delete', { status: 409 })
  const rows = await tx
    .selectFrom('parts')
    .select(['remote_id', 'remote_url', 'proof'])
    .where('org_id', '=', orgId)
    .where('variant_id', '=', answer.id)
    .where('revision', '=', answer.revision)
    .where('published_at', 'is not', null)
    .execute()
  // A person found it by its address: the network's own id, which alone names it for sure, is not known.
  if (rows.some((row) => row.remote_id === null)) throw new Refusal('linked-by-hand', { status: 409 })
  const parts = rows.map((row) => ({
    id: row.remote_id!,
    url: row.remote_url ?? '',
    proof: row.proof as RemoteRef['proof'],
  }))
  return { conversationId: answer.conversation_id, account, parts }
}

/** Outside any transaction. What is gone already counts as taken away. @throws Refusal `network-did-not-delete`. */
export async function removeSent(services: SessionServices, { account, parts }: SentAnswer): Promise<void> {
  try {
    await removeAll(services, account, parts, { answers: true })
  } catch (thrown) {
    const { kind, code } = asConnectorError(thrown, false)
    const result = { orgId: account.org_id, accountId: account.id, ok: false, failure: code }
    await inOrg(services.db, account.org_id, (tx) => noteResults(tx, [result], services.clock()))
    throw new Refusal('network-did-not-delete', { status: 503, params: { kind, code } })
  }
}

/** It is away at the network: so it is here. Of two who took it away at the same moment the first one tells it. */
export async function noteTakenBack(
  tx: Tx,
  { orgId, memberId }: Caller,
  { answerId, now }: { answerId: string; now: Date },
): Promise<NewEvent[]> {
  const answer = await lockAnswer(tx, orgId, answerId)
  if (answer?.state !== 'published') return []
  const reason = { code: 'removed-by-person', by: memberId }
  await moveVariant(tx, answer, { state: 'removed', reason, dueAt: answer.due_at, wakeAt: null }, now)
  const facts = { answerId, variantId: answer.id, accountId: answer.account_id }
  return [{ verb: 'answer.withdrawn', subject: { kind: 'conversation', id: answer.conversation_id }, facts }]
}
