// Keeps sessions as the plan and its people want them: what was missed is reckoned, what lies ahead is made, nothing that was done changes.

import { inOrgRetried } from '../../db/retry.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { readSettings } from '../figures/store.ts'
import { type Standing, settleSessions } from '../load/sessions/settle-sessions.ts'
import type { SessionKind } from '../load/sessions/types.ts'
import type { Outlook } from '../plan/outlook.ts'
import { type PlanRow, planRows } from '../plan/store.ts'
import { findGoingOn, type ProgrammeRow } from '../store.ts'
import { sessionMinutes } from '../time/store.ts'
import { type Asked, askedOf, begunSince, daysBack, isOfLines, readPeople, type SessionGround } from './ground.ts'
import { type PlanNow, readPlanNow } from './plan-now.ts'
import { proposeRealignment } from './realign.ts'
import { type Reckoned, reckonMissed } from './reckon.ts'
import {
  begunItems,
  insertSteps,
  keyOf,
  leftOver,
  lockSessions,
  openRows,
  type SessionRow,
  sessionOf,
  updateSession,
} from './store.ts'
import { organisationsDue, putReckoned, takeMarks } from './store-upkeep.ts'
import { stepOf, type Told, writeSettled } from './write-settled.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'log'>

/** By the clock: wherever something changed or a day has begun. What fails in one organisation keeps none of the others waiting. */
export async function keepSessions(services: Deps): Promise<void> {
  const due = await asSystem(services.db, (tx) => organisationsDue(tx, services.clock()))
  await oneByOne(services.log, 'The sessions of an organisation could not be made', due, async (orgId) => {
    await makeSessions(services, orgId)
    return 1
  })
}

/** Before somebody looks: what changed a moment ago is in what they see. */
export async function freshenSessions(services: Deps, orgId: string): Promise<void> {
  const due = await inOrg(services.db, orgId, (tx) => organisationsDue(tx, services.clock(), orgId))
  if (due.length > 0) await makeSessions(services, orgId)
}

const mostTries = 5

/** The same again changes nothing: two workers, or one that was killed and begins anew, come to the same sessions. */
export async function makeSessions(services: Deps, orgId: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const now = await readPlanNow(services, orgId)
    const isMade = await inOrgRetried(services.db, orgId, (tx) => makeLocked(services, tx, { orgId, ...now }))
    if (isMade) return
    if (tries === mostTries) throw new Error('The plan was changed again and again while its sessions were made.')
  }
}

/** false: another version has come in force meanwhile. */
async function makeLocked(
  services: Deps,
  tx: Tx,
  { orgId, plan, outlook }: PlanNow & { orgId: string },
): Promise<boolean> {
  await lockSessions(tx, orgId)
  const programme = (await findGoingOn(tx, orgId)) ?? null
  const newest = programme ? (await planRows(tx, orgId, programme.id, 1))[0] : undefined
  if (
    (newest?.number ?? null) !== (plan?.number ?? null) ||
    (newest && newest.made_at.getTime() !== plan!.made_at.getTime())
  )
    return false
  const at = services.clock()
  await takeMarks(tx, orgId)
  await endLeftOver(tx, orgId, { programmeId: programme?.id ?? null, at })
  if (!programme || !plan) return true
  const zone = await readOrganisationZone(tx, orgId)
  const today = dayIn(at, zone)
  await putReckoned(tx, orgId, { day: today, at })
  // Nobody knows any more how long something of the plan takes: what stands stays until that is mended.
  if (!outlook) return true
  const ground = await readPeople(tx, orgId, { zone, today, outlook, planner: programme.begun_by })
  await makeWith(services, tx, { orgId, programme, plan, outlook, ground, at })
  return true
}

/** What an ended programme left ahead is nobody's work any more. */
async function endLeftOver(
  tx: Tx,
  orgId: string,
  { programmeId, at }: { programmeId: string | null; at: Date },
): Promise<void> {
  const rows = await leftOver(tx, orgId, programmeId)
  for (const { id } of rows)
    await updateSession(tx, orgId, id, { state: 'taken-out', reason: 'programme-ended', by_hand: false }, at)
  await insertSteps(
    tx,
    orgId,
    rows.map((row) => ({ ...stepOf(row, at), what: 'taken-out', reason: 'programme-ended' })),
  )
}

interface Making {
  orgId: string
  programme: ProgrammeRow
  plan: PlanRow
  outlook: Outlook
  ground: SessionGround
  at: Date
}

