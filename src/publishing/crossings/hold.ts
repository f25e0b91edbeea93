// Begins a hold for a crossing point: over one campaign or over all of them. Always-on goes on.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { stopPermissions } from '../delivery/ledger.ts'

export interface PointHold {
  orgId: string
  /** null: all campaigns. */
  campaignId: string | null
  reason: string
  /** A member; null: Longrun by a rule. */
  by: string | null
  at: Date
}

export interface Held {
  id: string
  /** Whether such a hold was there already. */
  before: boolean
  stopped: number
  /** For the log; null where nothing began. */
  event: NewEvent | null
}

/** After the commit nothing of what it binds is sent: permissions to write wait for it, and it for them. */
export async function holdCampaigns(tx: Tx, { orgId, campaignId, reason, by, at }: PointHold): Promise<Held> {
  await stopPermissions(tx, orgId)
  const scope = campaignId ? 'campaign' : 'campaigns'
  const known = await tx
    .selectFrom('holds')
    .select('id')
    .where('org_id', '=', orgId)
    .where('scope', '=', scope)
    .where('scope_id', campaignId ? '=' : 'is', campaignId)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', at)]))
    .executeTakeFirst()
  if (known) return { id: known.id, before: true, stopped: 0, event: null }
  const counted = await sql<{ stopped: number; under_way: number }>`
    select count(*) filter (where v.state in ('scheduled', 'parked', 'in-review'))::int as stopped,
      count(*) filter (where v.state in ('sending', 'processing', 'looking-up', 'unconfirmed'))::int as under_way
    from posts p join variants v on v.org_id = p.org_id and v.post_id = p.id
    where p.org_id = ${orgId} and p.deleted_at is null and ${campaignId ? sql`p.campaign_id = ${campaignId}` : sql`p.campaign_id is not null`}`.execute(
    tx,
  )
  const { stopped, under_way } = counted.rows[0]!
  const id = newId()
  const row = { org_id: orgId, id, scope, scope_id: campaignId, reason, begun_at: at, begun_by: by, stopped, under_way }
  await tx.insertInto('holds').values(row).execute()
  const facts = { scope, scopeId: campaignId, reason, stopped, underWay: under_way }
  return { id, before: false, stopped, event: { verb: 'hold.begun', subject: { kind: 'hold', id }, facts } }
}
