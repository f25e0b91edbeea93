// Keeps sessions as the plan and its people want them: what was missed is reckoned, what lies ahead is made, nothing that was done changes.
// Looked at in one short transaction, worked out in none, written in steps.

import { inOrgRetried } from '../../db/retry.ts'
import { asSystem, readInOrg } from '../../db/tx.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import type { Services } from '../../services.ts'
import { type Standing, settleSessions } from '../load/sessions/settle-sessions.ts'
import type { SessionKind } from '../load/sessions/types.ts'
import type { PlanRow } from '../plan/store.ts'
import { type Asked, askedOf, doersOfRow, isStillAsked, type SessionGround } from './ground.ts'
import { type Looked, lookAt } from './look.ts'
import { readPlanNow } from './plan-now.ts'
import { reckonMissed } from './reckon.ts'
import { keyOf, type SessionRow, sessionOf } from './store.ts'
import { markIds, organisationsDue } from './store-upkeep.ts'
import type { Doers } from './who-may.ts'
import { type Ended, inOneStep, writeInSteps } from './write-in-steps.ts'
import { type Writing, writingsOf } from './writing.ts'

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
  const due = await readInOrg(services.db, orgId, (tx) => organisationsDue(tx, services.clock(), orgId))
  if (due.length > 0) await makeSessions(services, orgId)
}

const mostTries = 5

/**
 * The same again changes nothing: two workers, or one that was killed and begins anew, come to the same sessions. Where many people change theirs
 * meanwhile, what they left open is made the next time: what asked for it stays. `most`: sessions that are written at once.
 */
export async function makeSessions(services: Deps, orgId: string, most = inOneStep): Promise<void> {
  let ended: Ended = 'partly'
  for (let tries = 1; tries <= mostTries && ended !== 'whole'; tries++) ended = await makeOnce(services, orgId, most)
  if (ended === 'outrun') throw new Error('The plan was changed again and again while its sessions were made.')
}

async function makeOnce(services: Deps, orgId: string, most: number): Promise<Ended> {
  const marks = await readInOrg(services.db, orgId, (tx) => markIds(tx, orgId))
  const now = await readPlanNow(services, orgId)
  const at = services.clock()
  const looked = await inOrgRetried(services.db, orgId, (tx) => lookAt(tx, { orgId, marks, at, ...now }))
  if (looked === 'outrun') return 'outrun'
  return looked === null ? 'whole' : writeInSteps(services, looked, workOut(looked), most)
}

/** Everything that is to be written, what was missed first. Pure. */
export function workOut(looked: Looked): Writing[] {
  const { orgId, programme, plan, outlook, ground, at, found, spent, settings, campaigns, begun } = looked
  const { zone, today, until, people } = ground
  const reckoned = reckonMissed(found, { now: at, people, spent, settings })
  const asked = askedOf(ground, { plan, outlook, begun, settings, campaigns }, reckoned.rows)
  const question = {
    ...{ zone, now: at, today, until, people },
    ...standingOf(reckoned.rows, { asked, plan, begun, ground }),
    done: reckoned.rows.filter(({ state }) => state === 'done').map((row) => sessionOf(row, spent.get(row.id) ?? 0)),
  }
  const fresh = writingsOf(settleSessions(question, settings), {
    ...{ orgId, programmeId: programme.id, version: plan.number, at },
    rows: new Map(reckoned.rows.map((row) => [keyOf(row), row])),
    asked: new Map(asked.map((each) => [each.work.id, each])),
  })
  return [...reckoned.writings, ...fresh]
}

interface Standings {
  asked: readonly Asked[]
  plan: PlanRow
  begun: ReadonlySet<string>
  ground: SessionGround
}

/** What is asked for without what is closed, and what stands. What was begun is finished, whatever plan came since. */
function standingOf(
  rows: readonly SessionRow[],
  { asked, plan, begun, ground }: Standings,
): { asked: Asked['work'][]; standing: Standing[] } {
  const { today } = ground
  const closed = new Set(rows.filter(({ state }) => ['done', 'skipped', 'missed'].includes(state)).map(keyOf))
  const byId = new Map(asked.map((each) => [each.work.id, each]))
  const standing = rows
    .filter(({ state }) => state === 'planned' || state === 'dropped')
    // What was dropped and is over stays dropped: nothing can be placed in days that were.
    .filter(({ state, to_day, item }) => state === 'planned' || to_day >= today || begun.has(item))
    .map((row): Standing => {
      const isBegun = begun.has(row.item)
      const isOfPlan = row.to_day >= today ? byId.has(keyOf(row)) : isStillAsked(row, plan.cadence.lines)
      const doers = doersOfRow(ground, row, plan.cadence.lines)
      return {
        item: { ...workOf(row), ...doers, begun: isBegun },
        isTheirs: isTheirs(row, doers, ground),
        session: row.state === 'planned' ? sessionOf(row) : null,
        ...{ isAsked: isBegun || isOfPlan, isOlder: row.version !== plan.number },
        isRecut: (byId.get(keyOf(row))?.parts ?? row.parts) !== row.parts,
      }
    })
  return { asked: asked.filter(({ work }) => !closed.has(work.id)).map(({ work }) => work), standing }
}

/** Whom somebody who leads gave it keeps it, whoever the plan names, as long as they may do it. */
const isTheirs = (
  { member_id, handed, activity }: SessionRow,
  { people }: Doers,
  { abilities }: SessionGround,
): boolean => member_id !== null && (handed ? abilities.may(member_id, activity) : people.includes(member_id))

const workOf = (row: SessionRow) => ({
  ...{ id: keyOf(row), activity: row.activity, channel: row.channel, kind: row.kind as SessionKind },
  ...{ minutes: row.minutes, from: row.from_day, to: row.to_day },
})
