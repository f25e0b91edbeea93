// Best times on a real database: only numbers of one age are compared.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { type Ground, prepareGround } from '../ground.testing.ts'
import { readBestTimes } from './read-best-times.ts'

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround()
})
afterAll(() => ground.close())

/** A post that went out so many days ago, with its likes by age in minutes. */
async function published(daysAgo: number, likes: Record<number, number>): Promise<void> {
  const { orgId, memberId } = ground.caller
  const [post, variant] = [newId(), newId()]
  await asSystem(ground.database.db, async (tx) => {
    await sql`insert into posts (org_id, id, content, summary, state, created_by, updated_by)
      values (${orgId}, ${post}, '{"segments":[{"text":"x","media":[]}]}', 'x', 'published', ${memberId}, ${memberId})`.execute(
      tx,
    )
    await sql`insert into variants (org_id, id, post_id, account_id, state, published_at)
      values (${orgId}, ${variant}, ${post}, ${ground.account}, 'published', now() - make_interval(days => ${daysAgo}))`.execute(
      tx,
    )
    for (const [age, count] of Object.entries(likes))
      await sql`insert into snapshots (org_id, variant_id, age_minutes, taken_at, likes)
        values (${orgId}, ${variant}, ${Number(age)}, now(), ${count})`.execute(tx)
  })
}

test('a post whose numbers are not known at the age of a day tells nothing', async () => {
  for (let week = 1; week <= 22; week++) await published(week * 7, { 15: 1, 1440: 30 + (week % 5) })
  // Longrun was off for a day: of these only the first minutes are known.
  for (let week = 1; week <= 10; week++) await published(week * 7 + 1, { 15: 1, 2880: 40 })
  await published(0, { 15: 2 })
  const { posts, mean } = await readBestTimes(ground.services, ground.caller, { id: ground.account })
  expect(posts).toBe(22)
  expect(mean).toBeGreaterThan(29)
})
