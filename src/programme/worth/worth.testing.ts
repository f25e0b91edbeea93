// Accounts and items that went out, with their numbers by age, for tests of what is worth what.

import { createHash } from 'node:crypto'
import type { TestApp, TestSession } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { snapshotAges } from '../../publishing/numbers-rules.ts'
import { insertAccount } from '../account.testing.ts'
import { insertPublished } from './published.testing.ts'

const dayMs = 86_400_000

/** Since long ago. */
export const connectAccount = (world: TestApp, owner: TestSession, name: string): Promise<string> =>
  insertAccount(world, owner, new Date('2026-01-01'), name)

export interface Published {
  account: string
  daysAgo: number
  /** In the end; null: nobody read any numbers. */
  likes: number | null
  /** By when half of them came. */
  halfLifeMinutes?: number
  /** Read at these. */
  ages?: readonly number[]
  /** People who followed its link; left out: it has none. */
  visits?: number
  kind?: 'post' | 'article' | 'video'
}

export async function publishItem(world: TestApp, owner: TestSession, item: Published): Promise<void> {
  const { account, daysAgo, likes, halfLifeMinutes = 240, ages = snapshotAges, visits, kind = 'post' } = item
  const { orgId } = owner
  const [variant, link] = [newId(), newId()]
  const at = new Date(world.services.clock().getTime() - daysAgo * dayMs)
  const read = likes === null ? [] : ages.filter((age) => age * 60_000 <= daysAgo * dayMs || ages.length < 3)
  await inOrg(world.services.db, orgId, async (tx) => {
    await insertPublished(tx, owner, [
      { variantId: variant, accountId: account, kind, at, likes: likes ?? 0, halfLifeMinutes, ages: read },
    ])
    if (visits === undefined) return
    const target = { target: 'https://example.org/', target_hash: createHash('sha256').update(variant).digest('hex') }
    await tx
      .insertInto('links')
      .values({ org_id: orgId, id: link, code: link.slice(-12), variant_id: variant, created_at: at, ...target })
      .execute()
    await tx
      .insertInto('link_clicks')
      .values({ org_id: orgId, link_id: link, hour: at, bot: false, clicks: visits })
      .execute()
  })
}
