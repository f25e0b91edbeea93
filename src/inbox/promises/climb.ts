// The sweep of the ladder: whoever is to know of a promise that is due soon or broken is told, one level after the other, once.
//
// A step is committed together with what tells it (notifications, letters in the queue, the event for webhooks), so a worker that dies leaves
// either both or nothing, and the next sweep goes on from there.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { hurryFanOut } from '../../events/fan-out.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { type LadderLevel, type LadderState, nextStep } from './escalation.ts'
import { ladderOf } from './ladder-people.ts'
import {
  climbKey,
  insertSteps,
  ladderStates,
  readLadder,
  readToClimb,
  type StepRow,
  setBackStep,
  setClimbTimes,
  takeToClimb,
} from './ladder-store.ts'
import { asLadderPromise } from './next-due.ts'
import { type Colleague, readColleagues } from './people-there.ts'
import { climbEvent, tellClimb } from './tell-climb.ts'
import { type Tended, tendPromises } from './tend.ts'
import type { PromiseClock } from './timeline.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'log' | 'queue' | 'mailer' | 'publicUrl'>

const mostAtOnce = 2_000
const batchSize = 25

/** Answers how many conversations were looked at. One that fails does not keep the others waiting. */
export async function climbPromises(services: Deps, orgId?: string): Promise<number> {
  const now = services.clock()
  const due = await asSystem(services.db, (tx) =>
    readToClimb(tx, now, { ...(orgId ? { orgId } : {}), limit: mostAtOnce }),
  )
  for (const [org, rows] of Map.groupBy(due, ({ org_id }) => org_id)) {
    const ids = rows.map(({ id }) => id)
    for (let from = 0; from < ids.length; from += batchSize)
      await climbSome(services, org, ids.slice(from, from + batchSize), now)
  }
  return due.length
}

async function climbSome(services: Deps, orgId: string, ids: string[], now: Date): Promise<void> {
  try {
    const told = await inOrg(services.db, orgId, (tx) => climbTogether(services, tx, { orgId, ids, now }))
    if (told) await hurryFanOut(services, orgId)
  } catch (error) {
    if (ids.length === 1) services.log.error('A promise could not be looked after', { error, conversationId: ids[0] })
    else for (const id of ids) await climbSome(services, orgId, [id], now)
  }
}

/** Whether anybody was told. */
async function climbTogether(
  services: Deps,
  tx: Tx,
  { orgId, ids, now }: { orgId: string; ids: string[]; now: Date },
): Promise<boolean> {
  const taken = await takeToClimb(tx, orgId, ids, now)
  if (taken.length === 0) return false
  const tended = await tendPromises(tx, orgId, taken, now)
  const [settings, people, states] = [
    await readLadder(tx, orgId),
    await readColleagues(tx, orgId),
    await ladderStates(tx, orgId, taken),
  ]
  const events: NewEvent[] = []
  const times: { id: string; climb_at: Date | null }[] = []
  for (const { conversation, clocks } of tended) {
    const { owner_id: ownerId, department_id: departmentId, wall_id: wallId } = conversation
    // Behind a wall it climbs no higher than the wall.
    const mayKnow = wallId === null ? people : people.filter((person) => person.departmentId === wallId)
    const ladder = ladderOf({ ownerId, departmentId }, mayKnow, settings)
    const untils: (Date | null)[] = []
    for (const clock of clocks.filter(({ endedAt }) => endedAt === null)) {
      const climbed = await climbOne(tx, orgId, { conversation, clock, ladder, people, states, now })
      untils.push(climbed.until)
      for (const step of climbed.steps) {
        if (step.told.length === 0) continue
        await tellClimb(tx, services, { orgId, conversation, clock, step })
        events.push(climbEvent(conversation, clock, step))
      }
    }
    const next = untils.flatMap((until) => (until ? [until.getTime()] : []))
    times.push({ id: conversation.id, climb_at: next.length > 0 ? new Date(Math.min(...next)) : null })
  }
  // Nothing was ever promised, or it is gone.
  for (const id of taken)
    if (!tended.some(({ conversation }) => conversation.id === id)) times.push({ id, climb_at: null })
  await setClimbTimes(tx, orgId, times)
  if (events.length > 0) await announce(tx, orgId, taken)
  await recordAll(tx, orgId, longrunItself, now, events)
  return events.length > 0
}

interface Climbing {
  conversation: Tended['conversation']
  clock: PromiseClock
  ladder: readonly LadderLevel[]
  people: readonly Colleague[]
  states: ReadonlyMap<string, LadderState>
  now: Date
}

const mostSteps = 10

/** Every step that is due now, written down; and when the next one is. */
async function climbOne(
  tx: Tx,
  orgId: string,
  { conversation, clock, ladder, people, states, now }: Climbing,
): Promise<{ steps: StepRow[]; until: Date | null }> {
  const { metric, round } = clock
  const key = { conversation_id: conversation.id, metric, round }
  const promise = asLadderPromise(clock)
  const isAway = (id: string) => people.find((person) => person.id === id)?.isAway(now) ?? true
  let state = states.get(climbKey(key)) ?? { steps: [], acknowledged: null }
  const steps: StepRow[] = []
  let until: Date | null = null
  for (let step = 0; step < mostSteps; step++) {
    const next = nextStep(ladder, { promise, state, isAway }, now)
    if (next.kind === 'end') break
    if (next.kind === 'wait') {
      until = next.until
      break
    }
    if (next.kind === 'set-back') {
      await setBackStep(tx, orgId, { ...key, level: next.level, at: now })
      const back = state.steps.map((each) => (each.level === next.level ? { ...each, at: now } : each))
      state = { ...state, steps: back }
      continue
    }
    const told = next.kind === 'tell' ? next.people : []
    const because = next.kind === 'tell' ? next.because : 'nobody-there'
    const clockOfStep = { started_at: clock.startedAt, message_id: clock.messageId }
    const row: StepRow = { ...key, ...clockOfStep, level: next.level, at: now, told, away: next.away, because }
    steps.push(row)
    state = { ...state, steps: [...state.steps, row] }
  }
  await insertSteps(tx, orgId, steps)
  return { steps, until }
}
