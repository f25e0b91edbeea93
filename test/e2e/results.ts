// Months of posts with their numbers, for pages that say what is worth its time: two channels that people like, and one where nobody is.

import { createHash } from 'node:crypto'
import { newId } from '../../src/lib/ids.ts'
import { snapshotAges } from '../../src/publishing/numbers-rules.ts'
import { dayAhead } from './posts.ts'
import type { Stage } from './stage.ts'

/** A programme, an hour that the owner gives each day, and a plan that treats all three channels alike. */
export async function beginProgramme({ example: { call, org } }: Stage): Promise<void> {
  const path = `/orgs/${org.id}/programme`
  const ago = Array.from({ length: 7 }, (_, days) => dayAhead(-days))
  const beginsOn = ago.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1)!
  await call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn })
  await call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  await call('POST', `${path}/time`, { activity: 'short-post', minutes: 24, items: 3, day: ago[0] })
}

const channels = ['Harbour', 'Workshop', 'Attic'] as const

export async function publishForMonths({ example: { call, org }, database }: Stage): Promise<void> {
  const path = `/orgs/${org.id}/programme`
  const ids = new Map<string, string>()
  const likes = (name: string, at: number) => (name === 'Attic' ? 2 : (name === 'Harbour' ? 40 : 34) + (at % 7))
  const member = (await database.owner.query(`select id from members where org_id = '${org.id}' limit 1`)).rows[0].id
  for (const name of channels) {
    const id = newId()
    ids.set(name, id)
    await database.owner.query(
      `insert into accounts (org_id, id, connector, server, remote_id, handle, display_name, name, url, time_zone, state, auth_method, instance, created_by, created_at)
       values ($1, $2::uuid, 'fake', 'x', $2::uuid::text, $3, $3, $3, 'https://example.org', 'UTC', 'connected', 'token', '{}', $4, now() - interval '300 days')`,
      [org.id, id, name, member],
    )
  }
  for (const name of channels)
    for (let at = 2; at < 32; at++)
      await publish(database, { org: org.id, member, account: ids.get(name)!, daysAgo: at * 5, likes: likes(name, at) })
  const three = [1, 2, 3].map(() => ({ anyOf: [{ activity: 'short-post' }] }))
  const lines = channels.map((channel) => ({ id: channel, channel, every: 1, unit: 'week', slots: three }))
  await call('POST', `${path}/plan`, { lines, reason: 'All three alike, to begin with', after: null })
  await reviewMonthAgo({ example: { call, org }, database })
}

/** The review of a month ago, as it would have been made then. */
export async function reviewMonthAgo({
  example: { call, org },
  database,
}: {
  example: Pick<Stage['example'], 'call' | 'org'>
  database: Pick<Stage['database'], 'owner'>
}): Promise<void> {
  await call('POST', `/orgs/${org.id}/programme/reviews`)
  await database.owner.query(
    `update line_reviews set made_at = made_at - interval '31 days', month = to_char(made_at - interval '31 days', 'YYYY-MM') where org_id = $1`,
    [org.id],
  )
}

interface Published {
  org: string
  member: string
  account: string
  daysAgo: number
  likes: number
}

async function publish(
  database: Stage['database'],
  { org, member, account, daysAgo, likes }: Published,
): Promise<void> {
  const [post, variant] = [newId(), newId()]
  const content = JSON.stringify({ segments: [{ text: 'A walk along the harbour', media: [] }] })
  await database.owner.query(
    `insert into posts (org_id, id, content, summary, state, created_by, updated_by) values ($1, $2, $3, 'A walk along the harbour', 'published', $4, $4)`,
    [org, post, content, member],
  )
  await database.owner.query(
    `insert into variants (org_id, id, post_id, account_id, state, published_at, remote_id) values ($1, $2, $3, $4, 'published', now() - make_interval(days => $5), $6)`,
    [org, variant, post, account, daysAgo, createHash('sha256').update(variant).digest('hex')],
  )
  const ages = snapshotAges.filter((age) => age < daysAgo * 1440)
  const counts = ages.map((age) => Math.round(likes * (1 - 0.5 ** (age / 240))))
  await database.owner.query(
    `insert into snapshots (org_id, variant_id, age_minutes, taken_at, likes) select $1, $2, age, now(), count from unnest($3::int[], $4::bigint[]) s (age, count)`,
    [org, variant, ages, counts],
  )
}
