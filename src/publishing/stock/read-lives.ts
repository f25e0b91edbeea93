// How old what is out is, against its shelf life: of one post, of everything alive, of what lives long.

import { z } from 'zod'
import { contentKinds } from '../../connectors/contract.ts'
import { connectors } from '../../connectors/registry.ts'
import { inOrg } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findPost } from '../store.ts'
import type { lifeLine } from './contract.ts'
import { evergreenMinutes, lifeOf, livingHalfLives, minuteMs } from './rules.ts'
import { type HalfLives, halfLivesOf } from './shelf-lives.ts'
import { type LivingRow, livesOfVariants, livingLines } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Page = { cursor?: string; limit: number }

/** One for each account on which it is out. @throws Refusal where there is no such post. */
export function livesOfPost(services: Deps, caller: Caller, id: string): Promise<z.infer<typeof lifeLine>[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    if (!(await findPost(tx, caller.orgId, id))) throw notFound('post')
    const now = services.clock()
    const halfLives = await halfLivesOf(tx, caller.orgId)
    return (await livesOfVariants(tx, caller.orgId, id)).map((row) => {
      const halfLifeMinutes = halfLives(row.connector, row.kind)
      return {
        ...{ variantId: row.variant_id, accountId: row.account_id, kind: row.kind, halfLifeMinutes },
        publishedAt: row.published_at.toISOString(),
        ageMinutes: Math.max(0, now.getTime() - row.published_at.getTime()) / minuteMs,
        shelfLifeMinutes: halfLifeMinutes === null ? null : livingHalfLives * halfLifeMinutes,
        livesUntil:
          halfLifeMinutes === null ? null : new Date(lifeOf(row.published_at, halfLifeMinutes).to).toISOString(),
      }
    })
  })
}

export const readLiving = (services: Deps, caller: Caller, given: Page) => readLonger(services, caller, given, 0)

export const readEvergreen = (services: Deps, caller: Caller, given: Page) =>
  readLonger(services, caller, given, evergreenMinutes)

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** What is alive and has a half-life of more than so many minutes. */
function readLonger(services: Deps, caller: Caller, given: Page, longerThan: number) {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const halfLives = await halfLivesOf(tx, caller.orgId)
    const long = connectors.flatMap(({ id }) =>
      contentKinds.flatMap((kind) => {
        const minutes = halfLives(id, kind)
        return minutes !== null && minutes > longerThan ? [{ connector: id, kind, minutes }] : []
      }),
    )
    const rows = await livingLines(tx, caller.orgId, { long, now, after, limit: given.limit + 1 })
    return pageFrom(rows, given.limit, (row) => [row.published_at.toISOString(), row.variant_id], lineOf(halfLives))
  })
}

const lineOf = (halfLives: HalfLives) => (row: LivingRow) => {
  const halfLifeMinutes = halfLives(row.connector, row.kind) ?? 0
  return {
    ...{ postId: row.post_id, variantId: row.variant_id, accountId: row.account_id },
    ...{ summary: row.summary, url: row.url, publishedAt: row.published_at.toISOString(), halfLifeMinutes },
    livesUntil: new Date(lifeOf(row.published_at, halfLifeMinutes).to).toISOString(),
  }
}
