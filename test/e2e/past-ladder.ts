// How the example climbed: listening by what Longrun holds of twelve weeks, answering before the summer ended, and publishing, which it learns now.

import { addDays } from '../../src/lib/days.ts'
import { newId } from '../../src/lib/ids.ts'
import { addBriefs, addCoding, addListening, type Diligent } from '../../src/programme/competencies/ground.testing.ts'
import type { Ground, Past } from './past-plan.ts'
import { dayAhead } from './posts.ts'

interface Rung {
  id: string
  key: string
  gates: { measure: string; bound: number; activity: string | null }[]
  teams: { stepId: string | null }[]
}

interface Ladder {
  rungs: Rung[]
}

/** Listening has begun (learning.ts). */
export async function climb(ground: Ground, past: Past): Promise<void> {
  const { call, org } = ground.example
  const path = `/orgs/${org.id}/programme`
  await bringEvidence(past)
  const { rungs } = await call<Ladder>('GET', `${path}/ladder`)
  const [listening, answering, publishing] = rungs as [Rung, Rung, Rung]
  await call('POST', `${path}/ladder-steps/${stepOf(listening)}/master`)
  await movedBack(past)
  await hadMastered(past, answering)
  const now = await call<Ladder>('POST', `${path}/ladder/${publishing.id}/begin`)
  await call('POST', `${path}/ladder-steps/${stepOf(now.rungs[2]!)}/look`)
}

const stepOf = ({ teams }: Rung): string => teams.flatMap(({ stepId }) => stepId ?? [])[0]!

/** Heard, read and coded. */
async function bringEvidence({ database, orgId, people }: Past): Promise<void> {
  const [memberId, other] = people
  const query = (text: string, values: unknown[]) => database.owner.query(text, values)
  const given: Diligent = { query, orgId, memberId, today: dayAhead(0) }
  await addListening(given)
  await addCoding(given, other)
  // What Longrun itself has drafted of these weeks since it started stands in their place.
  await query('delete from listening_briefs where org_id = $1', [orgId])
  await addBriefs(given, 6)
}

/** Listening was begun with the programme and mastered ten weeks later. */
async function movedBack({ database, orgId }: Past): Promise<void> {
  const run = (text: string) => database.owner.query(text, [orgId])
  await run(
    `update competency_steps set begun_at = begun_at - interval '180 days', mastered_at = mastered_at - interval '110 days' where org_id = $1`,
  )
  await run(`update gate_openings set opened_at = opened_at - interval '115 days' where org_id = $1`)
  await run(`update competency_entries set at = at - interval '180 days' where org_id = $1 and kind = 'begun'`)
  await run(`update competency_entries set at = at - interval '110 days' where org_id = $1 and kind = 'mastered'`)
}

/** With each gate as it was read when it opened. */
async function hadMastered({ database, orgId, programmeId, people }: Past, rung: Rung): Promise<void> {
  const id = newId()
  const [from, to] = [addDays(dayAhead(-40), -84), dayAhead(-40)]
  await database.owner.query(
    `insert into competency_steps (org_id, id, programme_id, competency_id, begun_at, begun_by, mastered_at, mastered_by)
      values ($1, $2, $3, $4, now() - interval '110 days', $5, now() - interval '40 days', $5)`,
    [orgId, id, programmeId, rung.id, people[0]],
  )
  for (const { measure, bound, activity } of rung.gates)
    await database.owner.query(
      `insert into gate_openings (org_id, step_id, gate, opened_at, evidence) values ($1, $2, $3, now() - interval '44 days', $4)`,
      [orgId, id, activity ? `${measure}:${activity}` : measure, JSON.stringify({ value: bound, of: 60, from, to })],
    )
}
