// What people do with links: change the rules, make one by hand, take one away, and read clicks.

import { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { addUpClicks } from './add-up.ts'
import { addressFault } from './addresses.ts'
import type { clickDays, clicksOfPost, linkView, rulesView } from './contract.ts'
import { clicksByDay, findLink, type LinkFilter, type LinkRow, linksOfPost, listLinks } from './lines.ts'
import { insertLink, keepRules, markRemoved, markRestored, rulesOf } from './store.ts'
import { type LinkRules, linkRules } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>
type LinkView = z.infer<typeof linkView>

export const readRules = ({ db, linkBases }: Deps, { orgId }: Caller): Promise<z.infer<typeof rulesView>> =>
  inOrg(db, orgId, async (tx) => ({ rules: await rulesOf(tx, orgId), base: linkBases[0]! }))

export function changeRules(
  { db, clock, linkBases }: Deps,
  caller: Caller,
  given: LinkRules,
): Promise<z.infer<typeof rulesView>> {
  const rules = linkRules.parse(given)
  return inOrg(db, caller.orgId, async (tx) => {
    const [from, at] = [await rulesOf(tx, caller.orgId), clock()]
    await keepRules(tx, caller.orgId, rules, { by: caller.memberId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'link-rules.changed',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { from, to: rules },
    })
    return { rules, base: linkBases[0]! }
  })
}

/** @throws Refusal naming `target`, where no short link may lead. */
export function createLink(
  { db, clock, linkBases }: Deps,
  caller: Caller,
  { target, name }: { target: string; name: string },
): Promise<LinkView> {
  const fault = addressFault(target, linkBases)
  if (fault) throw new Refusal(`link-${fault}`, { field: 'target' })
  return inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const { id } = await insertLink(tx, caller.orgId, { variantId: null, name, target, by: caller.memberId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'link.created',
      subject: { kind: 'link', id },
      facts: { target, name },
    })
    return viewOf(linkBases, (await findLink(tx, caller.orgId, id))!)
  })
}

/** Takes effect with the next click, in every process; only while the database is away may it still lead on. */
export function removeLink({ db, clock, linkBases }: Deps, caller: Caller, { id }: { id: string }): Promise<LinkView> {
  return inOrg(db, caller.orgId, async (tx) => {
    const link = await findLink(tx, caller.orgId, id)
    if (!link) throw notFound('link')
    const at = clock()
    if (await markRemoved(tx, caller.orgId, id, { by: caller.memberId, at }))
      await record(tx, caller.orgId, caller.actor, at, {
        verb: 'link.removed',
        subject: { kind: 'link', id },
        facts: { target: link.target, name: link.name },
      })
    return viewOf(linkBases, (await findLink(tx, caller.orgId, id))!)
  })
}

/**
 * Takes effect at once: only where a link leads is kept in mind, never that it leads nowhere. What was clicked meanwhile was not
 * answered, so it is added up, and thereby left out, before.
 * @throws Refusal where the words of the post have another link to the same target by now.
 */
export async function restoreLink(
  { db, clock, linkBases }: Deps,
  caller: Caller,
  { id }: { id: string },
): Promise<LinkView> {
  await addUpClicks({ db })
  return inOrg(db, caller.orgId, async (tx) => {
    const link = await findLink(tx, caller.orgId, id)
    if (!link) throw notFound('link')
    if (!link.removed_at) return viewOf(linkBases, link)
    if (!(await markRestored(tx, caller.orgId, id))) throw new Refusal('link-replaced')
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'link.restored',
      subject: { kind: 'link', id },
      facts: { target: link.target, name: link.name },
    })
    return viewOf(linkBases, (await findLink(tx, caller.orgId, id))!)
  })
}

export function readLink({ db, linkBases }: Deps, { orgId }: Caller, { id }: { id: string }): Promise<LinkView> {
  return inOrg(db, orgId, async (tx) => {
    const link = await findLink(tx, orgId, id)
    if (!link) throw notFound('link')
    return viewOf(linkBases, link)
  })
}

export function readClicks(
  { db, clock }: Deps,
  { orgId }: Caller,
  { linkId, days, zone }: { linkId?: string; days: number; zone: string },
): Promise<z.infer<typeof clickDays>> {
  return inOrg(db, orgId, async (tx) => {
    if (linkId && !(await findLink(tx, orgId, linkId))) throw notFound('link')
    return clicksByDay(tx, orgId, { linkId: linkId ?? null, days, zone, now: clock() })
  })
}

const place = z.tuple([z.union([z.iso.datetime(), z.number()]), z.uuid()])

export function readLinks(
  { db, linkBases }: Deps,
  { orgId }: Caller,
  given: Omit<LinkFilter, 'after'> & { cursor?: string },
): Promise<{ items: LinkView[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)
  if (after && (typeof after[0] === 'number') !== (given.order === 'clicks'))
    throw new Refusal('cursor-not-known', { field: 'cursor' })
  return inOrg(db, orgId, async (tx) => {
    const rows = await listLinks(tx, orgId, { ...given, after, limit: given.limit + 1 })
    const key = (row: LinkRow) => [given.order === 'newest' ? row.created_at.toISOString() : row.people, row.id]
    return pageFrom(rows, given.limit, key, (row) => viewOf(linkBases, row))
  })
}

export function readClicksOfPost(
  { db, linkBases }: Deps,
  { orgId }: Caller,
  { id }: { id: string },
): Promise<z.infer<typeof clicksOfPost>> {
  return inOrg(db, orgId, async (tx) => {
    const rows = await linksOfPost(tx, orgId, id)
    return [...Map.groupBy(rows, (row) => row.variant_id!)].map(([variantId, links]) => ({
      variantId,
      accountId: links[0]!.account_id!,
      people: links.reduce((sum, { people }) => sum + people, 0),
      bots: links.reduce((sum, { bots }) => sum + bots, 0),
      since: new Date(Math.min(...links.map((link) => link.created_at.getTime()))).toISOString(),
      links: links.map((row) => viewOf(linkBases, row)),
    }))
  })
}

const viewOf = (linkBases: readonly string[], row: LinkRow): LinkView => ({
  id: row.id,
  shortUrl: `${linkBases[0]}${row.code}`,
  target: row.target,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  removedAt: row.removed_at?.toISOString() ?? null,
  lastClickAt: row.last_at?.toISOString() ?? null,
  postId: row.post_id,
  accountId: row.account_id,
  summary: row.summary,
  people: row.people,
  bots: row.bots,
})
