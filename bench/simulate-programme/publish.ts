// Posts that went out and their numbers at every age, as the network would have told them, many at once.

import type { ContentKind } from '../../src/connectors/contract.ts'
import { type Db, inOrg } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { snapshotAges } from '../../src/publishing/numbers-rules.ts'

export interface Out {
  accountId: string
  kind: ContentKind
  /** In the end. */
  likes: number
  at: Date
}

const halfLifeMinutes = 240

export async function publishItems(
  db: Db,
  { orgId, memberId }: { orgId: string; memberId: string },
  items: readonly Out[],
): Promise<void> {
  const rows = items.map((item) => ({ ...item, post: newId(), variant: newId() }))
  const by = { created_by: memberId, updated_by: memberId }
  await inOrg(db, orgId, async (tx) => {
    await tx
      .insertInto('posts')
      .values(
        rows.map(({ post, kind }) => ({
          org_id: orgId,
          id: post,
          content: contentOf(kind),
          summary: 'x',
          state: 'published',
          ...by,
        })),
      )
      .execute()
    await tx
      .insertInto('variants')
      .values(
        rows.map(({ variant, post, accountId, at }) => ({
          ...{ org_id: orgId, id: variant, post_id: post, account_id: accountId },
          ...{ state: 'published', published_at: at },
        })),
      )
      .execute()
    await tx
      .insertInto('snapshots')
      .values(
        rows.flatMap(({ variant, likes, at }) =>
          snapshotAges.map((age) => ({
            ...{ org_id: orgId, variant_id: variant, age_minutes: age },
            taken_at: new Date(at.getTime() + age * 60_000),
            likes: Math.round(likes * (1 - 0.5 ** (age / halfLifeMinutes))),
          })),
        ),
      )
      .execute()
  })
}

function contentOf(kind: ContentKind): string {
  const media = kind === 'video' ? [{ id: newId(), kind: 'video', type: 'video/mp4', bytes: 1, alt: '' }] : []
  return JSON.stringify({ ...(kind === 'article' && { title: 'x' }), segments: [{ text: 'x', media }] })
}
