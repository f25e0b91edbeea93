// Deletes a published post at the network, last part first, and says what is gone.

import type { z } from 'zod'
import { noteResults } from '../accounts/health.ts'
import { renewAccount } from '../accounts/renew.ts'
import { type AccountRow, accountsById, type SessionServices, sessionFor } from '../accounts/session.ts'
import type { RemoteRef } from '../connectors/contract.ts'
import { asConnectorError } from '../connectors/errors.ts'
import { connectorOf } from '../connectors/registry.ts'
import { inOrg } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { postView } from './contract.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { endWithWhatIsOut } from './end-thread.ts'
import { allows } from './rules.ts'
import { changePosts, findPost, moveVariant, type VariantRow } from './store.ts'
import { viewOf } from './views.ts'
import { livePost } from './write-post.ts'

const removalTimeoutMs = 20_000

export async function withdrawVariant(
  services: SessionServices,
  caller: Caller,
  { id, variant: variantId }: { id: string; variant: string },
): Promise<z.infer<typeof postView>> {
  const { variant, account, parts } = await loadOut(services, caller, id, variantId)
  const remove = connectorOf(account.connector).publish?.remove
  if (!remove) throw new Refusal('network-cannot-delete', { status: 409 })
  await removeAll(services, account, parts)
  return changePosts(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    await moveVariant(
      tx,
      variant,
      {
        state: 'removed',
        reason: { code: 'removed-by-person', by: caller.memberId },
        dueAt: variant.due_at,
        wakeAt: null,
      },
      now,
    )
    await tx
      .updateTable('variants')
      .set({ numbers_due_at: null })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', variant.id)
      .execute()
    await refreshPostStates(tx, [[caller.orgId, id]])
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'post.withdrawn',
      subject: { kind: 'post', id },
      facts: { variantId, accountId: account.id, count: parts.length },
    })
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

function loadOut(
  services: SessionServices,
  caller: Caller,
  id: string,
  variantId: string,
): Promise<{ variant: VariantRow; account: AccountRow; parts: RemoteRef[] }> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const { variants } = await livePost(tx, caller.orgId, id)
    const variant = variants.find((each) => each.id === variantId)
    if (!variant) throw notFound('variant')
    if (!allows(variant, 'withdraw'))
      throw new Refusal('not-published', { status: 409, params: { state: variant.state } })
    // From here on nobody can send the rest of a thread while its first parts are being taken away.
    if (variant.state !== 'published') await endWithWhatIsOut(tx, variant, caller, services.clock())
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
    const parts = rows.map((row) => ({
      id: row.remote_id!,
      url: row.remote_url ?? '',
      proof: row.proof as RemoteRef['proof'],
    }))
    return {
      variant,
      account: (await accountsById(tx, [[caller.orgId, variant.account_id]])).get(variant.account_id)!,
      parts,
    }
  })
}

/** A deletion that was done already succeeds, so that a broken off withdrawal is simply repeated. */
async function removeAll(
  services: SessionServices,
  account: AccountRow,
  parts: RemoteRef[],
  renewed = false,
): Promise<void> {
  const session = sessionFor(services, account, { signal: AbortSignal.timeout(removalTimeoutMs) })
  try {
    for (const part of parts) await connectorOf(account.connector).publish!.remove!(session, part)
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    if (error.kind === 'auth-expired' && !renewed)
      return removeAll(services, await renewAccount(services, account), parts, true)
    await inOrg(services.db, account.org_id, (tx) =>
      noteResults(
        tx,
        [{ orgId: account.org_id, accountId: account.id, ok: false, failure: error.code }],
        services.clock(),
      ),
    )
    throw new Refusal('network-did-not-delete', { status: 503, params: { kind: error.kind, code: error.code } })
  }
}
