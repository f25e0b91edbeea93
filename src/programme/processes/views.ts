// How processes are shown: the version in force, who answers for it, and who has read it.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActiveMembers, readActors } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { processView } from './contract.ts'
import { reviewState } from './rules.ts'
import { type ProcessRow, readRows, versionRows } from './store.ts'

export async function showProcesses(
  tx: Tx,
  { orgId, memberId }: Caller,
  rows: readonly ProcessRow[],
  today: string,
): Promise<z.infer<typeof processView>[]> {
  const reads = await readRows(
    tx,
    orgId,
    rows.map(({ id }) => id),
  )
  const members = await readActiveMembers(tx, orgId)
  const who = await readActors(
    tx,
    orgId,
    rows.flatMap(({ owner_id, deputy_id, made_by }) => [owner_id, deputy_id, made_by]),
  )
  return rows.map((row) => {
    const own = reads.filter(({ process_id, number }) => process_id === row.id && number === row.number)
    const readers = new Set(own.map(({ member_id }) => member_id))
    const named = members.map(({ id, name }) => ({ id, name }))
    return {
      ...{ id: row.id, name: row.name, purpose: row.purpose, steps: row.steps },
      ...{ owner: who(row.owner_id), deputy: who(row.deputy_id), reviewOn: row.review_on },
      state: reviewState({ reviewOn: row.review_on, endedAt: row.ended_at }, today),
      ...{ version: row.number, why: row.why, madeAt: row.made_at.toISOString(), madeBy: who(row.made_by) },
      readAt: own.find(({ member_id }) => member_id === memberId)?.read_at.toISOString() ?? null,
      readers: named.filter(({ id }) => readers.has(id)),
      notRead: named.filter(
        ({ id }) => !readers.has(id) && may(members.find((each) => each.id === id)!.role, 'programme.log'),
      ),
      endReason: row.end_reason,
    }
  })
}

export async function showVersions(tx: Tx, orgId: string, id: string) {
  const rows = await versionRows(tx, orgId, id)
  if (rows.length === 0) throw notFound('process')
  const reads = await readRows(tx, orgId, [id])
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ made_by }) => made_by),
  )
  return rows.map(({ number, purpose, steps, why, made_at, made_by }) => ({
    ...{ version: number, purpose, steps, why, madeAt: made_at.toISOString(), madeBy: who(made_by) },
    readers: reads.filter((each) => each.number === number).length,
  }))
}
