// Ends a thread with what is out of it: published, shown by its first part, its numbers read like those of any other.

import { accountsById } from '../accounts/session.ts'
import { findConnector } from '../connectors/registry.ts'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import type { Caller } from '../people/types.ts'
import { firstNumbersAt } from './numbers-rules.ts'
import { moveVariant, type VariantRow } from './store.ts'

/** For a variant of which at least the first part is out. */
export async function endWithWhatIsOut(
  tx: Tx,
  variant: VariantRow,
  caller: Pick<Caller, 'memberId' | 'actor'>,
  at: Date,
): Promise<void> {
  const { org_id, id, post_id, account_id, revision } = variant
  const reason = { code: 'rest-not-sent', by: caller.memberId }
  await moveVariant(tx, variant, { state: 'published', reason, dueAt: variant.due_at, wakeAt: null }, at)
  const first = await tx
    .selectFrom('parts')
    .select(['published_at', 'remote_id', 'remote_url'])
    .where('org_id', '=', org_id)
    .where('variant_id', '=', id)
    .where('revision', '=', revision)
    .where('position', '=', 0)
    .executeTakeFirstOrThrow()
  const account = (await accountsById(tx, [[org_id, account_id]])).get(account_id)!
  const counted = findConnector(account.connector)?.metrics !== undefined
  await tx
    .updateTable('variants')
    .set({ ...first, numbers_due_at: counted ? firstNumbersAt(first.published_at!) : null })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute()
  await record(tx, org_id, caller.actor, at, {
    verb: 'post.published',
    subject: { kind: 'post', id: post_id },
    facts: { variantId: id, accountId: account_id, url: first.remote_url ?? '', code: reason.code },
  })
}
