// Verbs of presence: to be here, to write, to take writing over, to leave.

import type { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findConversation } from '../conversations/store.ts'
import { announcePresence } from './announce.ts'
import type { presenceView } from './contract.ts'
import { goneMs, lockMs } from './rules.ts'
import { dropLock, dropReader, forgetGone, keepReader, lockOf, readersOf, takeLock } from './store.ts'

type Shown = z.infer<typeof presenceView>
type Deps = Pick<Services, 'db' | 'clock'>

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

export const readPresence = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  readInOrg(db, caller.orgId, async (tx) => {
    if (!(await findConversation(tx, caller.orgId, id))) throw notFound('conversation')
    return shown(tx, caller, id, clock())
  })

/** Nothing of it is recorded: who looks at what and for how long is nobody's business. */
const here = (
  { db, clock }: Deps,
  caller: Caller,
  { id, writing, anyway }: { id: string; writing: boolean; anyway: boolean },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const { orgId, memberId } = caller
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    const of = { orgId, conversationId: id }
    const came = await keepReader(tx, of, { memberId, at, goneBefore: later(at, -goneMs) })
    const until = later(at, lockMs)
    const took =
      writing && callerMay(caller, 'inbox.answer') && (await takeLock(tx, of, { memberId, at, until, anyway }))
    if (came || took) await announcePresence(tx, orgId, id)
    return shown(tx, caller, id, at)
  })

export const attend = (services: Deps, caller: Caller, { id, writing }: { id: string; writing: boolean }) =>
  here(services, caller, { id, writing, anyway: false })

export const takeOver = (services: Deps, caller: Caller, { id }: { id: string }) =>
  here(services, caller, { id, writing: true, anyway: true })

export const leave = ({ db }: Deps, { orgId, memberId }: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, orgId, async (tx) => {
    const of = { orgId, conversationId: id }
    const [left, stopped] = [await dropReader(tx, of, memberId), await dropLock(tx, of, memberId)]
    if (left || stopped) await announcePresence(tx, orgId, id)
  })

/** Part of the verb that sends. @throws Refusal `somebody-writes` with their name, unless it is sent all the same. */
export async function mustNotDisturb(
  tx: Tx,
  { orgId, memberId }: Caller,
  { id, at, anyway }: { id: string; at: Date; anyway: boolean },
): Promise<void> {
  const lock = await lockOf(tx, { orgId, conversationId: id }, at)
  if (!lock || lock.member_id === memberId || anyway) return
  const { name } = (await readActors(tx, orgId, [lock.member_id]))(lock.member_id)
  throw new Refusal('somebody-writes', { status: 409, field: 'text', params: { name } })
}

/** Whoever has sent writes no more. */
export async function stopWriting(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<void> {
  if (await dropLock(tx, { orgId, conversationId: id }, memberId)) await announcePresence(tx, orgId, id)
}

const forgottenAfterMs = 3_600_000

export const forgetPresence = ({ db, clock }: Deps): Promise<void> =>
  asSystem(db, (tx) => forgetGone(tx, later(clock(), -forgottenAfterMs)))

async function shown(tx: Tx, { orgId, memberId }: Caller, id: string, at: Date): Promise<Shown> {
  const of = { orgId, conversationId: id }
  const readers = await readersOf(tx, of, later(at, -goneMs))
  const lock = await lockOf(tx, of, at)
  const person = await readActors(tx, orgId, [...readers, lock?.member_id ?? null])
  return {
    others: readers.filter((each) => each !== memberId).map((each) => person(each)),
    writer: lock && {
      ...{ person: person(lock.member_id), isMe: lock.member_id === memberId },
      ...{ since: lock.since.toISOString(), until: lock.until.toISOString() },
    },
  }
}
