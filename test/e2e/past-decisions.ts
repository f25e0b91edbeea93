// What the example learned in half a year and decided by it: posts with their numbers, a plan that the planner chose, two reviews, and a line that stopped.

import { setTimeout as pause } from 'node:timers/promises'
import { inOrg } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { insertPublished, type PublishedRow } from '../../src/programme/worth/published.testing.ts'
import { snapshotAges } from '../../src/publishing/numbers-rules.ts'
import type { Channels, Ground, Past } from './past-plan.ts'
import { reviewMonthAgo } from './results.ts'

export async function addDecisions(ground: Ground, past: Past, channels: Channels): Promise<void> {
  await addPublished(past, channels)
  await tellOfLines(ground, channels)
  await reviewMonthAgo(ground)
  await putChosenPlan(ground)
  await stopWhereNobodyIs(ground, channels)
}

const said = [
  'The tide tables of this week, and when the ferry turns back.',
  'How a rope is spliced that holds for ten years.',
  'Which loop in which wind? Our three for short days.',
  'Repaired on Saturday: eleven zips, four stoves, one kite.',
  'Rain from the west until noon; hoods up, and out you go.',
]

/** Each five days on each of them, with the numbers that came in the end. */
async function addPublished({ database, orgId, people }: Past, channels: Channels): Promise<void> {
  const now = Date.now()
  const rows = channels.flatMap(({ id: accountId }, place) =>
    Array.from({ length: 30 }, (_, index): PublishedRow => {
      const [age, likes] = [5 * (index + 2) * 1440, [40, 33, 2][place]! + (place < 2 ? (index * 5) % 9 : 0)]
      return {
        ...{ variantId: newId(), accountId, kind: 'post', text: said[(index + place) % said.length]!, likes },
        ...{ at: new Date(now - age * 60_000), halfLifeMinutes: 240, ages: snapshotAges.filter((each) => each < age) },
      }
    }),
  )
  await inOrg(database.db, orgId, (tx) => insertPublished(tx, { orgId, memberId: people[2] }, rows))
}

/** What nobody can measure here yet. */
async function tellOfLines({ example: { call, org } }: Ground, [harbour, mountain]: Channels): Promise<void> {
  const tell = (facts: object) => call('POST', `/orgs/${org.id}/programme/worth/lines`, { unit: 'reactions', ...facts })
  const counted = { value: 260, mostWeekly: 2, note: 'Counted by hand on our own site last winter.' }
  await tell({ channel: harbour.id, activity: 'short-video', ...counted })
  const promise = { leastWeekly: 1, leastKind: 'promise', note: 'Promised to the mountain guides: one a week.' }
  await tell({ channel: mountain.id, activity: 'status-update', value: 21, mostWeekly: 3, ...promise })
}

/** Six weeks ago, as the page of the plan tells it. */
async function putChosenPlan({ example: { call, org }, database }: Ground): Promise<void> {
  const path = `/orgs/${org.id}/programme/choices`
  const { id } = await call<{ id: string }>('POST', path, { time: 'given', seed: 7 })
  await untilPlanned(() => call<Choice>('GET', `${path}/${id}`))
  const reason = 'It brings most for the time that we have, and keeps what we promised'
  await call('POST', `${path}/${id}/put`, { reason, anyway: true })
  for (const change of [
    `plan_choices set asked_at = asked_at - interval '42 days', ended_at = ended_at - interval '42 days', put_at = put_at - interval '42 days'`,
    `plan_versions set made_at = made_at - interval '42 days'`,
  ])
    await database.owner.query(
      `update ${change} where org_id = $1 ${change.startsWith('plan_v') ? 'and number = 2' : ''}`,
      [org.id],
    )
}

interface Choice {
  state: string
  conflict: { words: string } | null
}

/** The planner works in the background: at most half a minute. */
async function untilPlanned(read: () => Promise<Choice>): Promise<void> {
  const patience = AbortSignal.timeout(30_000)
  for (;;) {
    const { state, conflict } = await read()
    if (state === 'planned') return
    if (state === 'conflict' || patience.aborted) throw new Error(`the choice stays ${state}: ${conflict?.words}`)
    await pause(100)
  }
}

interface Reviews {
  reviews: { verdicts: { id: string; channel: string; activity: string; proposal: string }[] }[]
}

async function stopWhereNobodyIs({ example: { call, org } }: Ground, [, , club]: Channels): Promise<void> {
  const path = `/orgs/${org.id}/programme/reviews`
  const { reviews } = await call<Reviews>('POST', path)
  const verdict = reviews[0]!.verdicts.find((each) => each.channel === club.id && each.activity === 'short-post')!
  const reason = 'Nobody is there, whatever we tried; the members read our letter.'
  await call('POST', `${path}/verdicts/${verdict.id}/decide`, { decision: 'stop', reason })
}
