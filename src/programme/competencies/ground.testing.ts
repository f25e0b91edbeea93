// What twelve weeks of a diligent organisation leave behind, row by row, so that gates have something to read.

import { addDays, mondayOf } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'

export interface Diligent {
  /** As the owner of the database. */
  query: (text: string, values: unknown[]) => Promise<unknown>
  orgId: string
  memberId: string
  today: string
}

/** Heard on 30 days; 200 mentions kept. */
export async function addListening(given: Diligent): Promise<void> {
  const { query, orgId, memberId, today } = given
  const days = Array.from({ length: 30 }, (_, ago) => `${addDays(today, -ago - 1)}T12:00:00Z`)
  await query(
    `insert into topics (org_id, id, number, name, kind, version, query, created_at, created_by)
      select $1, $2, coalesce(max(number), 0) + 1, 'Harbour', 'brand', 1, 'harbour', now(), $3 from topics where org_id = $1`,
    [orgId, newId(), memberId],
  )
  for (const at of days)
    await query(
      `insert into topic_hours (org_id, topic, network, at, total, negative, positive, judged) select $1, max(number), 'fake', $2, 3, 0, 0, 0 from topics where org_id = $1`,
      [orgId, at],
    )
  for (let n = 0; n < 200; n++)
    await query('insert into saved_mentions (org_id, mention_id, saved_at, saved_by) values ($1, $2, $3, $4)', [
      ...[orgId, newId(), days[n % days.length], memberId],
    ])
}

/** Two people who agree on all of 60 texts. */
export async function addCoding(given: Diligent, other: string): Promise<void> {
  const { query, orgId, memberId, today } = given
  const set = newId()
  const at = `${addDays(today, -9)}T12:00:00Z`
  await query(
    `insert into coding_sets (org_id, id, name, label, topic, from_at, to_at, stratified, seed, population, created_at, created_by, finished_at, finished_by)
      select $1, $2, 'May', 'sentiment', max(number), $3, $3, false, 1, 60, $3, $4, $3, $4 from topics where org_id = $1`,
    [orgId, set, at, memberId],
  )
  for (const [index, member] of [memberId, other].entries())
    await query('insert into coding_coders (org_id, set_id, member_id, seat) values ($1, $2, $3, $4)', [
      ...[orgId, set, member, index + 1],
    ])
  for (let place = 0; place < 60; place++) {
    await query(
      `insert into coding_items (org_id, set_id, place, mention_id, mention_at, language, weight) values ($1, $2, $3, $4, $5, 'en', 1)`,
      [orgId, set, place, newId(), at],
    )
    for (const member of [memberId, other])
      await query('insert into codes (org_id, set_id, place, member_id, value, at) values ($1, $2, $3, $4, $5, $6)', [
        ...[orgId, set, place, member, ['1', '-1'][place % 2], at],
      ])
  }
}

/** Published each week and read by its reader. */
export async function addBriefs(given: Diligent, count: number): Promise<void> {
  const { query, orgId, memberId, today } = given
  for (let back = 1; back <= count; back++) {
    const week = addDays(mondayOf(today), -7 * back)
    const [brief, at] = [newId(), `${addDays(week, 1)}T09:00:00Z`]
    await query(
      `insert into listening_briefs (org_id, id, week, state, revision, figures, figures_at, reader_ids, department_ids, created_at, published_at)
        values ($1, $2, $3::date, 'published', 1, '{}', $4, '{}', '{}', $4, $4)`,
      [orgId, brief, week, at],
    )
    await query(
      `insert into listening_brief_readers (org_id, brief_id, member_id, read_at, read_by) values ($1, $2, $3, $4, 'app')`,
      [orgId, brief, memberId, at],
    )
  }
}

/** A plan of 60 minutes a week since then, and as many weeks in which they were done. */
export async function addKeptWeeks(given: Diligent, programmeId: string, count: number): Promise<void> {
  const { query, orgId, memberId, today } = given
  const mondays = Array.from({ length: count }, (_, back) => addDays(mondayOf(today), -7 * (back + 1)))
  const weeks = mondays.map((monday) => ({ monday, minutes: 60, phase: 'build', because: 'pace', limit: null }))
  await query(
    `insert into plan_versions (org_id, programme_id, number, cadence, ground, weeks, reason, made_at, made_by)
      select $1, $2, coalesce(max(number), 0) + 1, '{"from":"2026-01-05","lines":[]}', '{}', $3, 'As we work', $4, $5 from plan_versions where org_id = $1`,
    [orgId, programmeId, JSON.stringify(weeks), `${mondays.at(-1)}T08:00:00Z`, memberId],
  )
  for (const monday of mondays)
    await query(
      `insert into time_entries (org_id, id, member_id, activity, on_day, minutes, how, items, note, noted_at)
        values ($1, $2, $3, 'short-post', $4::date, 55, 'typed', 5, '', $5)`,
      [orgId, newId(), memberId, addDays(monday, 2), `${addDays(monday, 2)}T18:00:00Z`],
    )
}
