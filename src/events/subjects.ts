// Names that activity shows beside what happened: looked up when somebody looks, and not written into the log. So nobody reads the name of
// a person whom they may not know, and no name stays where nothing can be deleted.

import type { Tx } from '../db/tx.ts'

/** Names by ids, as far as the reader sees them. */
type Namer = (tx: Tx, orgId: string, ids: string[]) => Promise<Map<string, string>>

const namers = new Map<string, Namer>()

/** Said once by the domain that knows the subjects of this kind. */
export function nameSubjects(kind: string, namer: Namer): void {
  namers.set(kind, namer)
}

export async function subjectNames(
  tx: Tx,
  orgId: string,
  rows: readonly { subject_kind: string; subject_id: string | null }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [kind, namer] of namers) {
    const ids = rows.flatMap((row) => (row.subject_kind === kind && row.subject_id ? [row.subject_id] : []))
    if (ids.length === 0) continue
    for (const [id, name] of await namer(tx, orgId, [...new Set(ids)])) names.set(id, name)
  }
  return names
}
