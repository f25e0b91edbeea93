// What a calendar program gets for a secret address: the posts that its member may see at this moment.

import { asSystem, inOrg } from '../../db/tx.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound } from '../../lib/refusal.ts'
import { may, type Role } from '../../people/permissions.ts'
import type { Services } from '../../services.ts'
import { postsText } from './calendar-text.ts'
import { feedBySecret, postsOfFeed, updateFeed } from './store.ts'

const dayMs = 24 * 3600_000
export const pastDays = 30
export const aheadDays = 180
/** Exact enough for "last read", and no write at every look. */
const noteEveryMs = 60_000

/** @throws Refusal `not-found` for secrets that never were, that ended, and of members who left. */
export async function readFeed(
  { db, clock, publicUrl }: Pick<Services, 'db' | 'clock' | 'publicUrl'>,
  secret: string,
): Promise<{ text: string; changedAt: Date | null }> {
  const feed = await asSystem(db, (tx) => feedBySecret(tx, sha256Hex(secret)))
  if (!feed || !may(feed.role as Role, 'posts.read')) throw notFound('calendar')
  const now = clock()
  const posts = await inOrg(db, feed.org_id, async (tx) => {
    if (!feed.last_read_at || now.getTime() - feed.last_read_at.getTime() > noteEveryMs)
      await updateFeed(tx, feed.org_id, feed.id, { last_read_at: now })
    return postsOfFeed(
      tx,
      feed,
      new Date(now.getTime() - pastDays * dayMs),
      new Date(now.getTime() + aheadDays * dayMs),
    )
  })
  const text = postsText(posts, {
    name: `Longrun: ${feed.name}`,
    linkOf: (id) => linkTo(publicUrl, feed.org_id, `posts/${id}`),
  })
  const newest = Math.max(...posts.map(({ changed_at }) => changed_at.getTime()))
  return { text, changedAt: posts.length > 0 ? new Date(newest) : null }
}
