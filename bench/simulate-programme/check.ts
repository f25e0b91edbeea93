// Whether a week broke a rule.

import { addDays } from '../../src/lib/days.ts'
import { freshenSessions } from '../../src/programme/sessions/upkeep.ts'
import { begin, type Live, path, sessionRows, sumOf } from './live-world.ts'

/** Nobody above what they give; no week that the rules refuse; no session of a day that is over left without a word. */
export async function brokenIn(live: Live, week: number): Promise<string[]> {
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
  await freshenSessions(app.services, people[0]!.orgId)
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
