// All promises of an organisation that ever were in force, with the clocks of their hours: what telling the state of a conversation needs.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { loadDaysOff } from '../../publishing/holidays/holiday-data.ts'
import { type BusinessClock, businessClock } from './business-clock.ts'
import type { KnownPromises } from './due-of.ts'
import type { PolicyVersion } from './policy.ts'
import type { BusinessHours, PromisePolicy } from './types.ts'

export interface Rulebook extends KnownPromises {
  /** In order. */
  inForceAt(at: Date): PolicyVersion[]
}

interface VersionRow {
  id: string
  policy: PromisePolicy
  hours: BusinessHours | null
}

/** null: nothing was ever promised. */
export async function readRulebook(tx: Tx, orgId: string): Promise<Rulebook | null> {
  const changes = await sql<{ from_at: Date; version_ids: string[] }>`
    select from_at, version_ids from promises_in_force where org_id = ${orgId} order by from_at, id`.execute(tx)
  if (changes.rows.length === 0) return null
  const versions = await sql<VersionRow>`
    select id, policy, hours from promise_versions where org_id = ${orgId}`.execute(tx)
  const byId = new Map(versions.rows.map((row) => [row.id, asVersion(row)]))
  const clocks = new Map<string, BusinessClock>()
  for (const { id, hours } of versions.rows) if (hours) clocks.set(id, await clockOfVersion(id, hours))
  return {
    inForceAt(at) {
      const ids = changes.rows.findLast(({ from_at }) => from_at <= at)?.version_ids ?? []
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    versionOf: (id) => byId.get(id)!,
    clockOf: (id) => clocks.get(id)!,
  }
}

/** The hours of a version are frozen with it: the version names them. */
const asVersion = ({ id, policy, hours }: VersionRow): PolicyVersion => ({
  id,
  policy: { ...policy, hoursId: hours ? id : null },
})

/** Versions never change, and a clock remembers the years that it was asked for. */
const known = new Map<string, BusinessClock>()
const mostKnown = 2_000

async function clockOfVersion(id: string, hours: BusinessHours): Promise<BusinessClock> {
  const found = known.get(id)
  if (found) return found
  const made = await clockOfHours(hours)
  if (known.size >= mostKnown) known.delete(known.keys().next().value!)
  known.set(id, made)
  return made
}

export const clockOfHours = async (hours: BusinessHours): Promise<BusinessClock> =>
  businessClock(hours, hours.holidays.length > 0 ? await loadDaysOff(hours.holidays) : undefined)
