// Posts that went out and their numbers by age, many at once, as they stand after the network was read.

import type { ContentKind } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

export interface PublishedRow {
  variantId: string
  accountId: string
  kind: ContentKind
  /** What it says; left out: next to nothing. */
  text?: string
  at: Date
  /** In the end, and by when half of them came. */
  likes: number
  halfLifeMinutes: number
  /** In minutes, at which they were read. */
  ages: readonly number[]
}

export async function insertPublished(
  tx: Tx,
  { orgId, memberId }: { orgId: string; memberId: string },
  items: readonly PublishedRow[],
): Promise<void> {
  const rows = items.map((item) => ({ ...item, postId: newId() }))
  const by = { created_by: memberId, updated_by: memberId }
  await tx
    .insertInto('posts')
    .values(
      rows.map(({ postId: id, kind, text = 'x' }) => ({
        ...{ org_id: orgId, id, content: contentOf(kind, text), summary: text, state: 'published', ...by },
      })),
    )
    .execute()
  await tx
    .insertInto('variants')
    .values(
      rows.map(({ variantId: id, postId, accountId, at }) => ({
        ...{ org_id: orgId, id, post_id: postId, account_id: accountId, state: 'published', published_at: at },
      })),
    )
    .execute()
  const readings = rows.flatMap(({ variantId, at, likes, halfLifeMinutes, ages }) =>
    ages.map((age) => ({
      ...{ org_id: orgId, variant_id: variantId, age_minutes: age, taken_at: new Date(at.getTime() + age * 60_000) },
      likes: Math.round(likes * (1 - 0.5 ** (age / halfLifeMinutes))),
    })),
  )
  if (readings.length > 0) await tx.insertInto('snapshots').values(readings).execute()
}

function contentOf(kind: ContentKind, text: string): string {
  const media = kind === 'video' ? [{ id: newId(), kind: 'video', type: 'video/mp4', bytes: 1, alt: '' }] : []
  return JSON.stringify({ ...(kind === 'article' && { title: text }), segments: [{ text, media }] })
}
