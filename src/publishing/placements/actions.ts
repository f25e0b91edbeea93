// Keeps the register of placements: each has a link of its own.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustBelong } from '../belonging.ts'
import { addressFault } from '../links/addresses.ts'
import { insertLink, nameOfCampaign } from '../links/store.ts'
import { wallOf } from '../times.ts'
import type { placementView } from './contract.ts'
import { contradiction, costPerReference, runOf, targetOf } from './rules.ts'
import {
  insertPlacement,
  lockPlacements,
  markEnded,
  type PlacementRow,
  placementRows,
  updatePlacement,
  wordIsTaken,
} from './store.ts'
import type { PlacementFacts } from './types.ts'

export type Shown = z.infer<typeof placementView>
export type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>

export function listPlacements(services: Deps, caller: Caller): Promise<Shown[]> {
  return inOrg(services.db, caller.orgId, (tx) => showAll(services, tx, caller.orgId))
}

export function readPlacement(services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> {
  return inOrg(services.db, caller.orgId, (tx) => showOne(services, tx, caller.orgId, id))
}

/** @throws Refusal where the link leads to a private address or to ourselves, a word is taken, or facts contradict each other. */
export function addPlacement(
  services: Deps,
  caller: Caller,
  { leadsTo, ...facts }: PlacementFacts & { leadsTo: string },
): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    await mustFit(tx, caller.orgId, facts, null)
    const campaign = await nameOfCampaign(tx, caller.orgId, facts.campaignId)
    const target = targetOf(leadsTo, { ...facts, campaign })
    const fault = addressFault(target, services.linkBases)
    if (fault) throw new Refusal(`link-${fault}`, { field: 'leadsTo' })
    const link = await insertLink(tx, caller.orgId, {
      variantId: null,
      name: facts.name,
      target,
      by: caller.memberId,
      at,
    })
    const id = await insertPlacement(tx, caller.orgId, facts, { linkId: link.id, by: caller.memberId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'placement.added',
      subject: { kind: 'placement', id },
      facts: { name: facts.name, medium: facts.medium, campaignId: facts.campaignId },
    })
    return showOne(services, tx, caller.orgId, id)
  })
}

export function changePlacement(
  services: Deps,
  caller: Caller,
  { id, ...facts }: PlacementFacts & { id: string },
): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await showOne(services, tx, caller.orgId, id)
    await mustFit(tx, caller.orgId, facts, id)
    await updatePlacement(tx, caller.orgId, id, facts)
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'placement.changed',
      subject: { kind: 'placement', id },
      facts: { name: facts.name },
    })
    return showOne(services, tx, caller.orgId, id)
  })
}

/** What is printed stays printed: the link goes on to lead, and to count. */
export function endPlacement(services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { endedAt, name } = await showOne(services, tx, caller.orgId, id)
    if (!endedAt) {
      const at = services.clock()
      await markEnded(tx, caller.orgId, id, { ended_at: at, ended_by: caller.memberId })
      await record(tx, caller.orgId, caller.actor, at, {
        verb: 'placement.ended',
        subject: { kind: 'placement', id },
        facts: { name },
      })
    }
    return showOne(services, tx, caller.orgId, id)
  })
}

/** @throws Refusal where another placement has taken its word meanwhile. */
export function resumePlacement(services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await lockPlacements(tx, caller.orgId)
    const { endedAt, name, word } = await showOne(services, tx, caller.orgId, id)
    if (endedAt) {
      await mustBeFree(tx, caller.orgId, word, id)
      await markEnded(tx, caller.orgId, id, { ended_at: null, ended_by: null })
      await record(tx, caller.orgId, caller.actor, services.clock(), {
        verb: 'placement.resumed',
        subject: { kind: 'placement', id },
        facts: { name },
      })
    }
    return showOne(services, tx, caller.orgId, id)
  })
}

async function mustFit(tx: Tx, orgId: string, facts: PlacementFacts, id: string | null): Promise<void> {
  await lockPlacements(tx, orgId)
  const field = contradiction(facts)
  if (field) throw new Refusal(field === 'endsOn' ? 'ends-before-it-begins' : 'cost-needs-currency', { field })
  await mustBelong(tx, orgId, { campaignId: facts.campaignId, ownerId: facts.ownerId }, '')
  await mustBeFree(tx, orgId, facts.word, id)
}

async function mustBeFree(tx: Tx, orgId: string, word: string | null, id: string | null): Promise<void> {
  if (word && (await wordIsTaken(tx, orgId, word, id))) throw new Refusal('word-taken', { field: 'word' })
}

async function showAll({ clock, linkBases }: Deps, tx: Tx, orgId: string, id?: string): Promise<Shown[]> {
  const today = wallOf(clock(), await readOrganisationZone(tx, orgId)).slice(0, 10)
  return (await placementRows(tx, orgId, id)).map((row) => shown(row, { today, base: linkBases[0]! }))
}

/** @throws Refusal `not-found`. */
export async function showOne(services: Deps, tx: Tx, orgId: string, id: string): Promise<Shown> {
  const [found] = await showAll(services, tx, orgId, id)
  if (!found) throw notFound('placement')
  return found
}

const shown = (row: PlacementRow, { today, base }: { today: string; base: string }): Shown => ({
  id: row.id,
  medium: row.medium as Shown['medium'],
  name: row.name,
  place: row.place,
  campaignId: row.campaign_id,
  ownerId: row.owner_id,
  word: row.word,
  beginsOn: row.begins_on,
  endsOn: row.ends_on,
  cost: row.cost,
  currency: row.currency,
  target: row.target,
  url: `${base}${row.code}`,
  linkId: row.link_id,
  linkRemovedAt: row.link_removed_at?.toISOString() ?? null,
  run: runOf({ beginsOn: row.begins_on, endsOn: row.ends_on, ended: row.ended_at !== null }, today),
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  clicks: Number(row.clicks),
  bots: Number(row.bots),
  named: row.named,
  lastAt: row.last_at?.toISOString() ?? null,
  costPerReference: costPerReference(row.cost, Number(row.clicks) + row.named),
})
