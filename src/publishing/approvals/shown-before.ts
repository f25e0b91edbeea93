// What was approved, or else shown, for the same variants before a request: the other side of what has changed since.

import type { z } from 'zod'
import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import type { renditionView } from './shapes.ts'
import type { RenditionRow, RequestRow } from './store.ts'

type Before = NonNullable<z.infer<typeof renditionView>['before']>

export async function shownBefore(
  tx: Tx,
  request: RequestRow,
  renditions: RenditionRow[],
): Promise<Map<string, Before>> {
  if (renditions.length === 0) return new Map()
  const rows = await tx
    .selectFrom('approval_renditions as r')
    .innerJoin('approval_requests as q', (join) =>
      join.onRef('q.org_id', '=', 'r.org_id').onRef('q.id', '=', 'r.request_id'),
    )
    .select(['r.variant_id', 'r.content', 'q.asked_at', 'q.granted_at'])
    .where('r.org_id', '=', request.org_id)
    .where(
      'r.variant_id',
      'in',
      renditions.map(({ variant_id }) => variant_id),
    )
    .where('q.asked_at', '<', request.asked_at)
    .orderBy('q.asked_at', 'desc')
    .execute()
  const before = new Map<string, Before>()
  for (const { variant_id } of renditions) {
    const mine = rows.filter((row) => row.variant_id === variant_id)
    const chosen = mine.find(({ granted_at }) => granted_at !== null) ?? mine[0]
    if (!chosen) continue
    before.set(variant_id, {
      content: chosen.content as unknown as Draft,
      at: (chosen.granted_at ?? chosen.asked_at).toISOString(),
      approved: chosen.granted_at !== null,
    })
  }
  return before
}
