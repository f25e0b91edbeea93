// Every query of the ladder: its rungs, teams on them, what opened gates, observations, and who has which skill.

import { type Selectable, sql } from 'kysely'
import { locks } from '../../db/locks.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Competencies, CompetencyEntries, CompetencyObservations, CompetencySteps } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { CompetencyFacts, Evidence, Gate, ObservationFacts } from './types.ts'

export type CompetencyRow = Omit<Selectable<Competencies>, 'gates'> & { gates: Gate[] }
export type StepRow = Selectable<CompetencySteps>
export type EntryRow = Omit<Selectable<CompetencyEntries>, 'facts'> & { facts: Record<string, unknown> }
export type ObservationRow = Selectable<CompetencyObservations>

/** Whoever changes the ladder or climbs it waits for the others: rules look at all of it. */
export const lockLadder = (tx: Tx, orgId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${locks.ladder}, hashtext(${orgId}))`.execute(tx)

/** Lowest first; those that were not taken away. */
export const rungRows = async (tx: Tx, orgId: string, programmeId: string): Promise<CompetencyRow[]> =>
  (await tx
    .selectFrom('competencies')
    .select([
      'org_id',
      'id',
      'programme_id',
      'key',
      'name',
      'means',
      'place',
      'gates',
      'added_at',
      'added_by',
      'removed_at',
    ])
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .orderBy('place')
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()) as unknown as CompetencyRow[]

export const findCompetency = async (tx: Tx, orgId: string, id: string): Promise<CompetencyRow | undefined> =>
  (await tx
    .selectFrom('competencies')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()) as unknown as CompetencyRow | undefined

interface NewCompetency extends CompetencyFacts {
  programmeId: string
  key: string
  place: number
  by: string
  at: Date
}

export async function insertCompetency(tx: Tx, orgId: string, given: NewCompetency): Promise<string> {
  const id = newId()
  const { programmeId, key, name, means, place, gates, at, by } = given
  await tx
    .insertInto('competencies')
    .values({
      ...{ org_id: orgId, id, programme_id: programmeId, key, name, means, place, gates: JSON.stringify(gates) },
      ...{ added_at: at, added_by: by },
    })
    .execute()
  return id
}

export const updateCompetency = (tx: Tx, orgId: string, id: string, { name, means, gates }: CompetencyFacts) =>
  tx
    .updateTable('competencies')
    .set({ name, means, gates: JSON.stringify(gates) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

export const markRemoved = (tx: Tx, orgId: string, id: string, at: Date | null) =>
  tx.updateTable('competencies').set({ removed_at: at }).where('org_id', '=', orgId).where('id', '=', id).execute()

/** From 1 on, in this order. */
export const setPlaces = (tx: Tx, orgId: string, ids: readonly string[]): Promise<unknown> =>
  sql`
    update competencies c set place = n.place from unnest(${[...ids]}::uuid[]) with ordinality n (id, place)
      where c.org_id = ${orgId} and c.id = n.id`.execute(tx)

export const stepRows = (tx: Tx, orgId: string, programmeId: string): Promise<StepRow[]> =>
  tx
    .selectFrom('competency_steps')
    .select(['org_id', 'id', 'programme_id', 'competency_id', 'department_id', 'begun_at', 'begun_by'])
    .select(['mastered_at', 'mastered_by', 'set_aside_at', 'set_aside_by', 'set_aside_reason'])
    .where('org_id', '=', orgId)
    .where('programme_id', '=', programmeId)
    .orderBy('begun_at')
    .orderBy('id')
    .modifyEnd(keepPlan)
    .execute()

export const findStep = (tx: Tx, orgId: string, id: string): Promise<StepRow | undefined> =>
  tx.selectFrom('competency_steps').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

export async function insertStep(
  tx: Tx,
  orgId: string,
  step: Pick<StepRow, 'programme_id' | 'competency_id' | 'department_id' | 'begun_at' | 'begun_by'>,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('competency_steps')
    .values({ org_id: orgId, id, ...step })
    .execute()
  return id
}

export const updateStep = (tx: Tx, orgId: string, id: string, values: Partial<Omit<StepRow, 'org_id' | 'id'>>) =>
  tx.updateTable('competency_steps').set(values).where('org_id', '=', orgId).where('id', '=', id).execute()

/** Of programmes that go on, of every organisation: runs as the system. */
export async function stepsGoingOn(tx: Tx): Promise<{ org_id: string; id: string }[]> {
  const found = await sql<{ org_id: string; id: string }>`
    select s.org_id, s.id from competency_steps s join programmes p on p.org_id = s.org_id and p.id = s.programme_id
      where p.ended_at is null and s.mastered_at is null and s.set_aside_at is null order by s.org_id, s.id`.execute(tx)
  return found.rows
}

export interface Opening {
  step_id: string
  gate: string
  opened_at: Date
  evidence: Evidence & { bound: number }
}

export const openingRows = async (tx: Tx, orgId: string, stepIds: readonly string[]): Promise<Opening[]> =>
  (await tx
    .selectFrom('gate_openings')
    .select(['step_id', 'gate', 'opened_at', 'evidence'])
    .where('org_id', '=', orgId)
    .where('step_id', '=', sql<string>`any(${[...stepIds]}::uuid[])`)
    .execute()) as unknown as Opening[]

/** The first reading that opened a gate stays; where the gate asks for more by now, the one that opens it anew takes its place. */
export const putOpening = (tx: Tx, orgId: string, { step_id, gate, opened_at, evidence }: Opening): Promise<unknown> =>
  sql`
    insert into gate_openings (org_id, step_id, gate, opened_at, evidence)
      values (${orgId}, ${step_id}, ${gate}, ${opened_at}, ${JSON.stringify(evidence)}::jsonb)
      on conflict (org_id, step_id, gate) do update set opened_at = excluded.opened_at, evidence = excluded.evidence`.execute(
    tx,
  )

export async function insertEntry(tx: Tx, orgId: string, entry: Omit<EntryRow, 'org_id' | 'id'>): Promise<void> {
  const { facts, ...rest } = entry
  await tx
    .insertInto('competency_entries')
    .values({ org_id: orgId, id: newId(), facts: JSON.stringify(facts), ...rest })
    .execute()
}

const mostEntries = 500

/** Newest first. */
export const entryRows = async (tx: Tx, orgId: string, competencyId: string): Promise<EntryRow[]> =>
  (await tx
    .selectFrom('competency_entries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('competency_id', '=', competencyId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostEntries)
    .execute()) as unknown as EntryRow[]

/** Newest first. */
export const observationRows = (tx: Tx, orgId: string, competencyId: string): Promise<ObservationRow[]> =>
  tx
    .selectFrom('competency_observations')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('competency_id', '=', competencyId)
    .where('taken_back_at', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** How many count, by competency. */
export async function countObservations(tx: Tx, orgId: string): Promise<Map<string, number>> {
  const found = await sql<{ id: string; count: number }>`
    select competency_id as id, count(*)::integer as count from competency_observations
      where org_id = ${orgId} and taken_back_at is null group by 1`.execute(tx)
  return new Map(found.rows.map(({ id, count }) => [id, count]))
}

/** By somebody else, that it holds; of the programme, newest first. */
export async function goodObservations(tx: Tx, orgId: string, programmeId: string): Promise<ObservationRow[]> {
  const found = await sql<ObservationRow>`
    select distinct on (o.competency_id, o.member_id) o.* from competency_observations o
      join competencies c on c.org_id = o.org_id and c.id = o.competency_id
      where o.org_id = ${orgId} and c.programme_id = ${programmeId} and c.removed_at is null and o.taken_back_at is null
        and o.outcome = 'holds' and o.made_by <> o.member_id
      order by o.competency_id, o.member_id, o.made_at desc, o.id desc`.execute(tx)
  return found.rows
}

export const findObservation = (tx: Tx, orgId: string, id: string): Promise<ObservationRow | undefined> =>
  tx
    .selectFrom('competency_observations')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()

export async function insertObservation(
  tx: Tx,
  orgId: string,
  { competencyId, memberId, said, outcome, by, at }: ObservationFacts & { competencyId: string; by: string; at: Date },
): Promise<string> {
  const id = newId()
  const what = { competency_id: competencyId, member_id: memberId, said, outcome, made_at: at, made_by: by }
  await tx
    .insertInto('competency_observations')
    .values({ org_id: orgId, id, ...what })
    .execute()
  return id
}

export const markObservation = (tx: Tx, orgId: string, id: string, takenBackAt: Date | null) =>
  tx
    .updateTable('competency_observations')
    .set({ taken_back_at: takenBackAt })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** Keys of the competencies that each member has on a day, for plans: who has a certificate that counts. */
export async function skillsOf(tx: Tx, orgId: string, today: string): Promise<Map<string, string[]>> {
  const found = await sql<{ member_id: string; skills: string[] }>`
    select t.member_id, array_agg(distinct c.key order by c.key) as skills from certificates t
      join competencies c on c.org_id = t.org_id and c.id = t.competency_id join programmes p on p.org_id = c.org_id and p.id = c.programme_id
      where t.org_id = ${orgId} and p.ended_at is null and c.removed_at is null and t.ended_at is null
        and t.since <= ${today}::date and (t.until is null or t.until >= ${today}::date)
      group by t.member_id ${keepPlan}`.execute(tx)
  return new Map(found.rows.map(({ member_id, skills }) => [member_id, skills]))
}
