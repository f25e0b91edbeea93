// A year of one organisation through the real verbs and jobs, at a clock that jumps: people do what their sessions say, what they do goes out
// and brings what the truth gives, the planner is asked each month, and a person follows it.

import { inOrg } from '../../src/db/tx.ts'
import { addDays } from '../../src/lib/days.ts'
import { makeChoice } from '../../src/programme/choices/work.ts'
import { activityOf } from '../../src/programme/load/costs/activities.ts'
import { makeSessions } from '../../src/programme/sessions/upkeep.ts'
import { connectAccount } from '../../src/programme/worth/worth.testing.ts'
import type { Answer, TestApp, TestSession } from '../../test/world/app.ts'
import { publishItems } from './publish.ts'
import { drawYear, isCrisis, weeks, worthOf, type Year } from './truth.ts'
import type { Truth, World } from './worlds.ts'

export interface Lived {
  world: World
  year: Year
  /** By week: minutes that were worked, and the value that the truth expects of what went out. */
  minutes: number[]
  value: number[]
  /** Rules that a plan or its sessions broke, in words. */
  broken: string[]
  choices: { week: number; state: string; isAdopted: boolean | null }[]
  realigned: number
  /** Of the guards, after the second week and every fourth one. */
  levels: { week: number; level: 'steady' | 'watch' | 'intervene' }[]
}

interface Live {
  app: TestApp
  setNow: (at: Date) => void
  world: World
  year: Year
  people: TestSession[]
  accounts: Map<string, string>
  /** What a session took, by its id. */
  spent: Map<string, number>
}

const path = '/orgs/{org}/programme'
const begin = '2027-01-04'
/** Weeks from one question to the planner to the next. */
const month = 4

export async function liveYear(app: TestApp, setNow: (at: Date) => void, world: World, seed: number): Promise<Lived> {
  const year = drawYear(world, seed)
  setNow(new Date(`${begin}T05:00:00Z`))
  const live: Live = { app, setNow, world, year, spent: new Map(), ...(await settle(app, world)) }
  const lived: Lived = { world, year, minutes: [], value: [], broken: [], choices: [], realigned: 0, levels: [] }
  for (let week = 0; week < weeks; week++) {
    setNow(new Date(`${addDays(begin, 7 * week)}T05:00:00Z`))
    if (week > 0 && week % month === 0) lived.choices.push(await choose(live, week, seed))
    lived.realigned += await answerRealignments(live)
    const { minutes, value } = await liveWeek(live, week)
    lived.minutes.push(minutes)
    lived.value.push(value)
    lived.broken.push(...(await brokenIn(live, week)))
    if (week === 1 || week % month === 0) lived.levels.push({ week, level: await levelOf(live) })
  }
  return lived
}

/** The organisation, its people and accounts, its programme, and a first plan: the same of everything, as nobody knows better. */
async function settle(app: TestApp, { name, ambition, people: ceilings, lines, sprint }: World) {
  const orgId = await app.found(name)
  const people = [await app.as('owner', orgId)]
  for (const _ of ceilings.slice(1)) people.push(await app.as('contributor', orgId))
  const lead = people[0]!
  const accounts = new Map<string, string>()
  for (const channel of new Set(lines.map((line) => line.channel)))
    accounts.set(channel, await connectAccount(app, lead, channel))
  await must(lead.call('POST', path, { name: 'The long run', ambition, beginsOn: begin }))
  // Whoever sprints asks for no measure.
  if (!sprint) await must(lead.call('POST', `${path}/goals`, goal))
  if (sprint)
    for (const id of accounts.values())
      await must(lead.call('PUT', `${path}/guards/outlets/${id}`, { openedOn: begin }))
  for (const [index, person] of people.entries())
    await must(person.call('PUT', `${path}/time/ceiling`, { minutesWeekly: ceilings[index] }))
  const cadence = lines.map((line, index) => firstLine(line, index, (beginWith * sumOf(ceilings)) / lines.length))
  await must(lead.call('POST', `${path}/plan`, { lines: cadence, reason: 'The same of everything', after: null }))
  return { people, accounts }
}

/** Share of what people give; what is left is for what comes between. */
const beginWith = 0.8

