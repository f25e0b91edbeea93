// Tells every process that mentions were stored, so that open pages show them. Told when the transaction commits, or never.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { StoredMention } from '../mentions/new-mention.ts'

export const channel = 'mentions'
/** This process, to others. */
export const teller = newId()

/** Which mentions of one organisation: all that were said within the times and heard at the moment. */
export const announcement = z.object({
  org: z.uuid(),
  heardAt: z.iso.datetime(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  count: z.number().int(),
  by: z.uuid(),
})
export type Announcement = z.infer<typeof announcement>

export async function announce(tx: Tx, stored: readonly StoredMention[]): Promise<void> {
  const fresh = Map.groupBy(
    stored.filter(({ isNew }) => isNew),
    ({ mention }) => `${mention.orgId} ${mention.heardAt.getTime()}`,
  )
  const told = [...fresh.values()].map((mentions): Announcement => {
    const { orgId, heardAt } = mentions[0]!.mention
    const times = mentions.map(({ at }) => at.getTime())
    return {
      org: orgId,
      heardAt: heardAt.toISOString(),
      from: new Date(Math.min(...times)).toISOString(),
      to: new Date(Math.max(...times)).toISOString(),
      count: mentions.length,
      by: teller,
    }
  })
  if (told.length === 0) return
  const texts = told.map((each) => JSON.stringify(each))
  await sql`select pg_notify(${channel}, text) from unnest(${texts}::text[]) t (text)`.execute(tx)
}
