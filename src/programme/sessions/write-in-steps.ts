// Writes what was worked out without a lock, some hundred sessions at a time: each step is committed with the notifications and events that tell
// it. What people changed meanwhile is left as they want it. Whoever dies between two steps leaves what asked for it, and the next one makes the rest.

import { inOrgRetried } from '../../db/retry.ts'
import { sideBySide } from '../../db/side-by-side.ts'
import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { endLook, isInForce, type Looked } from './look.ts'
import { proposeRealignment } from './realign.ts'
import { insertSessions, insertSteps, lockSessions, updateEach } from './store.ts'
import { revisionsOf, stateOfDays } from './store-upkeep.ts'
import { membersOf, type Writing } from './writing.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer'>

/** In a second or less, so that whoever wants to change a session hardly waits. */
export const inOneStep = 500

/** `whole`: all of it is written. `partly`: somebody changed something meanwhile. `outrun`: another plan is in force. */
export type Ended = 'whole' | 'partly' | 'outrun'

/** What is known of what stands: as it was looked at, and as the steps before left it. */
interface Seen {
  revisions: Map<string, number>
  states: Map<string, string>
}

export async function writeInSteps(
  services: Deps,
  looked: Looked,
  writings: readonly Writing[],
  most = inOneStep,
): Promise<Ended> {
  let seen: Seen = { revisions: new Map(looked.found.map((row) => [row.id, row.revision])), states: looked.states }
  let isWhole = true
  const inOrder = stepsOf(writings, most)
  for (const [index, some] of inOrder.entries()) {
    const isLast = index === inOrder.length - 1
    const written = await inOrgRetried(services.db, looked.orgId, (tx) =>
      writeStep(services, tx, looked, { some, seen, isLast, isEnd: isLast && isWhole }),
    )
    if (written === null) return 'outrun'
    seen = written.seen
    isWhole &&= written.isWhole
  }
  return isWhole ? 'whole' : 'partly'
}

/** First what was missed, then what leaves a place or changes it, then what is new; the last step may be an empty one. */
function stepsOf(writings: readonly Writing[], most: number): Writing[][] {
  const rank = ({ of, row }: Writing): number => (of === 'reckoning' ? 0 : row ? 1 : 2)
  const sorted = writings.toSorted((a, b) => rank(a) - rank(b))
  return Array.from({ length: Math.max(1, Math.ceil(sorted.length / most)) }, (_, index) =>
    sorted.slice(index * most, (index + 1) * most),
  )
}

interface StepGround {
  some: readonly Writing[]
  seen: Seen
  /** Nothing comes after it. */
  isLast: boolean
  /** With it everything is written, if nobody was faster. */
  isEnd: boolean
}

/** null: another plan is in force. */
async function writeStep(
  services: Deps,
  tx: Tx,
  looked: Looked,
  { some, seen, isLast, isEnd }: StepGround,
): Promise<{ seen: Seen; isWhole: boolean } | null> {
  const { orgId, programme, plan, outlook, ground, at, since, settings } = looked
  const memberIds = [...new Set(some.flatMap(membersOf))]
  const days = { programmeId: programme.id, since, memberIds }
  // The lock is the first that is sent: what is read behind it is read when it is there.
  const [, isSame, good] = await sideBySide(tx, (own) => [
    lockSessions(own, orgId),
    isInForce(own, orgId, plan),
    stillTrue(own, orgId, { some, seen, days }),
  ])
  if (!isSame) return null
  const made = await write(tx, orgId, good, at)
  await tell(services, tx, looked, { good, made })
  const isWhole = good.length === some.length
  if (isWhole && isEnd) {
    const { today, takers } = ground
    const facts = { orgId, programme, outlook, today, takers: takers.length, at, settings }
    await sideBySide(tx, (own) => [
      endLook(own, orgId, { marks: looked.marks, today, at }),
      proposeRealignment(services, own, facts),
    ])
  }
  const states = isLast ? new Map<string, string>() : await stateOfDays(tx, orgId, days)
  return { seen: seenAfter(seen, { good, memberIds, states }), isWhole }
}

function seenAfter(
  seen: Seen,
  { good, memberIds, states }: { good: readonly Writing[]; memberIds: readonly string[]; states: Seen['states'] },
): Seen {
  const revisions = new Map(seen.revisions)
  for (const { row } of good) if (row) revisions.set(row.id, revisions.get(row.id)! + 1)
  const touched = new Set(memberIds)
  return { revisions, states: new Map([...[...seen.states].filter(([id]) => !touched.has(id)), ...states]) }
}

interface Judged {
  some: readonly Writing[]
  seen: Seen
  days: Parameters<typeof stateOfDays>[2]
}

/** Those of which nothing has changed since it was looked: neither the session, nor the days of whoever has it or gets it. */
async function stillTrue(tx: Tx, orgId: string, { some, seen, days }: Judged): Promise<Writing[]> {
  const ids = some.flatMap(({ row }) => row?.id ?? [])
  const [states, revisions] = await sideBySide(tx, (own) => [
    stateOfDays(own, orgId, days),
    revisionsOf(own, orgId, ids),
  ])
  return some.filter(
    (each) =>
      (each.row === null || revisions.get(each.row.id) === seen.revisions.get(each.row.id)) &&
      membersOf(each).every((id) => states.get(id) === seen.states.get(id)),
  )
}

/** How many are new. */
async function write(tx: Tx, orgId: string, good: readonly Writing[], at: Date): Promise<number> {
  const changed = good.flatMap((each) => (each.row ? [each] : []))
  const fresh = good.flatMap((each) => (each.row === null ? [each.values] : []))
  const steps = good.flatMap((each) => each.steps)
  const [, made] = await sideBySide(tx, (own) => [
    updateEach(own, orgId, changed, at),
    insertSessions(own, fresh),
    insertSteps(own, orgId, steps),
  ])
  return made
}

/** Counts alone: the log is read by everybody, and whose day went otherwise is theirs. */
async function tell(
  services: Deps,
  tx: Tx,
  { orgId, programme, at }: Looked,
  { good, made }: { good: readonly Writing[]; made: number },
): Promise<void> {
  const subject = { kind: 'session-plan', id: programme.id }
  const stepsIn = (of: Writing['of']) => good.filter((each) => each.of === of).flatMap(({ steps }) => steps)
  const [reckoned, changed] = [stepsIn('reckoning'), stepsIn('plan')]
  const count = (steps: typeof changed, ...what: string[]) => steps.filter((step) => what.includes(step.what)).length
  const [moved, dropped] = [count(changed, 're-placed', 'came-back'), count(changed, 'dropped')]
  const takenOut = count(changed, 'taken-out')
  const memberIds = [...new Set(changed.flatMap((step) => [step.from_member ?? [], step.to_member ?? []].flat()))]
  if (memberIds.length > 0)
    await notify(tx, services, orgId, {
      ...{ kind: 'sessions-changed', memberIds, subject, facts: { moved, dropped, takenOut } },
    })
  const [missed, madeUp] = [count(reckoned, 'missed'), count(reckoned, 'made-up')]
  if (missed > 0) {
    const facts = { missed, madeUp, dropped: missed - madeUp }
    await record(tx, orgId, longrunItself, at, { verb: 'sessions.reckoned', subject, facts })
  }
  if (made + moved + dropped + takenOut > 0) {
    const facts = { made, moved, dropped, takenOut }
    await record(tx, orgId, longrunItself, at, { verb: 'sessions.made', subject, facts })
  }
}
