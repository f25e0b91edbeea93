// At whose side somebody does a session: whoever has what it needs stands by whoever still learns it, and gives as many minutes.

import type { Tx } from '../../db/tx.ts'
import { readActiveMembers } from '../../people/directory.ts'
import type { Abilities } from '../competencies/needs/rules.ts'
import { readAbilities } from '../competencies/needs/store.ts'
import { findGoingOn } from '../store.ts'
import type { SessionRow } from './store.ts'

/** The name; null: nobody has to be there. */
export async function readBeside(
  tx: Tx,
  orgId: string,
  today: string,
): Promise<(row: Pick<SessionRow, 'member_id' | 'activity'>) => string | null> {
  const programme = await findGoingOn(tx, orgId)
  if (!programme) return () => null
  const abilities = await readAbilities(tx, orgId, { programmeId: programme.id, today })
  const names = new Map((await readActiveMembers(tx, orgId)).map(({ id, name }) => [id, name]))
  return ({ member_id, activity }) => (member_id && names.get(abilities.besideOf(member_id, activity) ?? '')) ?? null
}

/** Minutes of sessions of others at whose side somebody is, by them: what stands and what was done. */
export function minutesAtSide(
  rows: readonly Pick<SessionRow, 'member_id' | 'activity' | 'state' | 'minutes'>[],
  { besideOf }: Pick<Abilities, 'besideOf'>,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { member_id, activity, state, minutes } of rows) {
    const beside = state === 'planned' || state === 'done' ? member_id && besideOf(member_id, activity) : null
    if (beside) sums.set(beside, (sums.get(beside) ?? 0) + minutes)
  }
  return sums
}
