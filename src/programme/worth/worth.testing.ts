// Accounts and items that went out, with their numbers by age, for tests of what is worth what.

import { createHash } from 'node:crypto'
import type { TestApp, TestSession } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { snapshotAges } from '../../publishing/numbers-rules.ts'

const dayMs = 86_400_000

export async function connectAccount(world: TestApp, { orgId, memberId }: TestSession, name: string): Promise<string> {
  const id = newId()
  const what = { connector: 'fake', server: 'x', remote_id: id, handle: id, display_name: name, name }
  const state = {
    ...{ url: 'https://example.org', time_zone: 'UTC', state: 'connected', auth_method: 'token', instance: '{}' },
  }
  await inOrg(world.services.db, orgId, (tx) =>
    tx
      .insertInto('accounts')
      .values({ org_id: orgId, id, ...what, ...state, created_by: memberId, created_at: new Date('2026-01-01') })
      .execute(),
  )
  return id
}

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

export async function publishItem(world: TestApp, { orgId, memberId }: TestSession, item: Published): Promise<void> {
  const { account, daysAgo, likes, halfLifeMinutes = 240, ages = snapshotAges, visits, kind = 'post' } = item
  const [post, variant, link] = [newId(), newId(), newId()]
  const at = new Date(world.services.clock().getTime() - daysAgo * dayMs)
  const media = kind === 'video' ? [{ id: newId(), kind: 'video', type: 'video/mp4', bytes: 1, alt: '' }] : []
  const content = JSON.stringify({ ...(kind === 'article' && { title: 'x' }), segments: [{ text: 'x', media }] })
  const by = { created_by: memberId, updated_by: memberId }
  await inOrg(world.services.db, orgId, async (tx) => {
    await tx
      .insertInto('posts')
      .values({ org_id: orgId, id: post, content, summary: 'x', state: 'published', ...by })
      .execute()
    const out = { state: 'published', published_at: at }
    await tx
      .insertInto('variants')
      .values({ org_id: orgId, id: variant, post_id: post, account_id: account, ...out })
      .execute()
    const read = likes === null ? [] : ages.filter((age) => age * 60_000 <= daysAgo * dayMs || ages.length < 3)
    for (const age of read)
      await tx
        .insertInto('snapshots')
        .values({
          ...{ org_id: orgId, variant_id: variant, age_minutes: age, taken_at: at },
          likes: Math.round(likes! * (1 - 0.5 ** (age / halfLifeMinutes))),
        })
        .execute()
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
