// The one place that turns a variant's words into exactly what goes out: what is checked, shown for approval, and sent.

import { type AccountRow, accountsById } from '../accounts/session.ts'
import type { Draft } from '../connectors/contract.ts'
import type { Tx } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { contentHash } from './keys.ts'
import { linkPlan, withCodes } from './links/plan.ts'
import type { PostRow, VariantRow } from './store.ts'

export interface Frozen {
  variant: VariantRow
  account: AccountRow
  /** For `moveVariant`'s `freezing`, and for everybody who has to see what goes out. */
  content: Draft
  /** What an approval of it is bound to. */
  hash: string
}

/**
 * What each of these variants of one locked post says when it goes out. The same words, rules and campaign give the same content
 * again, short links included. New codes of short links are written in this transaction: nothing else is, so the caller stores
 * the content (`moveVariant`) or lets the transaction go.
 */
export async function freeze(
  tx: Tx,
  services: Pick<Services, 'linkBases'>,
  { post, variants }: { post: PostRow; variants: VariantRow[] },
  at: Date,
): Promise<Frozen[]> {
  const accounts = await accountsById(
    tx,
    variants.map((variant) => [post.org_id, variant.account_id]),
  )
  const plan = await linkPlan(tx, services, { orgId: post.org_id, id: post.id, campaignId: post.campaign_id })
  const frozen: Frozen[] = []
  for (const variant of variants) {
    const account = accounts.get(variant.account_id)!
    const draft = variant.content ?? post.content
    const content = await withCodes(tx, plan, { account, variantId: variant.id, draft }, at)
    frozen.push({ variant, account, content, hash: contentHash(content, variant.account_id) })
  }
  return frozen
}
