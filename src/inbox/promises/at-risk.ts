// What comes due while its owner is away, or while nobody is there: the list before a gap, who could cover, and handing it over in one step.

import { readInOrg, type Tx } from '../../db/tx.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { assignConversation } from '../conversations/actions.ts'
import { readLoads } from '../rota/loads.ts'
import { type OpenSpan, openSpans } from './business-clock.ts'
import { atRisk, gapsOf, type Rostered, without } from './coverage.ts'
import { type Colleague, readColleagues } from './people-there.ts'
import { clockOfHours } from './rulebook.ts'
import { type OwedRow, owedUntil } from './store-at-risk.ts'
import { type PolicyRow, policiesInForce } from './store-policies.ts'

type Reading = Pick<Services, 'db' | 'clock'>

const dayMs = 24 * 3600_000
const usualDays = 7
const mostDays = 60
const mostListed = 500
/** What answering takes: who is there for less before it is due is no cover. */
const needMs = 15 * 60_000

export interface RiskWish {
  until?: string | undefined
  /** Looked at as if they were away then, before it is decided. */
  memberId?: string | undefined
  awayFrom?: string | undefined
  awayUntil?: string | undefined
}

/** Of at most 500 conversations, those that are due first. */
export const listAtRisk = ({ db, clock }: Reading, { orgId }: Caller, wish: RiskWish) =>
  readInOrg(db, orgId, async (tx) => {
    const now = clock()
    const until = untilOf(wish, now)
    const away = awayOf(wish)
    const colleagues = (await readColleagues(tx, orgId)).filter(({ role }) => may(role, 'inbox.answer'))
    const loads = await readLoads(tx, orgId)
    const people = colleagues.map((each) => rostered(each, { now, until, away, load: loads.get(each.id) ?? 0 }))
    const rows = await owedUntil(tx, orgId, { now, until, limit: mostListed })
    const conversations = rows.map((row) => ({
      ...{ id: row.id, ownerId: row.owner_id, departmentId: row.department_id },
      ...{ requiredSkills: row.required_skills, dueAt: row.due_at },
    }))
    const found = atRisk({ now, until, people, conversations, needMs })
    const gaps = await gapsIn(await policiesInForce(tx, orgId), people, { now, until })
    return { until: until.toISOString(), items: await shown(tx, orgId, found, rows), gaps }
  })

function untilOf({ until, awayUntil }: RiskWish, now: Date): Date {
  const asked = until ?? awayUntil
  const at = asked ? new Date(asked) : new Date(now.getTime() + usualDays * dayMs)
  if (at <= now) throw new Refusal('until-past', { field: 'until' })
  return new Date(Math.min(at.getTime(), now.getTime() + mostDays * dayMs))
}

function awayOf({ memberId, awayFrom, awayUntil }: RiskWish): (OpenSpan & { memberId: string }) | null {
  if (!memberId || !awayFrom || !awayUntil) return null
  return { memberId, from: new Date(awayFrom), to: new Date(awayUntil) }
}

function rostered(
  person: Colleague,
  { now, until, away, load }: { now: Date; until: Date; away: ReturnType<typeof awayOf>; load: number },
): Rostered {
  const atWork = person.atWork(now, until)
  return {
    ...{ id: person.id, departmentIds: person.departmentId ? [person.departmentId] : [], skills: person.skills, load },
    atWork: away?.memberId === person.id ? without(atWork, [away]) : atWork,
  }
}

async function shown(tx: Tx, orgId: string, found: ReturnType<typeof atRisk>, rows: readonly OwedRow[]) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const person = await readActors(tx, orgId, [
    ...rows.map(({ owner_id }) => owner_id),
    ...found.flatMap(({ cover }) => cover.slice(0, mostCover).map(({ personId }) => personId)),
  ])
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return found.map(({ id, dueAt, reason, ownerUntil, anybodyUntil, cover }) => {
    const row = byId.get(id)!
    return {
      ...{ id, contact: row.contact, preview: row.preview, department: row.department, owner: person(row.owner_id) },
      ...{ dueAt: dueAt.toISOString(), reason, ownerUntil: iso(ownerUntil), anybodyUntil: iso(anybodyUntil) },
      cover: cover.slice(0, mostCover).map(({ personId, minutes }) => ({ ...person(personId), minutes })),
    }
  })
}

const mostCover = 3

/** Promised hours in which nobody who answers there is at work. */
async function gapsIn(
  policies: readonly PolicyRow[],
  people: readonly Rostered[],
  { now, until }: { now: Date; until: Date },
) {
  const gaps: { promise: string; from: string; until: string }[] = []
  for (const { policy, hours } of policies) {
    if (!hours) continue
    const wanted = policy.conditions.departmentIds
    const able =
      wanted.length === 0
        ? people
        : people.filter(({ departmentIds }) => departmentIds.some((id) => wanted.includes(id)))
    for (const { from, to } of gapsOf(openSpans(await clockOfHours(hours), now, until), able))
      gaps.push({ promise: policy.name, from: from.toISOString(), until: to.toISOString() })
  }
  return gaps.slice(0, 100)
}

interface Covering {
  items: { id: string; ownerId: string }[]
  note: string
}

/** Each for itself: what somebody else changed meanwhile keeps no other waiting. */
export async function coverConversations(
  services: Parameters<typeof assignConversation>[0],
  caller: Caller,
  { items, note }: Covering,
): Promise<{ done: string[]; refused: { id: string; code: string }[] }> {
  const done: string[] = []
  const refused: { id: string; code: string }[] = []
  for (const { id, ownerId } of items) {
    try {
      await assignConversation(services, caller, { id, ownerId, note })
      done.push(id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ id, code: error.code })
    }
  }
  return { done, refused }
}
