// Stock and freshness as people see them: one line an account, the share of recycled posts, reuse by department, evergreen content.

import { z } from 'zod'
import { contentKinds } from '../../connectors/contract.ts'
import { connectors, findConnector } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { accountStock, stockView } from './contract.ts'
import {
  dayMs,
  evergreenMinutes,
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
  type EvergreenRow,
  evergreenLines,
  type LifeRow,
  livesSince,
  recycledByAccount,
  recycledPosts,
  reuseByDepartment,
  type StockAccount,
  settingsOf,
  stockAccounts,
} from './store.ts'

type AccountStock = z.infer<typeof accountStock>
type StockView = z.infer<typeof stockView>

/** The window of gaps and of the recycled share. */
export const lookBackDays = 90

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
      accounts: await accountStocks(tx, caller.orgId, now),
      recycled: recycledShare(all.recycled, all.n, settings.recycledLimit),
      departments: departments.map(({ department_id, ...counts }) => ({ departmentId: department_id, ...counts })),
    }
  })
}

/** Of every account that can publish and is not disconnected. */
export async function accountStocks(tx: Tx, orgId: string, now: Date): Promise<AccountStock[]> {
  const settings = await settingsOf(tx, orgId)
  const halfLives = await halfLivesOf(tx, orgId)
  const accounts = (await stockAccounts(tx, orgId, now)).filter(({ connector }) => findConnector(connector)?.publish)
  const lives = Map.groupBy(
    await livesSince(
      tx,
      orgId,
      accounts.map((account) => ({ accountId: account.id, from: oldest(account, halfLives, now) })),
    ),
    (row) => row.account_id,
  )
  const from = new Date(now.getTime() - lookBackDays * dayMs)
  const recycled = new Map((await recycledByAccount(tx, orgId, from)).map((row) => [row.account_id, row]))
  return accounts.map((account) => {
    const pace = paceOf({ slotsPerWeek: account.slots, publishedIn28Days: account.published_28 })
    const days = stockDays(account.ready, pace)
    const share = recycled.get(account.id)
    return {
      ...{ accountId: account.id, ready: account.ready, pace, days, low: runsDry(days, settings.stockDays) },
      lastReadyAt: account.last_ready_at?.toISOString() ?? null,
      lastPublishedAt: account.last_published_at?.toISOString() ?? null,
      ...freshnessIn(account, lives.get(account.id) ?? [], { halfLives, now }),
      recycled: recycledShare(share?.recycled ?? 0, share?.n ?? 0, settings.recycledLimit),
    }
  })
}

/** What was published before this is dead now and was dead in the whole window. */
function oldest({ connector }: StockAccount, halfLives: HalfLives, now: Date): Date {
  const longest = Math.max(...contentKinds.map((kind) => halfLives(connector, kind) ?? 0))
  return new Date(now.getTime() - lookBackDays * dayMs - livingHalfLives * longest * minuteMs)
}

function freshnessIn(account: StockAccount, rows: LifeRow[], { halfLives, now }: { halfLives: HalfLives; now: Date }) {
  if (halfLives(account.connector, 'post') === null)
    return { living: null, lastEndsAt: null, nextGapAt: null, gaps30: null, gaps90: null }
  const spansOf = (planned: boolean): Span[] =>
    rows
      .filter((row) => row.planned === planned)
      .map((row) => lifeOf(row.at, halfLives(account.connector, row.kind) ?? 0))
  const published = spansOf(false)
  const fresh = freshnessOf(published, spansOf(true), now)
  return {
    living: fresh.living,
    lastEndsAt: fresh.lastEndsAt?.toISOString() ?? account.last_published_at?.toISOString() ?? null,
    nextGapAt: fresh.nextGapAt?.toISOString() ?? null,
    gaps30: gapsOf(published, account.created_at, now, 30),
    gaps90: gapsOf(published, account.created_at, now, lookBackDays),
  }
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export function readEvergreen(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: { cursor?: string; limit: number },
) {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const halfLives = await halfLivesOf(tx, caller.orgId)
    const long = connectors.flatMap(({ id }) =>
      contentKinds.flatMap((kind) => {
        const minutes = halfLives(id, kind)
        return minutes !== null && minutes > evergreenMinutes ? [{ connector: id, kind, minutes }] : []
      }),
    )
    const rows = await evergreenLines(tx, caller.orgId, { long, now, after, limit: given.limit + 1 })
    return pageFrom(rows, given.limit, (row) => [row.published_at.toISOString(), row.variant_id], lineOf(halfLives))
  })
}

const lineOf = (halfLives: HalfLives) => (row: EvergreenRow) => {
  const halfLifeMinutes = halfLives(row.connector, row.kind) ?? 0
  return {
    ...{ postId: row.post_id, variantId: row.variant_id, accountId: row.account_id },
    ...{ summary: row.summary, url: row.url, publishedAt: row.published_at.toISOString(), halfLifeMinutes },
    livesUntil: new Date(lifeOf(row.published_at, halfLifeMinutes).to).toISOString(),
  }
}
