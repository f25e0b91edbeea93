// By which facet of a connector something is written, looked up and taken away: posts by publishing, answers by the inbox.

import type { AccountView, Connector, Limits, Publish } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'

/** null: the network does not offer it. */
export const writingOf = (connector: Connector | null, answers: boolean): Publish | null =>
  (answers ? connector?.inbox?.answer : connector?.publish) ?? null

/** `kind`: of what is answered; null: a post. */
export const limitsOf = (connector: Connector, account: AccountView, kind: SaidKind | null): Limits =>
  kind !== null && connector.inbox?.answer ? connector.inbox.answer.limits(account, kind) : connector.limits(account)
