// The programme of the example, half a year old: a plan that was lived, goals that were read, a commitment, money, decisions, and what today asks for.

import { addLearning } from './learning.ts'
import { addMoney } from './money.ts'
import { addDecisions } from './past-decisions.ts'
import { climb } from './past-ladder.ts'
import { type Channels, type Ground, livePlan, weeksBack } from './past-plan.ts'
import type { Colleague } from './people.ts'
import { dayAhead, thisMonday } from './posts.ts'

interface With {
  channels: Channels
  /** Somebody besides the owner who may approve money. */
  approver: Colleague
  campaign: string
}

/** Needs a manager and a contributor among its members. */
export async function addProgramme(ground: Ground, { channels, approver, campaign }: With): Promise<void> {
  const { call, org } = ground.example
  const path = `/orgs/${org.id}/programme`
  const facts = { name: 'Harbour Outdoor: the long run', ambition: 'succeed', beginsOn: thisMonday() }
  await call('POST', path, facts)
  await addLearning(ground)
  const past = await livePlan(ground, channels)
  await addGoals(ground)
  await call('POST', `${path}/commitments`, {
    ...{ fromDay: thisMonday(), untilDay: dayAhead(330), budget: 1_200_000, currency: 'EUR', minutesWeekly: 750 },
    resources: 'Two people of marketing, one of service; the workshop lends its camera.',
    processes: 'The weekly plan; who answers for each is written beside it.',
    ...{ metrics: 'The goals of the programme, looked at each month.', stops: 'The printed customer letter.' },
  })
  await climb(ground, past)
  await addDecisions(ground, past, channels)
  const opinions = { listening: 4, answering: 4, publishing: 5, sharing: 3, measuring: 2, lasting: 4 }
  await call('POST', `${path}/assessments`, { opinions })
  await addMoney(ground, { approver, channel: channels[0].name, campaign })
  await addToday(ground)
}

/** Read by hand each week, up and down on a way that leads upwards. */
async function addGoals({ example: { call, org }, database }: Ground): Promise<void> {
  const path = `/orgs/${org.id}/programme/goals`
  const set = (goal: object) => call<{ id: string }>('POST', path, { dueOn: dayAhead(180), ...goal })
  const visits = await set({ title: 'Twice the visits by summer', measure: 'visits-weekly', baseline: 40, target: 80 })
  const unit = 'guests a month'
  const guests = await set({ title: 'Guests who name us', measure: 'own', unit, baseline: 12, target: 34 })
  for (const [{ id }, from, drift] of [
    [visits, 40, 0.9],
    [guests, 12, 0.55],
  ] as const) {
    const values = Array.from({ length: weeksBack }, (_, week) =>
      Math.round(from + drift * week + 3 * Math.sin(week * 1.7)),
    )
    await database.owner.query(
      `insert into goal_readings (org_id, goal_id, on_day, value, note, read_at)
        select $1, $2, $3::date - 7 * ($4 - n::integer), value, '', now() from unnest($5::float8[]) with ordinality each (value, n)`,
      [org.id, id, dayAhead(0), weeksBack, values],
    )
  }
  await database.owner.query(
    `update programme_goals set set_at = now() - make_interval(days => $2) where org_id = $1`,
    [...[org.id, 7 * weeksBack]],
  )
}

/** The guards have looked; the first thing of the day is done. */
async function addToday({ example: { call, org } }: Ground): Promise<void> {
  const path = `/orgs/${org.id}/programme`
  await call('POST', `${path}/guards/check`)
  const { open } = await call<{ open: { id: string }[] }>('GET', `${path}/sessions/now?minutes=60`)
  if (open[0]) await call('POST', `${path}/sessions/${open[0].id}/done`, {})
}
