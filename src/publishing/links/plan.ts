// What the links of one variant become, from what is stored: the organisation's rules, the post's campaign, codes given before.

import type { AccountRow } from '../../accounts/session.ts'
import { accountView } from '../../accounts/session.ts'
import type { Draft } from '../../connectors/contract.ts'
import { findMarkdownLinks } from '../../connectors/markdown-links.ts'
import { connectorOf } from '../../connectors/registry.ts'
import { findLinks } from '../../connectors/text.ts'
import type { Tx } from '../../db/tx.ts'
import { codeToCome } from './codes.ts'
import { type Decoration, decorate, shortTargets, wordsFor } from './decorate.ts'
import { type FindLinks, withLinks } from './rules.ts'
import { codesOf, insertLink, nameOfCampaign, rulesOf } from './store.ts'
import type { LinkRules } from './types.ts'

/** What the links of a post have in common. */
export interface LinkPlan {
  orgId: string
  rules: LinkRules
  campaign: string | null
  /** null: not stored yet. */
  postId: string | null
  own: readonly string[]
}

/** One account's words. `variantId` is null before they are stored. */
export interface Words {
  account: AccountRow
  variantId: string | null
  draft: Draft
}

export async function linkPlan(
  tx: Tx,
  { linkBases }: { linkBases: readonly string[] },
  post: { orgId: string; id: string | null; campaignId: string | null },
): Promise<LinkPlan> {
  return {
    orgId: post.orgId,
    rules: await rulesOf(tx, post.orgId),
    campaign: await nameOfCampaign(tx, post.orgId, post.campaignId),
    postId: post.id,
    own: linkBases,
  }
}

/** As they go out, for showing and checking: codes that are not given yet are shown by one of the same length. Writes nothing. */
export async function outgoing(tx: Tx, plan: LinkPlan, words: Words): Promise<Draft> {
  const codes = words.variantId && plan.rules.short ? await codesOf(tx, plan.orgId, words.variantId) : new Map()
  const shortOf = (target: string) => `${plan.own[0]}${codes.get(target) ?? codeToCome}`
  return decorate(words.draft, { ...decorationOf(plan, words), shortOf }, finderOf(words.account))
}

/** As they go out, for good: each target gets a code of its own for this variant, and keeps it when it is asked again. */
export async function withCodes(
  tx: Tx,
  plan: LinkPlan,
  words: Words & { variantId: string },
  at: Date,
): Promise<Draft> {
  const [decoration, find] = [decorationOf(plan, words), finderOf(words.account)]
  const targets = shortTargets(words.draft, decoration, find)
  const codes = targets.length > 0 ? await codesOf(tx, plan.orgId, words.variantId) : new Map<string, string>()
  for (const target of targets) {
    if (codes.has(target)) continue
    const { code } = await insertLink(tx, plan.orgId, { variantId: words.variantId, target, by: null, at })
    codes.set(target, code)
  }
  const shortOf = (target: string) => `${plan.own[0]}${codes.get(target)}`
  return decorate(words.draft, { ...decoration, shortOf }, find)
}

/** Which addresses of a draft are others in what goes out, each once. */
export function changedLinks(draft: Draft, words: Draft, find: FindLinks): { written: string; goesOut: string }[] {
  const [before, after] = [addressesOf(draft, find), addressesOf(words, find)]
  const changed = new Map(before.map((written, at) => [written, after[at] ?? written]))
  return [...changed].flatMap(([written, goesOut]) => (written === goesOut ? [] : [{ written, goesOut }]))
}

function addressesOf(draft: Draft, find: FindLinks): string[] {
  const found: string[] = []
  const note = (url: string) => {
    found.push(url)
    return url
  }
  withLinks(draft, note, find)
  return found
}

function decorationOf(plan: LinkPlan, { account, variantId }: Words): Omit<Decoration, 'shortOf'> {
  const words = wordsFor({
    connector: account.connector,
    handle: account.handle,
    campaign: plan.campaign,
    postId: plan.postId,
    variantId,
  })
  return { rules: plan.rules, own: plan.own, words }
}

/** An article is Markdown: there, pictures and code hold addresses that are no links. */
export function finderOf(account: AccountRow): FindLinks {
  const { text } = connectorOf(account.connector).limits(accountView(account))
  return text.format === 'markdown' ? findMarkdownLinks : findLinks
}
