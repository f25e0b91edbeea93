// Writes what happened to a competency: into its own history, and into the log.

import type { Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import type { Actor } from '../../people/types.ts'
import { insertEntry } from './store.ts'

interface Happened {
  competencyId: string
  /** null: it concerns no team, or all of them. */
  departmentId?: string | null
  /** What happened: the verb after its dot. */
  kind: string
  facts: Record<string, unknown>
  at: Date
}

export interface By {
  orgId: string
  actor: Actor
  /** null: Longrun itself. */
  memberId: string | null
}

export async function note(
  tx: Tx,
  { orgId, actor, memberId }: By,
  { competencyId, departmentId = null, kind, facts, at }: Happened,
): Promise<void> {
  await insertEntry(tx, orgId, {
    ...{ competency_id: competencyId, department_id: departmentId, kind, facts, at, by: memberId },
  })
  const subject = { kind: 'competency', id: competencyId }
  await record(tx, orgId, actor, at, { verb: `competency.${kind}`, subject, facts: { ...facts, departmentId } })
}