/** As many whole items of a line as its minutes are for, in the shortest period up to two months that holds one. */
function firstLine({ channel, kind }: Truth, index: number, minutes: number) {
  const activity = activities[kind]
  const weekly = Math.min(7, minutes / activityOf(activity)!.minutes)
  const every = weekly >= 1 ? 1 : Math.min(8, Math.ceil(1 / weekly))
  const slots = Array.from({ length: Math.max(1, Math.floor(weekly * every + 1e-6)) }, () => ({
    anyOf: [{ activity }],
  }))
  return { id: `first-${index}`, channel, every, unit: 'week', slots }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

const goal = {
  ...{ title: 'More people who write to us', measure: 'own', unit: 'messages a week' },
  ...{ baseline: 10, target: 20, dueOn: addDays(begin, 360) },
}

const activities = { post: 'short-post', article: 'blog-post', video: 'short-video' } as const

async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

/** The planner is asked, and followed where it says that its plan is worth a change. */
async function choose({ app, people }: Live, week: number, seed: number) {
  const lead = people[0]!
  const asked = await lead.call('POST', `${path}/choices`, { weeks: month, seed: seed * 1000 + week })
  if (asked.status !== 201) return { week, state: String(asked.body?.data?.code ?? asked.status), isAdopted: null }
  const { id } = asked.body
  await makeChoice(app.services, { orgId: lead.orgId, choiceId: id })
  const { state, plan } = (await lead.call('GET', `${path}/choices/${id}`)).body
  const isAdopted: boolean | null = plan ? (plan.adoption?.isAdopted ?? true) : null
  if (isAdopted) await must(lead.call('POST', `${path}/choices/${id}/put`, { reason: 'As the planner chose' }))
  return { week, state, isAdopted }
}

async function answerRealignments({ people }: Live): Promise<number> {
  const lead = people[0]!
  const open = (await lead.call('GET', `${path}/sessions/realignments`)).body.filter(
    ({ answeredAt }: { answeredAt: string | null }) => answeredAt === null,
  )
  for (const { id } of open)
    await must(
      lead.call('POST', `${path}/sessions/realignments/${id}`, { isAccepted: true, reason: 'Weeks were heavy' }),
    )
  return open.length
}

/** What the guards say at the end of a week. */
const levelOf = async ({ people }: Live): Promise<Lived['levels'][number]['level']> =>
  (await must(people[0]!.call('GET', `${path}/guards`))).sprint.level

/** Beside the plan, every day, everywhere. */
async function sprintOn({ world, people }: Live, { week, today }: { week: number; today: string }): Promise<void> {
  const minutes = world.sprint?.[week] ?? 0
  if (minutes === 0) return
  for (const [index, { channel, kind }] of world.lines.entries()) {
    const own = Math.max(1, Math.round((minutes / world.lines.length) * (1 + 0.1 * index)))
    const facts = { activity: activities[kind], channel, day: today, minutes: own, items: 0 }
    await must(people[0]!.call('POST', `${path}/time`, facts))
  }
}

/** Whoever sprinted does hardly anything for five weeks. */
const tired = 5
const isTired = ({ sprint }: World, week: number): boolean =>
  sprint !== undefined && week >= sprint.length && week < sprint.length + tired

interface Row {
  id: string
  item: string
  part: number
  parts: number
  member_id: string | null
  activity: string
  channel: string | null
  minutes: number
  on_day: string | null
  state: string
}

const sessionRows = ({ app, people }: Live, from: string, to: string): Promise<Row[]> =>
  inOrg(app.services.db, people[0]!.orgId, (tx) =>
    tx
      .selectFrom('plan_sessions')
      .select(['id', 'item', 'part', 'parts', 'member_id', 'activity', 'channel', 'minutes', 'on_day', 'state'])
      .where('org_id', '=', people[0]!.orgId)
      .where('on_day', '>=', from)
      .where('on_day', '<=', to)
      .orderBy('on_day')
      .orderBy('id')
      .execute(),
  )

/** Day by day: sessions are kept, people do most of what stands on the day, and what is whole goes out. */
async function liveWeek(live: Live, week: number): Promise<{ minutes: number; value: number }> {
  const { app, setNow, world, year, people, accounts, spent } = live
  const byMember = new Map(people.map((person) => [person.memberId, person]))
  const diligence = world.diligence * (isCrisis(world, week) ? 0.67 : 1) * (isTired(world, week) ? 0.2 : 1)
  const counts = world.lines.map(() => 0)
  let minutes = 0
  for (let day = 0; day < 7; day++) {
    const today = addDays(begin, 7 * week + day)
    setNow(new Date(`${today}T06:00:00Z`))
    await makeSessions(app.services, people[0]!.orgId)
    const rows = (await sessionRows(live, today, today)).filter(({ state }) => state === 'planned')
    setNow(new Date(`${today}T15:00:00Z`))
    const out: { accountId: string; kind: 'post' | 'article' | 'video'; likes: number; at: Date }[] = []
    for (const row of rows) {
      if (year.even() > diligence) continue
      const line = world.lines.findIndex(
        ({ channel, kind }) => channel === row.channel && activities[kind] === row.activity,
      )
      const truth = world.lines[line]!
      const took = Math.max(1, Math.round(year.took({ ...truth, minutes: truth.minutes / row.parts })))
      spent.set(row.id, took)
      await must(byMember.get(row.member_id!)!.call('POST', `${path}/sessions/${row.id}/done`, { minutes: took }))
      minutes += truth.minutes / row.parts
      if (!(await isWhole(live, row))) continue
      const expected = year.first[line]![week]! * truth.decay ** counts[line]!
      counts[line]! += 1
      const likes = year.draw(expected)
      out.push({ accountId: accounts.get(truth.channel)!, kind: truth.kind, likes, at: new Date(`${today}T15:00:00Z`) })
    }
    await sprintOn(live, { week, today })
    if (out.length > 0) await publishItems(app.services.db, people[0]!, out)
  }
  const value = counts.reduce(
    (sum, items, line) => sum + worthOf(year.first[line]![week]!, world.lines[line]!.decay, items),
    0,
  )
  return { minutes, value }
}

/** A long piece goes out when its last part is done. */
async function isWhole({ app, people }: Live, { item, parts }: Row): Promise<boolean> {
  if (parts === 1) return true
  const { orgId } = people[0]!
  const { n } = await inOrg(app.services.db, orgId, (tx) =>
    tx
      .selectFrom('plan_sessions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('org_id', '=', orgId)
      .where('item', '=', item)
      .where('state', '=', 'done')
      .executeTakeFirstOrThrow(),
  )
  return Number(n) === parts
}

/** Nobody above what they give; no week that the rules refuse; no session of a day that is over left without a word. */
async function brokenIn(live: Live, week: number): Promise<string[]> {
  const { world, people, setNow, app, spent } = live
  const [from, to] = [addDays(begin, 7 * week), addDays(begin, 7 * week + 6)]
  const rows = await sessionRows(live, from, to)
  const over = people.flatMap((person, index) => {
    const own = rows.filter((row) => row.member_id === person.memberId && ['planned', 'done'].includes(row.state))
    // That something took longer than it was planned breaks no rule, and what was quicker leaves time for more.
    const minutes = sumOf(own.map((row) => Math.min(row.minutes, spent.get(row.id) ?? row.minutes)))
    return minutes > world.people[index]! + 1e-6
      ? [`week ${week + 1}: a person has ${minutes} of ${world.people[index]} minutes`]
      : []
  })
  setNow(new Date(`${addDays(to, 1)}T04:00:00Z`))
  await makeSessions(app.services, people[0]!.orgId)
  const left = (await sessionRows(live, from, to)).filter(({ state }) => state === 'planned')
  const { outlook } = (await people[0]!.call('GET', `${path}/plan`)).body
  const refused = (outlook?.findings ?? []).filter(({ severity }: { severity: string }) => severity === 'refused')
  return [
    ...over,
    ...left.map(({ on_day }) => `week ${week + 1}: a session of ${on_day} was lost`),
    ...refused.map(
      ({ rule, requirement, says }: Record<string, string>) => `week ${week + 1}: ${rule} (${requirement}): ${says}`,
    ),
  ]
}
