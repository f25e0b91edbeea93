// Makes, renews and ends the calendar feeds of a member. The secret is in the address alone; its hash is what is kept.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { newSecret } from '../../lib/secrets.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type FeedRow, feedOf, feedsOf, insertFeed, updateFeed } from './store.ts'
import type { feedScopes, feedView, newFeed } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'publicUrl'>
type NewFeed = z.infer<typeof newFeed>

export const listFeeds = ({ db }: Deps, caller: Caller): Promise<z.infer<typeof feedView>[]> =>
  inOrg(db, caller.orgId, async (tx) => (await feedsOf(tx, caller.orgId, caller.memberId)).map(viewOf))

export function createFeed(
  services: Deps,
  caller: Caller,
  given: { name: string; scope: (typeof feedScopes)[number]; scopeId: string | null },
): Promise<NewFeed> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await mustBeThere(tx, caller.orgId, given)
    const [id, secret] = [newId(), newSecret()]
    const named = given.scope === 'account' || given.scope === 'campaign'
    await insertFeed(tx, {
      ...{ org_id: caller.orgId, id, member_id: caller.memberId, name: given.name, scope: given.scope },
      scope_id: named ? given.scopeId : null,
      secret_hash: sha256Hex(secret),
      created_at: services.clock(),
    })
    return tell(tx, services, caller, { id, secret, verb: 'calendar-feed.created' })
  })
}

export function renewFeed(services: Deps, caller: Caller, { id }: { id: string }): Promise<NewFeed> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await mustBeMine(tx, caller, id)
    const secret = newSecret()
    await updateFeed(tx, caller.orgId, id, { secret_hash: sha256Hex(secret), renewed_at: services.clock() })
    return tell(tx, services, caller, { id, secret, verb: 'calendar-feed.renewed' })
  })
}

export function revokeFeed(services: Deps, caller: Caller, { id }: { id: string }): Promise<{ revoked: true }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { name } = await mustBeMine(tx, caller, id)
    await updateFeed(tx, caller.orgId, id, { revoked_at: services.clock() })
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'calendar-feed.revoked',
      subject: { kind: 'calendar-feed', id },
      facts: { name },
    })
    return { revoked: true }
  })
}

async function tell(
  tx: Tx,
  { clock, publicUrl }: Deps,
  caller: Caller,
  { id, secret, verb }: { id: string; secret: string; verb: string },
): Promise<NewFeed> {
  const feed = (await feedOf(tx, caller.orgId, id))!
  const facts = { name: feed.name, scope: feed.scope }
  await record(tx, caller.orgId, caller.actor, clock(), { verb, subject: { kind: 'calendar-feed', id }, facts })
  return { ...viewOf(feed), url: `${publicUrl}/calendar/${secret}.ics` }
}

async function mustBeMine(tx: Tx, caller: Caller, id: string): Promise<FeedRow> {
  const feed = await feedOf(tx, caller.orgId, id)
  if (!feed || feed.revoked_at || feed.member_id !== caller.memberId) throw notFound('calendar-feed')
  return feed
}

async function mustBeThere(tx: Tx, orgId: string, { scope, scopeId }: { scope: string; scopeId: string | null }) {
  if (scope !== 'account' && scope !== 'campaign') return
  if (!scopeId) throw new Refusal('required', { field: 'scopeId' })
  const found = await tx
    .selectFrom(scope === 'account' ? 'accounts' : 'campaigns')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', scopeId)
    .executeTakeFirst()
  if (!found) throw new Refusal('not-in-organisation', { field: 'scopeId' })
}

const viewOf = (row: FeedRow): z.infer<typeof feedView> => ({
  id: row.id,
  name: row.name,
  scope: row.scope as (typeof feedScopes)[number],
  scopeId: row.scope_id,
  createdAt: row.created_at.toISOString(),
  renewedAt: row.renewed_at?.toISOString() ?? null,
  lastReadAt: row.last_read_at?.toISOString() ?? null,
})
