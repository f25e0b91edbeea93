// What a network would say to an answer: its own limits for this kind of message, and the rights of the files.

import { type AccountRow, accountsById, accountView, isPlace } from '../../accounts/session.ts'
import type { Draft, Issue } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import { findConnector } from '../../connectors/registry.ts'
import type { Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { rightsAt } from '../../media/library/ends.ts'
import { limitsOf } from '../delivery/writing.ts'
import { placesOf, rightsIssues } from '../media-uses/rules.ts'
import { mediaOf, mustBeMedia } from '../references.ts'
import { deliveredDraft } from '../rules.ts'
import { fieldOf, named } from './rules.ts'

/** Whether an account can answer what was said in this way. */
export function canAnswer(account: Pick<AccountRow, 'connector' | 'auth_method'>, kind: SaidKind): boolean {
  if (isPlace(account)) return false
  const answer = findConnector(account.connector)?.inbox?.answer
  return answer !== undefined && (answer.kinds?.includes(kind) ?? true)
}

/** Errors forbid sending, warnings tell what the network cannot show; fields are those of the form of an answer. */
export async function checkAnswer(
  tx: Tx,
  orgId: string,
  answer: { account: AccountRow; kind: SaidKind; content: Draft; at: Date },
): Promise<Issue[]> {
  const { account, kind, content, at } = answer
  if (!canAnswer(account, kind)) return [{ level: 'error', code: 'cannot-answer', field: 'accountId' }]
  const disconnected: Issue[] =
    account.state === 'disconnected' ? [{ level: 'error', code: 'account-not-connected', field: 'accountId' }] : []
  const connector = findConnector(account.connector)!
  const limits = limitsOf(connector, accountView(account), kind)
  const said = connector.inbox!.answer!.check(deliveredDraft(content, limits), limits)
  const files = placesOf(content).map(({ id }) => id)
  const rights = rightsIssues(content, await rightsAt(tx, orgId, [...new Set(files)], at))
  return [...disconnected, ...[...said, ...rights].map(named)]
}

/** Answers the warnings. @throws Refusal by the first error, and where a file is not there. */
export async function mustPassAsAnswer(
  tx: Tx,
  orgId: string,
  answer: Parameters<typeof checkAnswer>[2] & { conversationId: string },
): Promise<Issue[]> {
  const { content, conversationId } = answer
  const files = mediaOf(content, '').map(({ id, field }) => ({ id, field: fieldOf(field) }))
  // A file is what it is, whatever the draft calls it: each network has other limits for documents.
  const called = new Set(
    content.segments.flatMap(({ media }) => media.flatMap(({ id, kind }) => (kind === 'document' ? [id] : []))),
  )
  const [documents, shown] = [true, false].map((is) => files.filter(({ id }) => called.has(id) === is))
  await mustBeMedia(tx, orgId, documents!, { conversationId, kinds: ['document'] })
  await mustBeMedia(tx, orgId, shown!, { conversationId })
  const issues = await checkAnswer(tx, orgId, answer)
  const error = issues.find(({ level }) => level === 'error')
  if (error) throw new Refusal(error.code, { field: error.field, params: { ...error.params } })
  return issues
}

export async function accountOf(tx: Tx, orgId: string, accountId: string): Promise<AccountRow> {
  const account = (await accountsById(tx, [[orgId, accountId]])).get(accountId)
  if (!account) throw new Refusal('account-not-found', { field: 'accountId' })
  return account
}
