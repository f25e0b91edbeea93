// Who stands on which level of the ladder of a conversation. Pure.

import type { Role } from '../../people/permissions.ts'
import type { LadderLevel } from './escalation.ts'

export interface LadderSettings {
  /** Minutes to acknowledge: of owner, deputy, manager. */
  minutes: readonly [number, number, number]
  /** Who is always there; empty: those who run the organisation. */
  always: readonly string[]
}

export const usualLadder: LadderSettings = { minutes: [15, 15, 30], always: [] }

export const levelNames = ['owner', 'deputy', 'manager', 'always'] as const
export type LevelName = (typeof levelNames)[number]

interface Person {
  id: string
  role: Role
  departmentId: string | null
  deputyId: string | null
  managerId: string | null
}

const minuteMs = 60_000
const runs: readonly Role[] = ['owner', 'admin']
const answers: readonly Role[] = ['owner', 'admin', 'manager', 'contributor']

/**
 * Owner, deputy, manager, always there. What nobody has is told to those of its department who may answer; without either the first level is
 * empty and passed over. Nobody stands on two levels but on the last one.
 */
export function ladderOf(
  { ownerId, departmentId }: { ownerId: string | null; departmentId: string | null },
  people: readonly Person[],
  settings: LadderSettings,
): LadderLevel[] {
  const ids = new Set(people.map(({ id }) => id))
  const there = (named: readonly (string | null)[]) => named.filter((id): id is string => id !== null && ids.has(id))
  const owner = people.find(({ id }) => id === ownerId)
  const department = departmentId ?? owner?.departmentId ?? null
  const ofDepartment = department === null ? [] : people.filter((person) => person.departmentId === department)
  const first = owner
    ? [owner.id]
    : ofDepartment.filter(({ role }) => answers.includes(role) && role !== 'manager').map(({ id }) => id)
  const deputies = owner ? there([owner.deputyId]) : []
  const managersOfDepartment = ofDepartment.filter(({ role }) => role === 'manager').map(({ id }) => id)
  const managers = owner?.managerId && ids.has(owner.managerId) ? [owner.managerId] : managersOfDepartment
  const named = there(settings.always)
  const running = people.filter(({ role }) => runs.includes(role)).map(({ id }) => id)
  // Where none of these may know of it, everybody who may.
  const always = [named, running, [...ids]].find((level) => level.length > 0) ?? []
  const levels = [first, deputies, managers].map((level, index) => {
    const below = [first, deputies, managers].slice(0, index).flat()
    return level.filter((id) => !below.includes(id))
  })
  return [...levels, always].map((level, index) => ({
    people: [...new Set(level)],
    acknowledgeMs: (settings.minutes[Math.min(index, 2)] ?? 0) * minuteMs,
  }))
}