async function makeWith(services: Deps, tx: Tx, making: Making): Promise<void> {
  const { orgId, programme, plan, outlook, ground, at } = making
  const { today } = ground
  const settings = await readSettings(tx, orgId)
  const doneSince = addDays(today, -2 * daysBack)
  const found = await openRows(tx, orgId, programme.id, { today, doneSince, begunSince: begunSince(plan, today) })
  const spent = await sessionMinutes(tx, orgId, doneSince)
  const reckoned = await reckonMissed(tx, orgId, found, { now: at, people: ground.people, spent, settings })
  const begun = await begunItems(tx, orgId, programme.id)
  const campaigns = await campaignNames(tx, orgId)
  const asked = askedOf(ground, { plan, outlook, begun, settings, campaigns }, reckoned.rows)
  const settled = settleSessions(
    {
      ...{ zone: ground.zone, now: at, today, until: ground.until, people: ground.people },
      ...standingOf(reckoned.rows, { asked, plan, begun, today, people: ground.people.map(({ id }) => id) }),
      done: reckoned.rows.filter(({ state }) => state === 'done').map((row) => sessionOf(row, spent.get(row.id) ?? 0)),
    },
    settings,
  )
  const told = await writeSettled(tx, orgId, settled, {
    ...{ programmeId: programme.id, version: plan.number, at },
    rows: new Map(reckoned.rows.map((row) => [keyOf(row), row])),
    asked: new Map(asked.map((each) => [each.work.id, each])),
  })
  await proposeRealignment(services, tx, {
    orgId,
    programme,
    outlook,
    today,
    takers: ground.takers.length,
    at,
    settings,
  })
  await tell(services, tx, { orgId, programmeId: programme.id, reckoned, told, at })
}

interface Standings {
  asked: readonly Asked[]
  plan: PlanRow
  begun: ReadonlySet<string>
  today: string
  people: string[]
}

/** What is asked for without what is closed, and what stands. What was begun is finished, whatever plan came since. */
function standingOf(
  rows: readonly SessionRow[],
  { asked, plan, begun, today, people }: Standings,
): { asked: Asked['work'][]; standing: Standing[] } {
  const closed = new Set(rows.filter(({ state }) => ['done', 'skipped', 'missed'].includes(state)).map(keyOf))
  const byId = new Map(asked.map((each) => [each.work.id, each]))
  const standing = rows
    .filter(({ state }) => state === 'planned' || state === 'dropped')
    // What was dropped and is over stays dropped: nothing can be placed in days that were.
    .filter(({ state, to_day, item }) => state === 'planned' || to_day >= today || begun.has(item))
    .map((row): Standing => {
      const isBegun = begun.has(row.item)
      const isOfPlan = row.to_day >= today ? byId.has(keyOf(row)) : isOfLines(row, plan.cadence.lines)
      return {
        item: { ...workOf(row), people, begun: isBegun },
        session: row.state === 'planned' ? sessionOf(row) : null,
        ...{ isAsked: isBegun || isOfPlan, isOlder: row.version !== plan.number },
        isRecut: (byId.get(keyOf(row))?.parts ?? row.parts) !== row.parts,
      }
    })
  return { asked: asked.filter(({ work }) => !closed.has(work.id)).map(({ work }) => work), standing }
}

const workOf = (row: SessionRow) => ({
  ...{ id: keyOf(row), activity: row.activity, channel: row.channel, kind: row.kind as SessionKind },
  ...{ minutes: row.minutes, from: row.from_day, to: row.to_day },
})

interface Telling {
  orgId: string
  programmeId: string
  reckoned: Reckoned
  told: Told
  at: Date
}

/** Counts alone: the log is read by everybody, and whose day went otherwise is theirs. */
async function tell(services: Deps, tx: Tx, { orgId, programmeId, reckoned, told, at }: Telling): Promise<void> {
  const subject = { kind: 'session-plan', id: programmeId }
  const { made, moved, dropped, takenOut, memberIds } = told
  if (memberIds.length > 0)
    await notify(tx, services, orgId, {
      ...{ kind: 'sessions-changed', memberIds, subject, facts: { moved, dropped, takenOut } },
    })
  const { missed, madeUp } = reckoned
  if (missed > 0) {
    const facts = { missed, madeUp, dropped: reckoned.dropped }
    await record(tx, orgId, longrunItself, at, { verb: 'sessions.reckoned', subject, facts })
  }
  if (made + moved + dropped + takenOut > 0) {
    const facts = { made, moved, dropped, takenOut }
    await record(tx, orgId, longrunItself, at, { verb: 'sessions.made', subject, facts })
  }
}
