// Deletes a published post at the network, last part first, and says what is gone.

import type { z } from 'zod'
import { noteResults } from '../accounts/health.ts'
import type { SessionServices } from '../accounts/session.ts'
import { asConnectorError } from '../connectors/errors.ts'
import { inOrg } from '../db/tx.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { postView } from './contract.ts'
import { loadOut, noteRemoved, type Removable, removeAll } from './remove-variant.ts'
import { changePosts, findPost } from './store.ts'
import { viewOf } from './views.ts'

export async function withdrawVariant(
  services: SessionServices,
  caller: Caller,
  { id, variant }: { id: string; variant: string },
): Promise<z.infer<typeof postView>> {
  const out = await changePosts(services.db, caller.orgId, (tx) =>
    loadOut(tx, caller, { id, variant, now: services.clock() }),
  )
  await removeOrRefuse(services, out)
  return changePosts(services.db, caller.orgId, async (tx) => {
    await noteRemoved(tx, caller, out, services.clock())
    return viewOf(tx, (await findPost(tx, caller.orgId, id))!)
  })
}

async function removeOrRefuse(services: SessionServices, { account, parts }: Removable): Promise<void> {
  try {
    await removeAll(services, account, parts)
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    const result = { orgId: account.org_id, accountId: account.id, ok: false, failure: error.code }
    await inOrg(services.db, account.org_id, (tx) => noteResults(tx, [result], services.clock()))
    throw new Refusal('network-did-not-delete', { status: 503, params: { kind: error.kind, code: error.code } })
  }
}
