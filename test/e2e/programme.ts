// The programme of the example: begun, with goals that were read, a commitment, and a look at where it stands.

import { addLearning } from './learning.ts'
import { dayAhead } from './posts.ts'
import type { Stage } from './stage.ts'

/** The Monday of this week where the example lives. */
function monday(): string {
  const ago = Array.from({ length: 7 }, (_, days) => dayAhead(-days))
  return ago.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1)!
}

export async function addProgramme(stage: Stage): Promise<void> {
  const {
    example: { call, org },
    database,
  } = stage
  const path = `/orgs/${org.id}/programme`
  const facts = { name: 'Harbour Outdoor: the long run', ambition: 'succeed', beginsOn: monday() }
  await call('POST', path, facts)
  await addLearning(stage)
  const set = (goal: object) => call<{ id: string }>('POST', `${path}/goals`, { dueOn: dayAhead(180), ...goal })
  const visits = await set({ title: 'Twice the visits by summer', measure: 'visits-weekly', baseline: 40, target: 80 })
  await set({ title: 'Guests who name us', measure: 'own', unit: 'guests a month', baseline: 12, target: 20 })
  await database.owner.query(`update programme_goals set set_at = now() - interval '70 days' where id = '${visits.id}'`)
  for (const [ago, value] of [
    [60, 41],
    [46, 47],
    [32, 45],
    [18, 55],
    [4, 58],
  ] as const)
    await call('PUT', `${path}/goals/${visits.id}/readings/${dayAhead(-ago)}`, { value })
  await call('POST', `${path}/commitments`, {
    ...{ fromDay: monday(), untilDay: dayAhead(330), budget: 1_200_000, currency: 'EUR', minutesWeekly: 600 },
    resources: 'Two people of marketing, one of service; the workshop lends its camera.',
    processes: 'The weekly plan; who answers for each is written beside it.',
    ...{ metrics: 'The goals of the programme, looked at each month.', stops: 'The printed customer letter.' },
  })
  const opinions = { listening: 4, answering: 4, publishing: 5, sharing: 3, measuring: 2, lasting: 4 }
  await call('POST', `${path}/assessments`, { opinions })
}
