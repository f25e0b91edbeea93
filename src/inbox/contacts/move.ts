// Verbs with which people put persons together and apart, and take that back. No machine does it: a guess is shown, never carried out.

import { inOrgRetried } from '../../db/retry.ts'
import { inOrg, lookEverywhere, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { wallsOf } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { keptIds, moveKept } from './store-kept.ts'
import {
  type IdentityKey,
  identitiesOf,
  insertContact,
  insertMove,
  lockContacts,
  lockMove,
  markUndone,
  moveConversations,
  moveIdentities,
} from './store-moves.ts'
import { type ContactShown, contactShown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

interface Moving {
  from: string
  to: string
  identities: readonly IdentityKey[]
}

/** Last in a verb, since afterwards everything is seen: conversations go along also where this person does not see them. */
async function carryAlong(
  tx: Tx,
  orgId: string,
  { kept, ...moving }: Moving & { kept: readonly string[] | 'all' | 'seen' },
): Promise<string[]> {
  const { from, to } = moving
  const seen = kept === 'seen' ? await keptIds(tx, { orgId, contactId: from }) : kept
  await lookEverywhere(tx)
  await announce(tx, orgId, await moveConversations(tx, orgId, moving))
  if (seen === 'all') return moveKept(tx, orgId, { from, to, only: null })
  // Somebody whom others know from behind a wall stays with what they keep of them.
  const isEmpty = kept === 'seen' && (await identitiesOf(tx, orgId, from)).length === 0
  return moveKept(tx, orgId, { from, to, only: isEmpty ? null : seen })
}

/** Runs a verb whose last step sees everything, and shows the result to the person as they see it. */
async function moved(
  { db, clock }: Deps,
  caller: Caller,
  work: (tx: Tx, now: Date) => Promise<string>,
): Promise<ContactShown> {
  const id = await inOrgRetried(db, caller.orgId, (tx) => work(tx, clock()))
  return inOrg(db, caller.orgId, (tx) => contactShown(tx, caller.orgId, id))
}

/** @throws Refusal `same-contact`; not found where whoever asks knows one of them not. */
export const mergeContacts = (services: Deps, caller: Caller, { id, contactId }: { id: string; contactId: string }) =>
  moved(services, caller, async (tx, at) => {
    const { orgId, memberId: by, actor } = caller
    if (id === contactId) throw new Refusal('same-contact', { status: 409, field: 'contactId' })
    const locked = await lockContacts(tx, orgId, [id, contactId])
    // Under the lock: a moment ago either may have become part of somebody else, and is nobody any more.
    const identities = await identitiesOf(tx, orgId, contactId)
    if (!locked.has(id) || (await identitiesOf(tx, orgId, id)).length === 0) throw notFound('contact')
    if (!locked.has(contactId) || identities.length === 0)
      throw new Refusal('contact-not-found', { field: 'contactId' })
    const wallId = await eitherWall(tx, orgId, [contactId, id])
    const moving = { from: contactId, to: id, identities }
    await moveIdentities(tx, orgId, moving)
    const kept = await carryAlong(tx, orgId, { ...moving, kept: 'seen' })
    await insertMove(tx, orgId, { kind: 'merged', ...moving, keptIds: kept, at, by })
    const facts = { from: contactId }
    await record(tx, orgId, actor, at, { verb: 'contact.merged', subject: { kind: 'contact', id }, facts, wallId })
    return id
  })

/** @throws Refusal `identity-not-theirs`, `nobody-left` where none would stay. */
export const splitContact = (
  services: Deps,
  caller: Caller,
  { id, identities }: { id: string; identities: readonly IdentityKey[] },
) =>
  moved(services, caller, async (tx, at) => {
    const { orgId, memberId: by, actor } = caller
    if (!(await lockContacts(tx, orgId, [id])).has(id)) throw notFound('contact')
    const theirs = await identitiesOf(tx, orgId, id)
    const isNamed = (each: IdentityKey) =>
      identities.some(({ network, remoteId }) => network === each.network && remoteId === each.remoteId)
    const going = theirs.filter(isNamed)
    if (going.length < identities.length) throw new Refusal('identity-not-theirs', { field: 'identities' })
    if (going.length === theirs.length) throw new Refusal('nobody-left', { status: 409, field: 'identities' })
    const wallId = await eitherWall(tx, orgId, [id])
    const to = await insertContact(tx, orgId, { name: going[0]!.name ?? going[0]!.handle ?? '', at })
    const moving = { from: id, to, identities: going }
    await moveIdentities(tx, orgId, moving)
    await carryAlong(tx, orgId, { ...moving, kept: [] })
    await insertMove(tx, orgId, { kind: 'split', ...moving, keptIds: [], at, by })
    const facts = { to }
    await record(tx, orgId, actor, at, { verb: 'contact.split', subject: { kind: 'contact', id }, facts, wallId })
    return to
  })

/** @throws Refusal `undone-already`; `moved-since` where somebody put these identities elsewhere meanwhile. */
export const undoMove = (services: Deps, caller: Caller, { id, keptId }: { id: string; keptId: string }) =>
  moved(services, caller, async (tx, at) => {
    const { orgId, memberId: by, actor } = caller
    const move = await lockMove(tx, orgId, { id: keptId, contactId: id })
    if (!move) throw notFound('move')
    if (move.undone_at) throw new Refusal('undone-already', { status: 409 })
    await lockContacts(tx, orgId, [move.from_id, move.to_id])
    const wallId = await eitherWall(tx, orgId, [move.to_id])
    const back = { from: move.to_id, to: move.from_id, identities: move.identities ?? [] }
    if ((await moveIdentities(tx, orgId, back)) < back.identities.length)
      throw new Refusal('moved-since', { status: 409 })
    await markUndone(tx, orgId, keptId, { at, by })
    await carryAlong(tx, orgId, { ...back, kept: move.kept_ids })
    const facts = { kind: move.kind, other: move.to_id }
    const subject = { kind: 'contact', id: move.from_id }
    await record(tx, orgId, actor, at, { verb: 'contact.move-undone', subject, facts, wallId })
    return move.from_id
  })

/** What is done with somebody who is known behind a wall alone is told there alone. */
async function eitherWall(tx: Tx, orgId: string, ids: readonly string[]): Promise<string | null> {
  const subjects = ids.map((id) => ({ kind: 'contact', id }))
  const wallOf = await wallsOf(tx, orgId, subjects)
  return subjects.map(wallOf).find((wall) => wall !== null) ?? null
}
