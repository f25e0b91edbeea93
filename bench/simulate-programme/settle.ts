// The beginning: the organisation, its people, accounts and absences, its programme, and a first plan.

import { addDays } from '../../src/lib/days.ts'
import { activityOf } from '../../src/programme/load/costs/activities.ts'
import { connectAccount } from '../../src/programme/worth/worth.testing.ts'
import type { TestApp, TestSession } from '../../test/world/app.ts'
import { activities, begin, must, path, sumOf } from './live-world.ts'
import { weeks, type Year } from './truth.ts'
import type { Truth, World } from './worlds.ts'

/** The first plan is the same of everything, as nobody knows better. */
export async function settle(app: TestApp, world: World, year: Year) {
  const { name, ambition, people: ceilings, lines, sprint } = world
  const orgId = await app.found(name)
  const people = [await app.as('owner', orgId)]
  for (const _ of ceilings.slice(1)) people.push(await app.as('contributor', orgId))
  // As sessions of sign-in are of whoever is there each day: they are renewed by the days of the machine, and here years go by in a minute.
  await app.database.owner.query("update sessions set expires_at = '2030-01-01'")
  const lead = people[0]!
  const accounts = new Map<string, string>()
  for (const channel of new Set(lines.map((line) => line.channel)))
    accounts.set(channel, await connectAccount(app, lead, channel))
  await must(lead.call('POST', path, { name: 'The long run', ambition, beginsOn: begin }))
  const { rungs } = await must(lead.call('GET', `${path}/ladder`))
  await must(lead.call('POST', `${path}/ladder/${rungs[0].id}/begin`, {}))
  // Whoever sprints asks for no measure.
  if (!sprint) await must(lead.call('POST', `${path}/goals`, goal))
  if (sprint)
    for (const id of accounts.values())
      await must(lead.call('PUT', `${path}/guards/outlets/${id}`, { openedOn: begin }))
  for (const [index, person] of people.entries())
    await must(person.call('PUT', `${path}/time/ceiling`, { minutesWeekly: ceilings[index] }))
  const cadence = lines.map((line, index) => firstLine(line, index, (beginWith * sumOf(ceilings)) / lines.length))
  await must(lead.call('POST', `${path}/plan`, { lines: cadence, reason: 'The same of everything', after: null }))
  for (const person of people) await announceAbsences(lead, person, year)
  return { people, accounts }
}

/** Each is away for a week twice a year. */
async function announceAbsences(lead: TestSession, { memberId }: TestSession, { even }: Year): Promise<void> {
  for (const half of [0, 1]) {
    const from = addDays(begin, 7 * Math.floor((half + even()) * (weeks / 2)))
    const span = { from: `${from}T00:00:00.000Z`, to: `${addDays(from, 7)}T00:00:00.000Z`, memberId }
    await must(lead.call('POST', '/orgs/{org}/absences', { ...span, reason: 'Away' }))
  }
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

const goal = {
  ...{ title: 'More people who write to us', measure: 'own', unit: 'messages a week' },
  ...{ baseline: 10, target: 20, dueOn: addDays(begin, 360) },
}
