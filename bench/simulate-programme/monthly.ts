// What a person decides each month: by the planner, by the review of keep, stop and shift, and by what Longrun proposes after too much was missed.

import { makeChoice } from '../../src/programme/choices/work.ts'
import { activities, type Live, month, must, path } from './live-world.ts'

/** The planner is asked, and followed where it says that its plan is worth a change. */
export async function choose({ app, people, planner }: Live, week: number, seed: number) {
  const lead = people[0]!
  const asked = await lead.call('POST', `${path}/choices`, { weeks: month, seed: seed * 1000 + week })
  if (asked.status !== 201) return { week, state: String(asked.body?.data?.code ?? asked.status), isAdopted: null }
  const { id } = asked.body
  const started = performance.now()
  await makeChoice(app.services, { orgId: lead.orgId, choiceId: id })
  planner.seconds += (performance.now() - started) / 1000
  const { state, plan } = (await lead.call('GET', `${path}/choices/${id}`)).body
  const isAdopted: boolean | null = plan ? (plan.adoption?.isAdopted ?? true) : null
  if (isAdopted) await must(lead.call('POST', `${path}/choices/${id}/put`, { reason: 'As the planner chose' }))
  return { week, state, isAdopted }
}

export async function answerRealignments({ people }: Live): Promise<number> {
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

export interface Stop {
  week: number
  channel: string
  /** It was no good line: less for a minute than half of the best, as the truth was in that week. */
  isRight: boolean
}

interface Verdict {
  id: string
  channel: string
  activity: string
  proposal: 'keep' | 'watch' | 'shift' | 'stop'
}

/** Every line is reviewed, and a person follows what is proposed. */
export async function review(live: Live, week: number): Promise<{ reviewed: number; stops: Stop[] }> {
  const lead = live.people[0]!
  const { reviews } = await must(lead.call('POST', `${path}/reviews`))
  const verdicts: Verdict[] = reviews[0]?.verdicts ?? []
  const stops: Stop[] = []
  for (const { id, channel, activity, proposal } of verdicts) {
    if (proposal !== 'stop' && proposal !== 'shift') continue
    const decided = { decision: proposal, reason: 'As the review proposes' }
    await must(lead.call('POST', `${path}/reviews/verdicts/${id}/decide`, decided))
    if (proposal === 'stop') stops.push(stopOf(live, { week, channel, activity }))
  }
  return { reviewed: verdicts.length, stops }
}

function stopOf(
  { world, year, accounts }: Live,
  { week, channel, activity }: { week: number; channel: string; activity: string },
): Stop {
  const line = world.lines.findIndex(
    (each) => accounts.get(each.channel) === channel && activities[each.kind] === activity,
  )
  const worth = world.lines.map(({ minutes }, index) => year.first[index]![week]! / minutes)
  return { week, channel: world.lines[line]!.channel, isRight: worth[line]! < Math.max(...worth) / 2 }
}
