// What each network would say to a post, before anything is scheduled.

import { type AccountRow, accountsById, accountView, isPlace } from '../accounts/session.ts'
import type { Draft, Issue } from '../connectors/contract.ts'
import { connectorOf } from '../connectors/registry.ts'
import { inOrg, type Tx } from '../db/tx.ts'
import { rightsAt } from '../media/library/ends.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { linkIssues } from './links/decorate.ts'
import { changedLinks, finderOf, linkPlan, outgoing } from './links/plan.ts'
import { namingLinks } from './links/rules.ts'
import { placesOf, rightsIssues } from './media-uses/rules.ts'
import { deliveredDraft } from './rules.ts'
import { findPost, type VariantContent } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>

export interface Checked {
  accountId: string
  issues: Issue[]
  /** Links that go out otherwise than they were written. */
  links: { written: string; goesOut: string }[]
}

export interface ToCheck {
  /** The post, where it is stored already: its campaign and its short links are known then. */
  id?: string
  content: Draft
  variants: VariantContent[]
  /** When it is to go out; absent: now. */
  at?: string
}

export function checkPost(services: Deps, caller: Caller, post: ToCheck): Promise<Checked[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const accounts = await accountsById(
      tx,
      post.variants.map((each) => [caller.orgId, each.accountId]),
    )
    const going = await goingOut(tx, services, caller.orgId, post)
    const rights = await rightsAt(tx, caller.orgId, filesOf(post), post.at ? new Date(post.at) : services.clock())
    const checked: Checked[] = []
    for (const { accountId, content } of post.variants) {
      const account = accounts.get(accountId)
      const draft = content ?? post.content
      if (account && !isPlace(account)) {
        const { issues, links } = await going(account, draft)
        checked.push({ accountId, issues: [...issues, ...rightsIssues(draft, rights)], links })
      } else
        checked.push({
          accountId,
          issues: [{ level: 'error', code: 'account-not-found', field: 'accountId' }],
          links: [],
        })
    }
    return checked
  })
}

const filesOf = ({ content, variants }: ToCheck): string[] => {
  const drafts = [content, ...variants.flatMap((variant) => variant.content ?? [])]
  return [...new Set(drafts.flatMap(placesOf).map(({ id }) => id))]
}

async function goingOut(tx: Tx, services: Deps, orgId: string, { id }: ToCheck) {
  const stored = id === undefined ? null : await findPost(tx, orgId, id)
  const campaignId = stored?.post.campaign_id ?? null
  const plan = await linkPlan(tx, services, { orgId, id: stored?.post.id ?? null, campaignId })
  const variants = new Map(stored?.variants.map((variant) => [variant.account_id, variant.id]))
  return async (account: AccountRow, draft: Draft): Promise<Omit<Checked, 'accountId'>> => {
    const words = await outgoing(tx, plan, { account, variantId: variants.get(account.id) ?? null, draft })
    const find = finderOf(account)
    return {
      issues: [...issuesOf(account, draft, words), ...linkIssues(draft, plan.own, find)],
      links: changedLinks(draft, words, find),
    }
  }
}

/**
 * Everything that stands against (errors) or beside (warnings) this draft on this account. `words` is what goes out of it, with
 * its links as they will be: that is what a network measures.
 */
export function issuesOf(account: AccountRow, draft: Draft, words: Draft): Issue[] {
  const connector = connectorOf(account.connector)
  if (!connector.publish) return [{ level: 'error', code: 'cannot-publish', field: 'accountId' }]
  const limits = connector.limits(accountView(account))
  const disconnected: Issue[] =
    account.state === 'disconnected' ? [{ level: 'error', code: 'account-not-connected', field: 'accountId' }] : []
  const check = (some: Draft) => connector.publish!.check(deliveredDraft(some, limits), limits)
  const outgoing = check(words)
  return [...disconnected, ...optionIssues(account, draft), ...namingLinks(outgoing, check(draft))]
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
