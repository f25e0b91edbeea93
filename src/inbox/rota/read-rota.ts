// The rota as routing, promises and staffing read it: every member with hours, capacity, skills, absences and who stands in for them.

import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { loadDaysOff } from '../../publishing/holidays/holiday-data.ts'
import { type BusinessClock, businessClock, calendarClock } from '../promises/business-clock.ts'
import type { BusinessHours } from '../promises/types.ts'
import type { Work } from './rules.ts'
import { absentSpans, workRows } from './store.ts'
import { usualCapacity } from './types.ts'

/** Those who belong to the organisation now, of these ids where some are given. Who never said anything works always, with the usual capacity. */
export async function readRota(tx: Tx, orgId: string, memberIds?: readonly string[]): Promise<Map<string, Work>> {
  if (memberIds?.length === 0) return new Map()
  const [members, work, absences] = await sideBySide(tx, (at) => [
    readActiveMembers(at, orgId),
    workRows(at, orgId, memberIds),
    absentSpans(at, orgId, memberIds),
  ])
  const rota = new Map<string, Work>()
  for (const { id, role, departmentId } of members) {
    if (memberIds && !memberIds.includes(id)) continue
    const row = work.get(id)
    rota.set(id, {
      ...{ memberId: id, role, departmentId, hours: row?.hours ?? null, clock: await clockOf(row?.hours ?? null) },
      ...{ capacity: row?.capacity ?? usualCapacity, deputyId: row?.deputy_id ?? null },
      ...{ managerId: row?.manager_id ?? null, skills: row?.skills ?? [] },
      ...{ absences: absences.get(id) ?? [], givenAt: row?.given_at ?? null },
    })
  }
  return rota
}

/** Many have the same hours, and a clock remembers the years it was asked for. Hours decide alone what is in here. */
const clocks = new Map<string, BusinessClock>()
const mostClocks = 500

export async function clockOf(hours: BusinessHours | null): Promise<BusinessClock> {
  if (hours === null) return calendarClock
  const key = JSON.stringify(hours)
  const known = clocks.get(key)
  if (known) return known
  const made = businessClock(hours, hours.holidays.length > 0 ? await loadDaysOff(hours.holidays) : undefined)
  if (clocks.size >= mostClocks) clocks.delete(clocks.keys().next().value!)
  clocks.set(key, made)
  return made
}
