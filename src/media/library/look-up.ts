// What the library knows about contents: which are there already, what was made of a file, which are the same or look alike.

import { sql } from 'kysely'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { memberNames } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { liveMedia } from '../actions.ts'
import { type MediaRow, type MediaShown, shown } from '../views.ts'
import { warnsOfUnknown } from './ends.ts'
import { alikeBits, bitsApart } from './rules.ts'

/** Asked within the organisation alone: nobody learns what another one has. Of several the oldest; what was brought for a conversation is none of the library's. */
export function knownMedia(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { contents }: { contents: string[] },
): Promise<{ sha256: string; media: MediaShown }[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await tx
      .selectFrom('media')
      .selectAll()
      .distinctOn('sha256')
      .where('org_id', '=', caller.orgId)
      .where('sha256', 'in', [...new Set(contents)])
      .where('conversation_id', 'is', null)
      .where('removed_at', 'is', null)
      .orderBy('sha256')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({ sha256: row.sha256, media: shown(row) }))
  })
}

const mostAlike = 12

export function mediaDetails(services: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }) {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const row = await liveMedia(tx, caller.orgId, id)
    const renditions = await tx
      .selectFrom('renditions')
      .selectAll()
      .where('org_id', '=', caller.orgId)
      .where('media_id', '=', id)
      .orderBy('created_at', 'desc')
      .limit(100)
      .execute()
    const names = await memberNames(tx, caller.orgId, [row.created_by])
    return {
      sha256: row.sha256,
      uploadedBy: names.get(row.created_by) ?? '',
      renditions: renditions.map(({ type, bytes, width, height, created_at }) => ({
        ...{ type, bytes, width, height },
        createdAt: created_at.toISOString(),
      })),
      copies: (await copiesOf(tx, row)).map(shown),
      alike: (await alikeTo(tx, row)).map((other) => ({
        media: shown(other),
        bitsApart: bitsApart(row.look!, other.look!),
      })),
    }
  })
}

const copiesOf = (tx: Tx, row: MediaRow): Promise<MediaRow[]> =>
  tx
    .selectFrom('media')
    .selectAll()
    .where('org_id', '=', row.org_id)
    .where('sha256', '=', row.sha256)
    .where('id', '<>', row.id)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .limit(50)
    .execute()

/** The nearest first. Every picture of the organisation is compared: a hundred thousand take a tenth of a second. */
async function alikeTo(tx: Tx, row: MediaRow): Promise<MediaRow[]> {
  if (row.look === null) return []
  const apart = sql`bit_count(('x' || m.look)::bit(64) # ('x' || ${row.look}::text)::bit(64))`
  const found = await sql<MediaRow>`
    select m.* from media m
    where m.org_id = ${row.org_id} and m.look is not null and m.sha256 <> ${row.sha256} and m.removed_at is null and ${apart} <= ${alikeBits}
    order by ${apart}, m.id limit ${mostAlike}`.execute(tx)
  return found.rows
}

export const readSettings = (services: Pick<Services, 'db'>, caller: Caller): Promise<{ warnUnknown: boolean }> =>
  inOrg(services.db, caller.orgId, async (tx) => ({ warnUnknown: await warnsOfUnknown(tx, caller.orgId) }))

export function changeSettings(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { warnUnknown }: { warnUnknown: boolean },
): Promise<{ warnUnknown: boolean }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await tx
      .insertInto('media_settings')
      .values({ org_id: caller.orgId, warn_unknown: warnUnknown })
      .onConflict((conflict) => conflict.column('org_id').doUpdateSet({ warn_unknown: warnUnknown }))
      .execute()
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'media-settings.changed',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { warnUnknown },
    })
    return { warnUnknown }
  })
}
