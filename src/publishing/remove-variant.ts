// Takes a published variant away at its network: what one withdrawal and a mass of them share. A deletion may be repeated.

import { withFreshCredentials } from '../accounts/renew.ts'
import { type AccountRow, accountsById, type SessionServices, sessionFor } from '../accounts/session.ts'
import type { RemoteRef } from '../connectors/contract.ts'
import { asConnectorError } from '../connectors/errors.ts'
import { findConnector } from '../connectors/registry.ts'
import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { writingOf } from './delivery/writing.ts'
import { endWithWhatIsOut } from './end-thread.ts'
import { allows } from './rules.ts'
import { moveVariant, type VariantRow } from './store.ts'
import { livePost } from './write-post.ts'

const removalTimeoutMs = 20_000

export interface Removable {
  variant: VariantRow
  account: AccountRow
  /** Last part first. */
  parts: RemoteRef[]
}

/** Whose word it was. */
export type Remover = Pick<Caller, 'orgId' | 'memberId' | 'actor'>

export const canRemove = (connector: string): boolean => findConnector(connector)?.publish?.remove !== undefined

/** @throws Refusal where nothing of it is out, or a person alone can delete it. */
export async function loadOut(
  tx: Tx,
  caller: Remover,
  { id, variant: variantId, now }: { id: string; variant: string; now: Date },
): Promise<Removable> {
  const { variants } = await livePost(tx, caller.orgId, id)
  const variant = variants.find((each) => each.id === variantId)
  if (!variant) throw notFound('variant')
  if (!allows(variant, 'withdraw'))
    throw new Refusal('not-published', { status: 409, params: { state: variant.state } })
  // From here on nobody can send the rest of a thread while its first parts are being taken away.
  if (variant.state !== 'published') await endWithWhatIsOut(tx, variant, caller, now)
  const rows = await tx
    .selectFrom('parts')
    .select(['remote_id', 'remote_url', 'proof'])
    .where('org_id', '=', caller.orgId)
    .where('variant_id', '=', variantId)
    .where('revision', '=', variant.revision)
    .where('published_at', 'is not', null)
    .orderBy('position', 'desc')
    .execute()
  // A person linked it by its address: the network's own id, which alone names it for sure, is not known.
  if (rows.some((row) => row.remote_id === null)) throw new Refusal('linked-by-hand', { status: 409 })
  const account = (await accountsById(tx, [[caller.orgId, variant.account_id]])).get(variant.account_id)!
  if (!canRemove(account.connector)) throw new Refusal('network-cannot-delete', { status: 409 })
  const parts = rows.map((row) => ({
    id: row.remote_id!,
    url: row.remote_url ?? '',
    proof: row.proof as RemoteRef['proof'],
  }))
  return { variant, account, parts }
}

/**
 * Outside any transaction. A deletion that was done already succeeds, so that a broken off withdrawal is simply repeated.
 * @throws ConnectorError
 */
export const removeAll = (
  services: SessionServices,
  account: AccountRow,
  parts: RemoteRef[],
  { answers }: { answers: boolean } = { answers: false },
): Promise<void> =>
  withFreshCredentials(services, account, async (row) => {
    const session = sessionFor(services, row, { signal: AbortSignal.timeout(removalTimeoutMs) })
    try {
      for (const part of parts) await writingOf(findConnector(row.connector), answers)!.remove!(session, part)
    } catch (thrown) {
      throw asConnectorError(thrown, false)
    }
  })

/** It is away at the network: so it is here. Of two who took it away at the same moment the first one tells it. */
export async function noteRemoved(
  tx: Tx,
  { orgId, memberId, actor }: Remover,
  { variant: { id, post_id: postId }, account, parts }: Removable,
  now: Date,
): Promise<void> {
  const variant = (await livePost(tx, orgId, postId)).variants.find((each) => each.id === id)
  if (variant?.state !== 'published') return
  const reason = { code: 'removed-by-person', by: memberId }
  await moveVariant(tx, variant, { state: 'removed', reason, dueAt: variant.due_at, wakeAt: null }, now)
  await tx
    .updateTable('variants')
    .set({ numbers_due_at: null })
    .where('org_id', '=', orgId)
    .where('id', '=', variant.id)
    .execute()
  await refreshPostStates(tx, [[orgId, postId]])
  await record(tx, orgId, actor, now, {
    verb: 'post.withdrawn',
    subject: { kind: 'post', id: postId },
    facts: { variantId: variant.id, accountId: account.id, count: parts.length },
  })
}
