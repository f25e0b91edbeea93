// Ends a hold: what lies ahead goes on by itself, what was missed waits for a person, or goes out one after the other.

import { asSystem, lookEverywhere, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readAdminIds } from '../../people/directory.ts'
import { type Actor, type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { stopPermissions } from '../delivery/ledger.ts'
import { changePosts } from '../store.ts'
import { answerHeld, type HoldServices } from './begin-hold.ts'
import { sendMissed } from './decide-missed.ts'
import { type HoldRow, lockHold, markEnded, ownersOf, planEachCheck } from './store.ts'
import { type LetGo, letGo, overdueHolds } from './store-ending.ts'
import { type HoldView, holdViewOf, scopeNameOf, scopeWords } from './views.ts'

export interface Ending {
  id: string
  missed: 'ask' | 'send'
  spacingMinutes: number
}

export function endHold(services: HoldServices, caller: Caller, ending: Ending): Promise<HoldView> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    await stopPermissions(tx, caller.orgId)
    const hold = await lockHold(tx, caller.orgId, ending.id)
    if (!hold) throw notFound('hold')
    if (hold.ended_at) throw new Refusal('hold-ended', { status: 409 })
    const spacingMinutes = ending.missed === 'send' ? ending.spacingMinutes : null
    await finish(tx, services, hold, { actor: caller.actor, by: caller.memberId, spacingMinutes })
    return holdViewOf(tx, caller.orgId, hold.id)
  })
}

/** By the clock; also for holds whose end passed while Longrun was down. Answers how many ended. One that fails keeps no other. */
export async function endOverdueHolds(services: HoldServices & Pick<Services, 'log'>): Promise<number> {
  const overdue = await asSystem(services.db, (tx) => overdueHolds(tx, services.clock()))
  let count = 0
  for (const { org_id: orgId, id } of overdue) {
    const ended = endOverdue(services, orgId, id).catch((error) => {
      services.log.error('A hold could not be ended at its time', { error, holdId: id })
      return 0
    })
    count += await ended
  }
  return count
}

const endOverdue = (services: HoldServices, orgId: string, id: string): Promise<number> =>
  changePosts(services.db, orgId, async (tx) => {
    await stopPermissions(tx, orgId)
    const hold = await lockHold(tx, orgId, id)
    if (!hold || hold.ended_at) return 0
    await finish(tx, services, hold, { actor: longrunItself, by: null, spacingMinutes: null })
    return 1
  })

interface Finish {
  actor: Actor
  by: string | null
  /** null: what was missed waits for a person. */
  spacingMinutes: number | null
}

async function finish(
  tx: Tx,
  services: HoldServices,
  hold: HoldRow,
  { actor, by, spacingMinutes }: Finish,
): Promise<void> {
  const { org_id: orgId } = hold
  const now = services.clock()
  // It lets go also of answers that whoever ends it does not see.
  await lookEverywhere(tx)
  await planEachCheck(tx)
  await markEnded(tx, hold, by, now)
  const gone = await letGo(tx, hold, now)
  const sent =
    spacingMinutes === null
      ? null
      : await sendMissed(tx, orgId, hold.id, { from: now, now, postIds: null, spacingMinutes, zone: null })
  await refreshPostStates(
    tx,
    gone.postIds.map((id) => [orgId, id]),
  )
  await tellEnded(tx, services, hold, { gone, sent: sent !== null })
  const ended: NewEvent = {
    verb: 'hold.ended',
    subject: { kind: 'hold', id: hold.id },
    facts: {
      scope: hold.scope,
      scopeId: hold.scope_id,
      wentOn: gone.wentOn.length,
      missed: gone.missed.length,
      stillHeld: gone.elsewhere.length,
    },
  }
  const waiting = gone.answers.map((met) => answerHeld(met, hold))
  await recordAll(tx, orgId, actor, now, [ended, ...waiting, ...(sent?.events ?? [])])
}

async function tellEnded(
  tx: Tx,
  services: HoldServices,
  hold: HoldRow,
  { gone, sent }: { gone: LetGo; sent: boolean },
): Promise<void> {
  const { org_id: orgId } = hold
  const name = await scopeNameOf(tx, orgId, { scope: hold.scope, scopeId: hold.scope_id })
  const count = gone.missed.length
  const missed =
    count === 0
      ? 'No post missed its time.'
      : `${count} ${count === 1 ? 'post has' : 'posts have'} missed ${count === 1 ? 'its' : 'their'} time. ${sent ? 'It was decided to send them now, one after the other.' : `Please decide what becomes of ${count === 1 ? 'it' : 'them'}.`}`
  await notify(tx, services, orgId, {
    memberIds: [...(await ownersOf(tx, orgId, gone.postIds)), ...(await readAdminIds(tx, orgId))],
    kind: 'hold-ended',
    facts: { scope: hold.scope, name, missed: sent ? 0 : count },
    subject: { kind: 'hold', id: hold.id },
    mail: {
      subject: `The hold has ended: ${scopeWords(hold.scope, name)}`,
      text: `What lies ahead goes out at its time again. ${missed}\n\n${linkTo(services.publicUrl, orgId, `holds/${hold.id}`)}\n`,
    },
  })
}
