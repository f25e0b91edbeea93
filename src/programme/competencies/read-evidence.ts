// Reads what gates ask for, over the last twelve whole weeks until yesterday. Nobody types a value: what Longrun does not know opens nothing.

import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { trainedMembers } from '../../inbox/trainings/for-programme.ts'
import { addDays, type DaySpan, dayIn, mondayOf } from '../../lib/days.ts'
import { briefsRead } from '../../listening/briefs/for-programme.ts'
import { newestAgreement } from '../../listening/coding/for-programme.ts'
import { daysHeard, mentionsWorked } from '../../listening/overview/for-programme.ts'
import { type ActiveMember, readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { eventsClosed, outDays, postsKept, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { firstReplies } from '../first-replies.ts'
import { goalsWithReadings } from '../goals/store.ts'
import { planRows } from '../plan/store.ts'
import { measuredTimes, weekSums } from '../time/store.ts'
import { fewest, gateId, isKept, spreadOf, weeksInARow, weeksLookedAt } from './rules.ts'
import { observationRows } from './store.ts'
import { sessionWeeks } from './store-evidence.ts'
import type { Evidence, Gate } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export interface Asked {
  programmeId: string
  competencyId: string
  /** null: the whole organisation. */
  departmentId: string | null
  gates: readonly Gate[]
}

type Read = Pick<Evidence, 'value' | 'of'>

interface Ground {
  deps: Deps
  tx: Tx
  orgId: string
  span: DaySpan
  today: string
  /** Of the team. */
  members: ActiveMember[]
  /** null: everybody's, also of those who left. */
  only: string[] | null
  asked: Asked
}

/** By the id of each gate. The same for everybody who asks: what stands behind walls is not in it. */
export async function readGates(services: Deps, orgId: string, asked: Asked): Promise<Map<string, Evidence>> {
  const deps = { ...services, db: seenBy(services.db, null) }
  return readInOrg(deps.db, orgId, async (tx) => {
    const zone = await readOrganisationZone(tx, orgId)
    const today = dayIn(deps.clock(), zone)
    const span = { zone, from: addDays(mondayOf(today), -7 * weeksLookedAt), to: today }
    const all = await readActiveMembers(tx, orgId)
    const members = asked.departmentId ? all.filter((each) => each.departmentId === asked.departmentId) : all
    const only = asked.departmentId ? members.map(({ id }) => id) : null
    const ground: Ground = { deps, tx, orgId, span, today, members, only, asked }
    const read = new Map<string, Evidence>()
    for (const gate of asked.gates)
      read.set(gateId(gate), { ...(await readers[gate.measure](ground, gate)), from: span.from, to: span.to })
    return read
  })
}

const counted = (value: number): Read => ({ value, of: null })

/** Of too few nobody can tell a share. */
const shareOf = (kept: number, all: number, least: number): Read => ({
  ...{ value: all >= Math.max(1, least) ? (kept / all) * 100 : null, of: all },
})

const readers: Record<Gate['measure'], (ground: Ground, gate: Gate) => Promise<Read>> = {
  'days-listened': async ({ tx, orgId, span }) => counted(await daysHeard(tx, orgId, span)),
  'mentions-worked': async ({ tx, orgId, span, only }) => counted(await mentionsWorked(tx, orgId, span, only)),
  async 'coding-agreement'({ tx, orgId, span }) {
    const least = fewest['coding-agreement']!
    const found = await newestAgreement(tx, orgId, { since: new Date(`${span.from}T00:00Z`), least })
    return { value: found?.kappa == null ? null : found.kappa * 100, of: found?.n ?? 0 }
  },
  'briefs-read': async ({ tx, orgId, span }) => counted(await briefsRead(tx, orgId, span)),
  'weeks-kept': async (ground) => counted(await keptWeeks(ground)),
  async 'time-spread'({ tx, orgId, span }, { activity }) {
    const most = fewest['time-spread']!
    const times = (await measuredTimes(tx, orgId, { since: span.from, most })).get(activity ?? '') ?? []
    return { value: spreadOf(times), of: times.length }
  },
  async trained({ tx, orgId, today, members }) {
    const answering = members.filter(({ role }) => may(role, 'inbox.answer'))
    const trained = await trainedMembers(tx, orgId, today)
    return shareOf(answering.filter(({ id }) => trained.has(id)).length, answering.length, fewest.trained!)
  },
  'replies-out': async (ground) => counted(sum(await ownOut(ground), ({ answers }) => answers)),
  async 'replies-in-time'({ deps, orgId, span, asked }) {
    const { kept } = await firstReplies(deps, orgId, { ...span, departmentId: asked.departmentId ?? undefined })
    return kept ? shareOf(kept.n * kept.share, kept.n, fewest['replies-in-time']!) : { value: null, of: 0 }
  },
  'posts-out': async (ground) => counted(sum(await ownOut(ground), ({ posts }) => posts)),
  async 'posts-by-the-rules'({ tx, orgId, span, only }) {
    const { posts, kept } = await postsKept(tx, orgId, span, only)
    return shareOf(kept, posts, fewest['posts-by-the-rules']!)
  },
  visits: async ({ tx, orgId, span }) => counted(await visitsIn(tx, orgId, span)),
  'events-closed': async ({ tx, orgId, span }) => counted(await eventsClosed(tx, orgId, span)),
  'people-out': async (ground) => counted(new Set((await ownOut(ground)).map(({ memberId }) => memberId)).size),
  async 'departments-out'(ground) {
    const of = new Map(ground.members.map(({ id, departmentId }) => [id, departmentId]))
    const found = (await ownOut(ground)).flatMap(({ memberId }) => of.get(memberId) ?? [])
    return counted(new Set(found).size)
  },
  'goals-read': async ({ tx, orgId, today }) => counted(await goalsWithReadings(tx, orgId, addDays(today, -28))),
  observed: async (ground) => counted(await observedPeople(ground)),
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0)

async function ownOut({ tx, orgId, span, only }: Ground) {
  const out = await outDays(tx, orgId, span)
  return only ? out.filter(({ memberId }) => only.includes(memberId)) : out
}

/**
 * By sessions, of the team's own people. Where a week had none, the whole organisation is judged by the minutes of the version that was in
 * force then; a department is not, since a plan does not say whose its minutes are.
 */
async function keptWeeks(ground: Ground): Promise<number> {
  const { tx, orgId, span, today, only, asked } = ground
  const monday = mondayOf(today)
  const days = { from: span.from, to: addDays(monday, -1) }
  const sessions = await sessionWeeks(tx, orgId, { ...days, programmeId: asked.programmeId }, only)
  const byMinutes = only ? [] : await weeksByMinutes(ground, days)
  const had = new Set(sessions.map((week) => week.monday))
  return weeksInARow([
    ...sessions.map(({ monday: week, all, done }) => ({ monday: week, isKept: isKept(all, done) })),
    ...byMinutes.filter((week) => !had.has(week.monday)),
  ])
}

async function weeksByMinutes({ tx, orgId, span, asked }: Ground, { from, to }: { from: string; to: string }) {
  const versions = await planRows(tx, orgId, asked.programmeId, 200)
  const done = new Map((await weekSums(tx, orgId, { from, to })).map(({ monday, minutes }) => [monday, minutes]))
  return Array.from({ length: weeksLookedAt }, (_, at) => addDays(from, 7 * at)).flatMap((monday) => {
    const version = versions.find(({ made_at }) => dayIn(made_at, span.zone) <= addDays(monday, 6))
    const planned = version?.weeks.find((each) => each.monday === monday)
    return planned ? [{ monday, isKept: isKept(planned.minutes, done.get(monday) ?? 0) }] : []
  })
}

/** Members of the team of whom the newest word of somebody else is that it holds. */
async function observedPeople({ tx, orgId, span, members, asked }: Ground): Promise<number> {
  const newest = new Map<string, string>()
  for (const { member_id, made_by, made_at, outcome } of await observationRows(tx, orgId, asked.competencyId))
    if (made_by !== member_id && dayIn(made_at, span.zone) >= span.from && !newest.has(member_id))
      newest.set(member_id, outcome)
  return members.filter(({ id }) => newest.get(id) === 'holds').length
}
