// What each network would say to a post, before anything is scheduled.

import { type AccountRow, accountsById, accountView } from '../accounts/session.ts'
import type { Draft, Issue } from '../connectors/contract.ts'
import { connectorOf } from '../connectors/registry.ts'
import { inOrg } from '../db/tx.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { deliveredDraft } from './rules.ts'
import type { VariantContent } from './store.ts'

export interface Checked {
  accountId: string
  issues: Issue[]
}

export function checkPost(
  services: Pick<Services, 'db'>,
  caller: Caller,
  post: { content: Draft; variants: VariantContent[] },
): Promise<Checked[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const accounts = await accountsById(
      tx,
      post.variants.map((each) => [caller.orgId, each.accountId]),
    )
    return post.variants.map(({ accountId, content }) => {
      const account = accounts.get(accountId)
      return {
        accountId,
        issues: account
          ? issuesOf(account, content ?? post.content)
          : [{ level: 'error', code: 'account-not-found', field: 'accountId' }],
      }
    })
  })
}

/** Everything that stands against (errors) or beside (warnings) this draft on this account. */
export function issuesOf(account: AccountRow, draft: Draft): Issue[] {
  const connector = connectorOf(account.connector)
  if (!connector.publish) return [{ level: 'error', code: 'cannot-publish', field: 'accountId' }]
  const limits = connector.limits(accountView(account))
  const disconnected: Issue[] =
    account.state === 'disconnected' ? [{ level: 'error', code: 'account-not-connected', field: 'accountId' }] : []
  return [
    ...disconnected,
    ...optionIssues(account, draft),
    ...connector.publish.check(deliveredDraft(draft, limits), limits),
  ]
}

function optionIssues(account: AccountRow, draft: Draft): Issue[] {
  const { options } = connectorOf(account.connector)
  const parsed = draft.options && options ? options.safeParse(draft.options) : null
  if (!parsed || parsed.success) return []
  return parsed.error.issues.map((each) => ({
    level: 'error',
    code: 'option-not-valid',
    field: ['options', ...each.path].join('.'),
  }))
}
