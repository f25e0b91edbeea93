// The programme of the example as if it had begun half a year ago: its first plan, and all that this moves back in time.

import { addDays } from '../../src/lib/days.ts'
import { addPastWeeks, type PlannedWeek } from './past-weeks.ts'
import type { Stage } from './stage.ts'

/** Of what is filled only the example and its database are needed: pictures are taken without a test. */
export interface Ground {
  example: Stage['example']
  database: Pick<Stage['database'], 'db' | 'owner'>
}

/** An account by the name under which plans know it. */
export interface Channel {
  id: string
  name: string
}

/** One that people like, one that they like too, and one where nobody is. */
export type Channels = readonly [Channel, Channel, Channel]

export interface Past {
  database: Ground['database']
  orgId: string
  programmeId: string
  /** Owner, manager and contributor. */
  people: readonly [string, string, string]
  lines: ReturnType<typeof firstLines>
}

export const weeksBack = 26
/** In minutes a week; what they give at most. */
const gives = [280, 260, 210] as const

const line = <Activity extends string>(
  id: string,
  channel: string | null,
  activity: Activity,
  { times, every = 1 }: { times: number; every?: 1 | 2 },
) => ({
  ...{ id, channel, every, unit: 'week' as const },
  slots: Array.from({ length: times }, () => ({ anyOf: [{ activity }] as [{ activity: Activity }] })),
})

const firstLines = ([harbour, mountain, club]: Channels) => [
  line('harbour', harbour.name, 'short-post', { times: 4 }),
  line('mountain', mountain.name, 'short-post', { times: 3 }),
  line('club', club.name, 'short-post', { times: 3 }),
  line('status', mountain.name, 'status-update', { times: 2 }),
  line('groups', null, 'group-reply', { times: 3 }),
  line('video', harbour.name, 'short-video', { times: 1 }),
  line('blog', 'Blog', 'blog-post', { times: 1, every: 2 }),
]

/** The plan is put in force through its verb today, and its dates go back with everything that was done since. */
export async function livePlan({ example, database }: Ground, channels: Channels): Promise<Past> {
  const { call, org } = example
  const path = `/orgs/${org.id}/programme`
  const members = await call<{ id: string; role: string }[]>('GET', `/orgs/${org.id}/members`)
  const people = ['owner', 'manager', 'contributor'].map((role) => members.find((each) => each.role === role)!.id)
  await giveDepartments(example, people)
  for (const [index, id] of people.entries())
    await database.owner.query(
      `insert into load_ceilings (org_id, member_id, minutes_weekly, set_at, set_by) values ($1, $2, $3, now(), $2)`,
      [org.id, id, gives[index]],
    )
  const lines = firstLines(channels)
  const reason = 'What three of us can do beside the shop, on three accounts to begin with'
  const { planned } = await call<{ planned: PlannedWeek[] }>('POST', `${path}/plan`, { lines, reason, after: null })
  const { programme } = await call<{ programme: { id: string } }>('GET', path)
  const past = { database, orgId: org.id, programmeId: programme.id, people, lines } as unknown as Past
  await putBack(past)
  await addPastWeeks(
    past,
    planned.map(({ monday, minutes }) => ({ monday: addDays(monday, -7 * weeksBack), minutes })),
  )
  return past
}

/** So that one sees how work is shared: the last one is of service, the others of marketing. */
async function giveDepartments({ call, org }: Ground['example'], people: readonly string[]): Promise<void> {
  const there = await call<{ id: string; name: string }[]>('GET', `/orgs/${org.id}/departments`)
  const named = async (name: string) =>
    there.find((each) => each.name === name) ??
    (await call<{ id: string }>('POST', `/orgs/${org.id}/departments`, { name }))
  const [marketing, service] = [await named('Marketing'), await named('Customer service')]
  for (const [index, id] of people.entries())
    await call('PATCH', `/orgs/${org.id}/members/${id}`, { departmentId: index === 2 ? service.id : marketing.id })
}

/** The programme, its plan, who works for it and its accounts: all of them were there before. */
async function putBack({ database, orgId }: Past): Promise<void> {
  const days = weeksBack * 7
  const run = (text: string) => database.owner.query(text, [orgId, days])
  await run(`update programmes set begins_on = begins_on - $2::integer, begun_at = begun_at - make_interval(days => $2)
    where org_id = $1`)
  await run(`update plan_versions set made_at = made_at - make_interval(days => $2),
      cadence = jsonb_set(cadence, '{from}', to_jsonb(((cadence->>'from')::date - $2::integer)::text)),
      ground = jsonb_set(ground, '{from}', to_jsonb(((ground->>'from')::date - $2::integer)::text)),
      weeks = (select jsonb_agg(jsonb_set(week, '{monday}', to_jsonb(((week->>'monday')::date - $2::integer)::text)) order by at)
        from jsonb_array_elements(weeks) with ordinality each (week, at))
    where org_id = $1`)
  for (const table of ['members', 'accounts'])
    await run(`update ${table} set created_at = created_at - make_interval(days => $2 + 100) where org_id = $1`)
}
