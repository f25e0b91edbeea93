// What accounts told of their own past, as evidence: how much there was beside Longrun, who wrote it, and since when it is known.

import type { z } from 'zod'
import { accountRows } from '../../accounts/for-programme.ts'
import { type ToldPast as Past, toldPasts } from '../../accounts/history/for-programme.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { addDays, type DaySpan, dayIn, mondayOf } from '../../lib/days.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { type ToldDay, toldDays } from '../../publishing/told-days.ts'
import type { Services } from '../../services.ts'
import type { assessmentSource } from './contract.ts'
import { weeksLookedAt } from './rules.ts'
import type { Evidence, ToldPast } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Source = z.infer<typeof assessmentSource>

export interface Told {
  days: ToldDay[]
  pasts: Map<string, Past>
}

/** The last twelve whole weeks where the organisation is. */
export async function spanLookedAt(tx: Tx, orgId: string, now: Date): Promise<DaySpan> {
  const zone = await readOrganisationZone(tx, orgId)
  const monday = mondayOf(dayIn(now, zone))
  return { zone, from: addDays(monday, -7 * weeksLookedAt), to: addDays(monday, -1) }
}

export const readTold = async (tx: Tx, orgId: string, span: DaySpan): Promise<Told> => ({
  days: await toldDays(tx, orgId, span),
  pasts: await toldPasts(tx, orgId, span.zone),
})

export function toldOf({ days, pasts }: Told, accountId: string, zone: string): ToldPast {
  const past = pasts.get(accountId)
  const nothing = { posts: null, replies: null, people: null, readOn: null, trouble: null }
  if (!past) return { state: 'cannot', ...nothing }
  if (past.state !== 'read') return { ...nothing, state: past.state, trouble: past.trouble }
  const own = days.filter((day) => day.accountId === accountId)
  const authors = new Set(own.filter(({ posts, replies }) => posts + replies > 0).flatMap(({ by }) => by ?? []))
  return {
    state: 'read',
    posts: own.reduce((sum, { posts }) => sum + posts, 0),
    replies: past.hasReplies ? own.reduce((sum, { replies }) => sum + replies, 0) : null,
    people: authors.size > 0 ? authors.size : null,
    readOn: past.readAt && dayIn(past.readAt, zone),
    trouble: null,
  }
}

/** Since when posts and replies of an account are known, which was connected on a day: whichever knows further back. */
export function knownSince(
  { pasts }: Told,
  accountId: string,
  connectedOn: string,
): { posts: string; replies: string } {
  const past = pasts.get(accountId)
  const told = past?.state === 'read' && past.knownFrom !== null && past.knownFrom < connectedOn ? past.knownFrom : null
  return { posts: told ?? connectedOn, replies: (past?.hasReplies ? told : null) ?? connectedOn }
}

/** Items of each who wrote what the accounts told, most first; without names, and without what nobody says who wrote it. */
export function authorsOf({ days }: Told): Evidence['people'] {
  const items = new Map<string, number>()
  for (const { accountId, by, posts, replies } of days) {
    if (by === null || posts + replies === 0) continue
    const key = `${accountId} ${by}`
    items.set(key, (items.get(key) ?? 0) + posts + replies)
  }
  return [...items.values()].sort((a, b) => b - a).map((count) => ({ items: count }))
}

/** As it stands now, for whoever wonders what an assessment would rest on. The same for everybody who asks. */
export function readSources({ db, clock }: Deps, orgId: string): Promise<Source[]> {
  return readInOrg(seenBy(db, null), orgId, async (tx) => {
    const span = await spanLookedAt(tx, orgId, clock())
    const told = await readTold(tx, orgId, span)
    const accounts = await accountRows(tx, orgId, span.zone)
    return accounts.map(({ id, name, network }) => ({
      ...{ accountId: id, name, network },
      told: toldOf(told, id, span.zone),
    }))
  })
}
