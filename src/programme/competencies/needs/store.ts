// Every query of needs, and everything that says who may do what.

import { type Selectable, sql } from 'kysely'
import { keepPlan } from '../../../db/pool.ts'
import type { ActivityNeeds } from '../../../db/schema.gen.ts'
import { sideBySide } from '../../../db/side-by-side.ts'
import type { Tx } from '../../../db/tx.ts'
import { readActiveMembers } from '../../../people/directory.ts'
import { buddyRows } from '../people/store.ts'
import { rungRows, skillsOf, stepRows } from '../store.ts'
import { type Abilities, abilitiesOf, type Grounds } from './rules.ts'
import type { NeedFacts } from './types.ts'

export type NeedRow = Selectable<ActivityNeeds>

/** Those that hold. */
export const needRows = (tx: Tx, orgId: string): Promise<NeedRow[]> =>
  tx
    .selectFrom('activity_needs')
    .select(['org_id', 'activity', 'competency_key', 'said_at', 'said_by', 'taken_back_at'])
    .where('org_id', '=', orgId)
    .where('taken_back_at', 'is', null)
    .orderBy('activity')
    .modifyEnd(keepPlan)
    .execute()

export const putNeed = (
  tx: Tx,
  orgId: string,
  { activity, key, by, at }: NeedFacts & { by: string; at: Date },
): Promise<unknown> => {
  const said = { competency_key: key, said_at: at, said_by: by, taken_back_at: null }
  return tx
    .insertInto('activity_needs')
    .values({ org_id: orgId, activity, ...said })
    .onConflict((same) => same.columns(['org_id', 'activity']).doUpdateSet(said))
    .execute()
}

export const takeNeedBack = (tx: Tx, orgId: string, activity: string, at: Date): Promise<unknown> =>
  tx
    .updateTable('activity_needs')
    .set({ taken_back_at: at })
    .where('org_id', '=', orgId)
    .where('activity', '=', activity)
    .where('taken_back_at', 'is', null)
    .execute()

/** Keys of which somebody got a certificate that nobody took back, whether it counts today or not. */
async function shownKeys(tx: Tx, orgId: string, programmeId: string): Promise<Set<string>> {
  const found = await sql<{ key: string }>`
    select distinct c.key from certificates t join competencies c on c.org_id = t.org_id and c.id = t.competency_id
      where t.org_id = ${orgId} and c.programme_id = ${programmeId} and c.removed_at is null and t.ended_at is null ${keepPlan}`.execute(
    tx,
  )
  return new Set(found.rows.map(({ key }) => key))
}

export async function readGrounds(
  tx: Tx,
  orgId: string,
  { programmeId, today }: { programmeId: string; today: string },
): Promise<Grounds> {
  const [rungs, steps, members, needs, shown, skills, buddies] = await sideBySide(tx, (at) => [
    rungRows(at, orgId, programmeId),
    stepRows(at, orgId, programmeId),
    readActiveMembers(at, orgId),
    needRows(at, orgId),
    shownKeys(at, orgId, programmeId),
    skillsOf(at, orgId, today),
    buddyRows(at, orgId),
  ])
  // Who has left is at nobody's side any more.
  const here = new Set(members.map(({ id }) => id))
  const onLadder = new Set(steps.flatMap((step) => (step.set_aside_at === null ? [step.competency_id] : [])))
  return {
    rungs,
    begun: new Set(rungs.flatMap(({ id, key }) => (onLadder.has(id) ? [key] : []))),
    said: new Map(needs.map((row) => [row.activity, row.competency_key])),
    ...{ shown, skills },
    buddies: buddies
      .filter((row) => here.has(row.buddy_id))
      .map((row) => ({ noviceId: row.novice_id, buddyId: row.buddy_id })),
  }
}

export const readAbilities = async (
  tx: Tx,
  orgId: string,
  of: { programmeId: string; today: string },
): Promise<Abilities> => abilitiesOf(await readGrounds(tx, orgId, of))
