// Stock and freshness as people see them: one line an account, the share of recycled posts, reuse by department.

import type { z } from 'zod'
import { contentKinds } from '../../connectors/contract.ts'
import { findConnector } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { cellsBetween } from '../times.ts'
import type { accountStock, lowStock, stockView } from './contract.ts'
import {
  aheadOf,
  dayMs,
  freshnessOf,
  gapsOf,
  lifeOf,
  livingHalfLives,
  minuteMs,
  paceOf,
  recycledShare,
  runsDry,
  type Span,
  stockDays,
} from './rules.ts'
import { type HalfLives, halfLivesOf } from './shelf-lives.ts'
import {
  type LifeRow,
  livesSince,
  recycledByAccount,
  recycledPosts,
  reuseByDepartment,
  type StockAccount,
  settingsOf,
  stockAccounts,
} from './store.ts'
import type { ContentSettings } from './types.ts'

type AccountStock = z.infer<typeof accountStock>
type StockView = z.infer<typeof stockView>

/** The window of gaps and of the recycled share. */
export const lookBackDays = 90
/** Days ahead for which it is said what will be alive. */
const lookAheadDays = 14

export function readStock(services: Pick<Services, 'db' | 'clock'>, caller: Caller): Promise<StockView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const from = new Date(now.getTime() - lookBackDays * dayMs)
    const settings = await settingsOf(tx, caller.orgId)
    const all = await recycledPosts(tx, caller.orgId, from)
    const departments = await reuseByDepartment(tx, caller.orgId, from)
    return {
      at: now.toISOString(),
      settings,
      accounts: await accountStocks(tx, caller.orgId, settings, now),
      recycled: recycledShare(all.recycled, all.n, settings.recycledLimit),
      departments: departments.map(({ department_id, ...counts }) => ({ departmentId: department_id, ...counts })),
    }
  })
}

/** How long ready content lasts, of every account that can publish and is not disconnected: all that a warning needs. */
export async function reservesOf(tx: Tx, orgId: string, { stockDays: least }: ContentSettings, now: Date) {
  const accounts = (await stockAccounts(tx, orgId, now)).filter(({ connector }) => findConnector(connector)?.publish)
  return accounts.map((account) => {
    const pace = paceOf({ slotsPerWeek: account.slots, publishedIn28Days: account.published_28 })
    const days = stockDays(account.ready, pace)
    return { account, pace, days, low: runsDry(days, least) }
  })
}

/** Accounts that run dry, and nothing else about any. */
export function readLowStock(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
): Promise<z.infer<typeof lowStock>[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const reserves = await reservesOf(tx, caller.orgId, await settingsOf(tx, caller.orgId), services.clock())
    return reserves.flatMap(({ account, days, low }) =>
      low && days !== null ? [{ accountId: account.id, ready: account.ready, days }] : [],
    )
  })
}

export async function accountStocks(
  tx: Tx,
  orgId: string,
  settings: ContentSettings,
  now: Date,
): Promise<AccountStock[]> {
  const halfLives = await halfLivesOf(tx, orgId)
  const reserves = await reservesOf(tx, orgId, settings, now)
  const since = reserves.map(({ account }) => ({ accountId: account.id, from: oldest(account, halfLives, now) }))
  const lives = Map.groupBy(await livesSince(tx, orgId, since), (row) => row.account_id)
  const from = new Date(now.getTime() - lookBackDays * dayMs)
  const coming = await daysAhead(tx, orgId, now)
  const recycled = new Map((await recycledByAccount(tx, orgId, from)).map((row) => [row.account_id, row]))
  return reserves.map(({ account, pace, days, low }) => {
    const share = recycled.get(account.id)
    return {
      ...{ accountId: account.id, ready: account.ready, pace, days, low },
      lastReadyAt: account.last_ready_at?.toISOString() ?? null,
      lastPublishedAt: account.last_published_at?.toISOString() ?? null,
      ...freshnessIn(account, lives.get(account.id) ?? [], { halfLives, now, days: coming }),
      recycled: recycledShare(share?.recycled ?? 0, share?.n ?? 0, settings.recycledLimit),
    }
  })
}

/** What was published before this is dead now and was dead in the whole window. */
function oldest({ connector }: StockAccount, halfLives: HalfLives, now: Date): Date {
  const longest = Math.max(...contentKinds.map((kind) => halfLives(connector, kind) ?? 0))
  return new Date(now.getTime() - lookBackDays * dayMs - livingHalfLives * longest * minuteMs)
}

interface Day extends Span {
  day: string
}

/** What is left of today, and whole days of the organisation's zone after it. */
async function daysAhead(tx: Tx, orgId: string, now: Date): Promise<Day[]> {
  const zone = await readOrganisationZone(tx, orgId)
  const cells = cellsBetween(now, new Date(now.getTime() + (lookAheadDays + 2) * dayMs), zone, 'day')
  return cells.slice(0, lookAheadDays).map(({ cell, from }, index) => ({
    day: cell,
    ...{ from: Math.max(from.getTime(), now.getTime()), to: cells[index + 1]!.from.getTime() },
  }))
}

interface Frame {
  halfLives: HalfLives
  now: Date
  days: Day[]
}

function freshnessIn(account: StockAccount, rows: LifeRow[], { halfLives, now, days }: Frame) {
  if (halfLives(account.connector, 'post') === null)
    return { living: null, lastEndsAt: null, nextGapAt: null, ahead: null, gaps30: null, gaps90: null }
  const spansOf = (planned: boolean): Span[] =>
    rows
      .filter((row) => row.planned === planned)
      .map((row) => lifeOf(row.at, halfLives(account.connector, row.kind) ?? 0))
  const published = spansOf(false)
  const planned = spansOf(true)
  const fresh = freshnessOf(published, planned, now)
  const ahead = aheadOf([...published, ...planned], days)
  return {
    living: fresh.living,
    lastEndsAt: fresh.lastEndsAt?.toISOString() ?? account.last_published_at?.toISOString() ?? null,
    nextGapAt: fresh.nextGapAt?.toISOString() ?? null,
    ahead: ahead.map((each, index) => ({ day: days[index]!.day, ...each })),
    gaps30: gapsOf(published, account.created_at, now, 30),
    gaps90: gapsOf(published, account.created_at, now, lookBackDays),
  }
}
