// How coding sets are shown over HTTP: without anybody's labels while somebody still codes.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Codable } from '../labels/types.ts'
import type { setView } from './contract.ts'
import { stateOf } from './rules.ts'
import { coderRows, itemRows, type SetRow } from './store.ts'

export type SetShown = z.infer<typeof setView>

export async function setsShown(
  tx: Tx,
  { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>,
  rows: readonly SetRow[],
): Promise<SetShown[]> {
  const ids = rows.map(({ id }) => id)
  const coders = await coderRows(tx, orgId, ids)
  const items = Map.groupBy(await itemRows(tx, orgId, ids), ({ set_id }) => set_id)
  const who = await readActors(
    tx,
    orgId,
    coders.map(({ member_id }) => member_id),
  )
  return rows.map((row) => {
    const own = items.get(row.id) ?? []
    const seats = coders.filter(({ set_id }) => set_id === row.id)
    return {
      id: row.id,
      name: row.name,
      label: row.label as Codable,
      topicId: row.topic_removed_at === null ? row.topic_id : null,
      topic: row.topic_name,
      from: row.from_at.toISOString(),
      to: row.to_at.toISOString(),
      stratified: row.stratified,
      seed: row.seed,
      population: row.population,
      size: own.length,
      coders: seats.map(({ member_id, seat }) => ({
        memberId: member_id,
        name: who(member_id).name,
        coded: own.filter(({ one, two }) => (seat === 1 ? one : two) !== null).length,
      })),
      state: stateOf(own, row.finished_at),
      mine: seats.some(({ member_id }) => member_id === memberId),
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
    }
  })
}
