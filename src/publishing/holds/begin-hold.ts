// Begins a hold under the delivery lock: when it answers, nothing of what it binds is sent any more, except what it names.

import { inOrg, lookEverywhere, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readAdminIds } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { stopPermissions } from '../delivery/ledger.ts'
import { toldEvent } from '../delivery/told.ts'
import { changePosts } from '../store.ts'
import { instantOf, type WallTime } from '../times.ts'
import {
  type BoundRow,
  boundNow,
  type HoldRow,
  insertHold,
  lockBound,
  type MetAnswer,
  noteUnderWay,
  ownersOf,
  planEachCheck,
  setCounts,
  stopVariants,
} from './store.ts'
import { type HoldScope, namesOne } from './types.ts'
import { boundView, type HoldPreview, type HoldView, holdViewOf, scopeNameOf, scopeWords } from './views.ts'

export type HoldServices = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

export interface NewHold extends HoldScope {
  reason: string
  ends: WallTime | null
}

export function beginHold(services: HoldServices, caller: Caller, given: NewHold): Promise<BegunHold> {
  const by = { orgId: caller.orgId, memberId: caller.memberId, actor: caller.actor }
  return changePosts(services.db, caller.orgId, (tx) => beginHoldIn(services, tx, by, given))
}

export interface BegunHold {
  hold: HoldView
  underWay: HoldPreview['underWay']
}

/** In a transaction of `changePosts`, such as that of a crossing point. `memberId` null: Longrun itself, by a rule. */
export async function beginHoldIn(
  services: Omit<HoldServices, 'db'>,
  tx: Tx,
  { orgId, memberId, actor }: Pick<Caller, 'orgId' | 'actor'> & { memberId: string | null },
  given: NewHold,
): Promise<BegunHold> {
  const scope = await mustBeScope(tx, orgId, given)
  // It binds also answers that whoever begins it does not see.
  await lookEverywhere(tx)
  await stopPermissions(tx, orgId)
  await planEachCheck(tx)
  const now = services.clock()
  const hold: HoldRow = { ...newHold(scope, given, now), org_id: orgId, begun_by: memberId }
  await insertHold(tx, hold)
  const met = await lockBound(tx, orgId, scope)
  const { posts: stopped, answers } = await stopVariants(tx, hold, met)
  const underWay = await noteUnderWay(tx, hold, met)
  await setCounts(tx, hold, { stopped: stopped.length, underWay: underWay.length })
  const postIds = [...new Set(stopped.map((row) => row.post_id))]
  await refreshPostStates(
    tx,
    postIds.map((id) => [orgId, id]),
  )
  await tellBegun(tx, services, hold, { stopped, underWay, postIds })
  const begun: NewEvent = {
    verb: 'hold.begun',
    subject: { kind: 'hold', id: hold.id },
    facts: {
      scope: scope.scope,
      scopeId: scope.scopeId,
      reason: hold.reason,
      endsAt: hold.ends_at,
      stopped: stopped.length,
      underWay: underWay.map((row) => row.variant_id),
    },
  }
  await recordAll(tx, orgId, actor, now, [begun, ...answers.map((met) => answerHeld(met, hold))])
  return { hold: await holdViewOf(tx, orgId, hold.id), underWay: underWay.map(boundView) }
}

/** Told again when the hold ends and the answer has not gone out. */
export const answerHeld = (
  { variant_id: variantId, account_id: accountId, answer }: MetAnswer,
  { id: holdId }: HoldRow,
) => toldEvent({ postId: null, answer, variantId, accountId }, 'held', { holdId })

/** What it would stop now: the count, the next few, and what no hold can stop. */
export function previewHold(services: Pick<Services, 'db'>, caller: Caller, given: HoldScope): Promise<HoldPreview> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const scope = await mustBeScope(tx, caller.orgId, given)
    const found = await boundNow(tx, caller.orgId, scope, 10)
    return { count: found.count, next: found.next.map(boundView), underWay: found.underWay.map(boundView) }
  })
}

async function mustBeScope(tx: Tx, orgId: string, { scope, scopeId }: HoldScope): Promise<HoldScope> {
  if (!namesOne(scope)) return { scope, scopeId: null }
  if (scopeId === null) throw new Refusal('field-needed', { field: 'scopeId' })
  if ((await scopeNameOf(tx, orgId, { scope, scopeId })) === null)
    throw new Refusal('not-in-organisation', { field: 'scopeId' })
  return { scope, scopeId }
}

function newHold(
  { scope, scopeId }: HoldScope,
  { reason, ends }: NewHold,
  now: Date,
): Omit<HoldRow, 'org_id' | 'begun_by'> {
  return {
    id: newId(),
    scope,
    scope_id: scopeId,
    reason,
    begun_at: now,
    ends_at: ends && endOf(ends, now),
    ends_wall: ends?.wall ?? null,
    ends_zone: ends?.zone ?? null,
    ended_at: null,
    ended_by: null,
    stopped: 0,
    under_way: 0,
  }
}

function endOf(ends: WallTime, now: Date): Date {
  const meaning = instantOf(ends)
  if (meaning.kind === 'never')
    throw new Refusal('time-does-not-exist', { field: 'ends.wall', params: { suggested: meaning.suggested } })
  if (meaning.at <= now) throw new Refusal('time-has-passed', { field: 'ends.wall' })
  return meaning.at
}

/** Those whose posts it stopped, and everybody who runs the organisation. */
async function tellBegun(
  tx: Tx,
  services: Omit<HoldServices, 'db'>,
  hold: HoldRow,
  { stopped, underWay, postIds }: { stopped: BoundRow[]; underWay: BoundRow[]; postIds: string[] },
): Promise<void> {
  const { org_id: orgId } = hold
  const name = await scopeNameOf(tx, orgId, { scope: hold.scope, scopeId: hold.scope_id })
  const words = scopeWords(hold.scope, name)
  const told = { scope: hold.scope, name, reason: hold.reason, count: stopped.length }
  await notify(tx, services, orgId, {
    memberIds: [...(await ownersOf(tx, orgId, postIds)), ...(await readAdminIds(tx, orgId))],
    kind: 'hold-begun',
    facts: told,
    subject: { kind: 'hold', id: hold.id },
    mail: {
      subject: `On hold: ${words}`,
      text: `Nothing of this goes out any more: ${words}.\n\nThe reason: ${hold.reason}\n\nIt stopped ${stopped.length} ${stopped.length === 1 ? 'post' : 'posts'}; ${underWay.length} ${underWay.length === 1 ? 'was' : 'were'} being sent already.\n\n${linkTo(services.publicUrl, orgId, `holds/${hold.id}`)}\n`,
    },
  })
}
