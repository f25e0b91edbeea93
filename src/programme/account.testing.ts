// An account of an organisation since a moment, for tests.

import type { TestApp, TestSession } from '../../test/world/app.ts'
import { inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'

export async function insertAccount(
  world: TestApp,
  owner: TestSession,
  since: Date,
  name = 'Harbour',
): Promise<string> {
  const id = newId()
  const what = { connector: 'fake', server: 'x', remote_id: id, handle: id, display_name: name, name }
  const state = {
    url: 'https://example.org',
    time_zone: 'UTC',
    state: 'connected',
    auth_method: 'token',
    instance: '{}',
  }
  await inOrg(world.services.db, owner.orgId, (tx) =>
    tx
      .insertInto('accounts')
      .values({ org_id: owner.orgId, id, ...what, ...state, created_by: owner.memberId, created_at: since })
      .execute(),
  )
  return id
}
