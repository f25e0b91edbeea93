// Verbs of saved views: list, count, save, change, remove, put in order.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { mustMay } from '../../people/admit.ts'
import { readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { listing } from '../conversations/contract.ts'
import type { savedView } from './contract.ts'
import {
  countView,
  deleteView,
  insertView,
  placeViews,
  updateView,
  type ViewCount,
  type ViewRow,
  viewRows,
} from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Listing = z.infer<typeof listing>
type ViewShown = z.infer<typeof savedView>

/** Of one's own and of shared ones together. */
const mostViews = 100

export const listViews = ({ db }: Pick<Services, 'db'>, caller: Caller): Promise<ViewShown[]> =>
  readInOrg(db, caller.orgId, (tx) => shownViews(tx, caller))

export const countViews = ({ db, clock }: Deps, { orgId, memberId }: Caller) =>
  readInOrg(db, orgId, async (tx) => {
    const counts: (ViewCount & { id: string })[] = []
    for (const { id, filter } of await viewRows(tx, orgId, { memberId })) {
      const { q, ...list } = listOf(filter)
      if (!q) counts.push({ id, ...(await countView(tx, orgId, { ...list, memberId, now: clock() })) })
    }
    return counts
  })

interface Adding {
  name: string
  list: Listing
}

/** @throws Refusal `too-many-views`. */
export const addView = ({ db, clock }: Deps, caller: Caller, { name, list }: Adding): Promise<ViewShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    if ((await viewRows(tx, orgId, { memberId })).length >= mostViews)
      throw new Refusal('too-many-views', { status: 409, params: { most: mostViews } })
    const id = await insertView(tx, orgId, { name, list, ownerId: memberId, at })
    const [view] = await shownViews(tx, caller, id)
    const subject = { kind: 'conversation-view', id }
    await record(tx, orgId, actor, at, { verb: 'conversation-view.saved', subject, facts: { name } })
    return view!
  })

interface Changing {
  id: string
  name?: string | undefined
  list?: Listing | undefined
}

export const changeView = ({ db, clock }: Deps, caller: Caller, { id, name, list }: Changing): Promise<ViewShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const at = clock()
    mustChange(caller, await mustFind(tx, caller, id))
    await updateView(tx, orgId, id, {
      ...{ ...(name === undefined ? {} : { name }), ...(list === undefined ? {} : { list }), at },
    })
    const [view] = await shownViews(tx, caller, id)
    const subject = { kind: 'conversation-view', id }
    await record(tx, orgId, actor, at, { verb: 'conversation-view.changed', subject, facts: { name: view!.name } })
    return view!
  })

/** What somebody else stops sharing is gone for whoever did so; they see it as it is from then on for its owner. */
export const shareView = ({ db, clock }: Deps, caller: Caller, { id, isShared }: { id: string; isShared: boolean }) =>
  inOrg(db, caller.orgId, async (tx): Promise<ViewShown> => {
    const { orgId, actor } = caller
    const at = clock()
    const [before] = await shownViews(tx, caller, (await mustFind(tx, caller, id)).id)
    await updateView(tx, orgId, id, { isShared, at })
    const [view] = await shownViews(tx, caller, id)
    const subject = { kind: 'conversation-view', id }
    const facts = { name: before!.name, isShared }
    await record(tx, orgId, actor, at, { verb: 'conversation-view.shared', subject, facts })
    return view ?? { ...before!, sharedAt: null, mayChange: false }
  })

export const removeView = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const row = await mustFind(tx, caller, id)
    mustChange(caller, row)
    await deleteView(tx, orgId, id)
    const subject = { kind: 'conversation-view', id }
    await record(tx, orgId, actor, clock(), { verb: 'conversation-view.removed', subject, facts: { name: row.name } })
  })

export const arrangeViews = ({ db, clock }: Deps, caller: Caller, { ids }: { ids: string[] }): Promise<ViewShown[]> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const known = new Map((await viewRows(tx, orgId, { memberId })).map((row) => [row.id, row]))
    for (const id of ids) {
      const row = known.get(id)
      if (!row) throw notFound('conversation-view')
      mustChange(caller, row)
    }
    await placeViews(tx, orgId, ids)
    const shown = await shownViews(tx, caller)
    const subject = { kind: 'conversation-view', id: null }
    await record(tx, orgId, actor, clock(), {
      verb: 'conversation-view.arranged',
      subject,
      facts: { count: ids.length },
    })
    return shown
  })

async function mustFind(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<ViewRow> {
  const [row] = await viewRows(tx, orgId, { memberId, id })
  if (!row) throw notFound('conversation-view')
  return row
}

/** One's own is one's own; what everybody sees is changed by whoever handles conversations. */
const mayChange = (caller: Caller, row: ViewRow): boolean =>
  row.owner_id === caller.memberId || (row.shared_at !== null && callerMay(caller, 'inbox.handle'))

function mustChange(caller: Caller, row: ViewRow): void {
  if (!mayChange(caller, row)) mustMay(caller, 'inbox.handle')
}

async function shownViews(tx: Tx, caller: Caller, id?: string): Promise<ViewShown[]> {
  const { orgId, memberId } = caller
  const rows = await viewRows(tx, orgId, id ? { memberId, id } : { memberId })
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ owner_id }) => owner_id),
  )
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, list: listOf(row.filter), owner: person(row.owner_id) },
    ...{ isMine: row.owner_id === memberId, sharedAt: row.shared_at?.toISOString() ?? null },
    mayChange: mayChange(caller, row),
  }))
}

/** As it was saved; what this version does not know any more is left out. */
function listOf(filter: unknown): Listing {
  const read = listing.safeParse(filter)
  return read.success ? read.data : listing.parse({})
}
