// Everything that sessions are made from, as it stands at one moment: read under the lock of whoever changes sessions, in little time.

import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import { readSettings } from '../figures/store.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { Outlook } from '../plan/outlook.ts'
import { type InForce, type PlanRow, readInForce } from '../plan/store.ts'
import type { ProgrammeRow } from '../store.ts'
import { sessionMinutes } from '../time/store.ts'
import { begunSince, daysBack, readPeople, type SessionGround } from './ground.ts'
import type { PlanNow } from './plan-now.ts'
import { begunItems, insertSteps, leftOver, lockSessions, openRows, type SessionRow, updateSessions } from './store.ts'
import { putReckoned, stateOfDays, takeMarks } from './store-upkeep.ts'
import { stepOf } from './writing.ts'

export interface Looked {
  orgId: string
  /** What had asked for it by then. */
  marks: string[]
  programme: ProgrammeRow
  plan: PlanRow
  outlook: Outlook
  ground: SessionGround
  at: Date
  found: SessionRow[]
  /** The figures of the rules as the organisation has them, and its campaigns by their ids. */
  settings: LoadSettings
  campaigns: Map<string, string>
  /** Items of which some parts are done and others are open. */
  begun: Set<string>
  /** Minutes that were written down for sessions. */
  spent: Map<string, number>
  /** From this day on the days of people are compared with those that were seen. */
  since: string
  /** By person. */
  states: Map<string, string>
}

interface Asked extends PlanNow {
  orgId: string
  marks: string[]
  at: Date
}

/** `outrun`: another version has come in force meanwhile. null: there is nothing to be made. */
export async function lookAt(tx: Tx, asked: Asked): Promise<Looked | 'outrun' | null> {
  const { orgId, marks, plan, outlook, at } = asked
  const [, inForce, zone, settings, campaigns] = await sideBySide(tx, (own) => [
    lockSessions(own, orgId),
    readInForce(own, orgId),
    readOrganisationZone(own, orgId),
    readSettings(own, orgId),
    campaignNames(own, orgId),
  ])
  if (!isSame(inForce, plan)) return 'outrun'
  const programme = inForce?.programme ?? null
  const today = dayIn(at, zone)
  if (!programme || !plan) {
    await endLeftOver(tx, orgId, { programmeId: programme?.id ?? null, at })
    await takeMarks(tx, orgId, marks)
    return null
  }
  // Nobody knows any more how long something of the plan takes: what stands stays until that is mended.
  if (!outlook) {
    await endLeftOver(tx, orgId, { programmeId: programme.id, at })
    await endLook(tx, orgId, { marks, today, at })
    return null
  }
  const since = addDays(today, -2 * daysBack)
  const days = { today, doneSince: since, begunSince: begunSince(plan, today) }
  const [ground, found, spent, begun] = await sideBySide(tx, (own) => [
    readPeople(own, orgId, { zone, today, outlook, programme }),
    openRows(own, orgId, programme.id, days),
    sessionMinutes(own, orgId, since),
    begunItems(own, orgId, programme.id),
    endLeftOver(own, orgId, { programmeId: programme.id, at }),
  ])
  const who = [...ground.people.map(({ id }) => id), ...found.flatMap(({ member_id }) => member_id ?? [])]
  const states = await stateOfDays(tx, orgId, { programmeId: programme.id, since, memberIds: [...new Set(who)] })
  const rules = { settings, campaigns, begun }
  return { orgId, marks, programme, plan, outlook, ground, at, found, spent, since, states, ...rules }
}

/** Whether this is still the plan by which it is looked. */
export const isInForce = async (tx: Tx, orgId: string, plan: PlanRow | null): Promise<boolean> =>
  isSame(await readInForce(tx, orgId), plan)

const isSame = (inForce: InForce | null, plan: PlanRow | null): boolean =>
  inForce?.version?.number === plan?.number && inForce?.version?.made_at.getTime() === plan?.made_at.getTime()

/** What had asked for it is answered, and this day is reckoned. */
export async function endLook(
  tx: Tx,
  orgId: string,
  { marks, today, at }: { marks: readonly string[]; today: string; at: Date },
): Promise<void> {
  await sideBySide(tx, (own) => [takeMarks(own, orgId, marks), putReckoned(own, orgId, { day: today, at })])
}

/** What an ended programme left ahead is nobody's work any more. */
async function endLeftOver(
  tx: Tx,
  orgId: string,
  { programmeId, at }: { programmeId: string | null; at: Date },
): Promise<void> {
  const rows = await leftOver(tx, orgId, programmeId)
  if (rows.length === 0) return
  const ended = { state: 'taken-out', reason: 'programme-ended', by_hand: false }
  await updateSessions(
    tx,
    orgId,
    rows.map(({ id }) => id),
    ended,
    at,
  )
  await insertSteps(
    tx,
    orgId,
    rows.map((row) => ({ ...stepOf(row, at), what: 'taken-out', reason: 'programme-ended' })),
  )
}
