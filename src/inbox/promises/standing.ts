// How the promises of a conversation stand, who was told, and saying that one has it; and the settings of the ladder.

import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { findConversation, lockConversation } from '../conversations/store.ts'
import { type LadderSettings, levelNames } from './ladder-people.ts'
import { acknowledgeClocks, climbKey, readLadder, stepsOf, writeLadder } from './ladder-store.ts'
import { clocksOf } from './store-clocks.ts'
import { tendPromises } from './tend.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const readStanding = ({ db, clock }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    return standingOf(tx, orgId, id, clock())
  })

async function standingOf(tx: Tx, orgId: string, id: string, now: Date) {
  const clocks = await clocksOf(tx, orgId, id)
  const steps = Map.groupBy(await stepsOf(tx, orgId, [id]), climbKey)
  const person = await readActors(tx, orgId, [
    ...clocks.map(({ acknowledged_by }) => acknowledged_by),
    ...[...steps.values()].flat().flatMap(({ told, away }) => [...told, ...away]),
  ])
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return clocks.map((row) => {
    // The clock goes on while nothing happens in the conversation.
    const isOverdue = row.ended_at === null && row.due_at !== null && row.due_at < now
    const brokenAt = row.broken_at ?? (isOverdue ? row.due_at : null)
    return {
      ...{ metric: row.metric, round: row.round, promise: row.promise, version: row.number },
      ...{ state: isOverdue ? ('overdue' as const) : row.state, waivedFor: row.waived_for },
      ...{ startedAt: row.started_at.toISOString(), endedAt: iso(row.ended_at), dueSoonAt: iso(row.due_soon_at) },
      ...{ dueAt: iso(row.due_at), brokenAt: iso(brokenAt) },
      ...{ acknowledgedAt: iso(row.acknowledged_at), acknowledgedBy: person(row.acknowledged_by) },
      steps: (steps.get(climbKey({ conversation_id: id, ...row })) ?? []).map((step) => ({
        ...{ level: levelNames[step.level] ?? ('always' as const), at: step.at.toISOString(), because: step.because },
        ...{ told: step.told.map((each) => person(each)), away: step.away.map((each) => person(each)) },
      })),
    }
  })
}

/** @throws Refusal `nothing-to-acknowledge` where nobody was told of anything yet. */
export const acknowledge = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    if (!(await lockConversation(tx, orgId, id))) throw notFound('conversation')
    await tendPromises(tx, orgId, [id], at)
    const count = await acknowledgeClocks(tx, orgId, id, { by: memberId, at })
    if (count === 0) throw new Refusal('nothing-to-acknowledge', { status: 409, field: 'id' })
    await announce(tx, orgId, [id])
    const shown = await standingOf(tx, orgId, id, at)
    await record(tx, orgId, actor, at, { verb: 'promise.acknowledged', subject: { kind: 'conversation', id } })
    return shown
  })

export const readLadderSettings = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => shape(await readLadder(tx, orgId)))

export const changeLadder = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, settings: LadderSettings) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    for (const [index, id] of settings.always.entries())
      if (!(await isActiveMember(tx, orgId, id))) throw new Refusal('not-in-organisation', { field: `always.${index}` })
    await writeLadder(tx, orgId, settings, { by: memberId, at })
    const facts = { minutes: settings.minutes, always: settings.always }
    await record(tx, orgId, actor, at, {
      verb: 'promise.ladder-changed',
      subject: { kind: 'promise', id: null },
      facts,
    })
    return shape(settings)
  })

const shape = ({ minutes, always }: LadderSettings) => ({
  minutes: [...minutes] as [number, number, number],
  always: [...always],
})
