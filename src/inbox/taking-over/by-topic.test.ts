// What the rules of topics hand to the inbox: so much in a day of the organisation, each for itself, and found by an index.

import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { inOrg } from '../../db/tx.ts'
import { handOnByRules } from '../../listening/handing-on/by-topic/actions.ts'
import { handingOn } from '../../listening/handing-on/by-topic/store.ts'
import { handOnRule } from '../../listening/handing-on/by-topic/types.ts'
import { currentTime, network, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { hear } from './heard.testing.ts'

useInbox(async () => void network.createAccount('ann'))

beforeEach(() =>
  inOrg(world.services.db, world.ours, async (tx) => {
    await tx.deleteFrom('hand_ons').execute()
    await tx.updateTable('topics').set({ hands_on: null, hands_on_since: null }).execute()
  }),
)

/** In the zone of the organisation, which is an hour ahead. */
const berlin = (at: string) => setNow(new Date(`2027-01-${at}:00+01:00`))
const sweep = () => handOnByRules(world.services)
const handedOn = async (): Promise<string[]> =>
  (await owner.call('GET', '/orgs/{org}/hand-ons?state=all')).body.items.map(
    ({ mentionId }: { mentionId: string }) => mentionId,
  )

async function handingTopic(name: string, dailyMost: number): Promise<{ id: string; number: number }> {
  const made = await owner.call('POST', '/orgs/{org}/topics', { name, kind: 'product', query: name })
  const { id } = made.body
  const set = await owner.call('PUT', `/orgs/{org}/topics/${id}/hand-on`, { rule: { dailyMost } })
  expect(set.status).toBe(200)
  const { number } = await inOrg(world.services.db, world.ours, (tx) =>
    tx.selectFrom('topics').select('number').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  return { id, number }
}

test('what is over the number of a day is not handed on after midnight, and uses up nothing of the new day', async () => {
  berlin('12T21:30')
  const { number } = await handingTopic('lids', 1)
  const under = { topics: [number] }
  berlin('12T22:00')
  for (const text of ['A lid', 'Another lid']) await hear('ann', text, under)
  await sweep()
  expect(await handedOn()).toHaveLength(1)
  berlin('12T23:59')
  await hear('ann', 'The last lid of the day', under)
  berlin('13T00:01')
  await sweep()
  expect(await handedOn()).toHaveLength(1)
  berlin('13T00:10')
  const { id } = await hear('ann', 'The first lid of the day', under)
  await sweep()
  expect(await handedOn()).toHaveLength(2)
  expect(await handedOn()).toContain(id)
})

test('what nobody looked at before midnight is handed on after it, where the day had room', async () => {
  berlin('14T21:30')
  const { number } = await handingTopic('spouts', 2)
  const under = { topics: [number] }
  berlin('14T23:30')
  const { id } = await hear('ann', 'A spout', under)
  berlin('15T00:10')
  await sweep()
  expect(await handedOn()).toEqual([id])
})

test('a topic that fails keeps no other one waiting, and is logged', async () => {
  berlin('18T12:00')
  const broken = await handingTopic('handles', 5)
  const { number } = await handingTopic('bases', 5)
  await inOrg(world.services.db, world.ours, (tx) =>
    tx.updateTable('topics').set({ hands_on: '{"dailyMost":"many"}' }).where('id', '=', broken.id).execute(),
  )
  berlin('18T12:02')
  const { id } = await hear('ann', 'A base', { topics: [number] })
  const before = world.logged.length
  await sweep()
  expect(await handedOn()).toEqual([id])
  expect(world.logged.slice(before)).toMatchObject([{ facts: { topic: broken.id } }])
})

test('whether something was handed on before is found by an index, also among many', async () => {
  berlin('19T12:00')
  const { number } = await handingTopic('filters', 5)
  await hear('ann', 'A filter', { topics: [number] })
  const client = await world.database.owner.connect()
  await client.query("select set_config('longrun.scope', 'system', false)")
  await client.query(
    `insert into hand_ons (org_id, id, mention_id, kind, reason, created_at)
      select $1, gen_random_uuid(), gen_random_uuid(), 'inbox', 'x', now() - i * interval '1 minute' from generate_series(1, 20000) i`,
    [world.ours],
  )
  for (const table of ['hand_ons', 'topic_mentions', 'mentions']) await client.query(`analyze ${table}`)
  client.release(true)
  const since = new Date(currentTime().getTime() - 3_600_000)
  const rule = handOnRule.parse({})
  const asked = { orgId: world.ours, number, rule, since, heardSince: since, limit: 5 }
  const plan = await inOrg(world.services.db, world.ours, (tx) =>
    sql<object>`explain (format json) ${handingOn(asked)}`.execute(tx),
  )
  expect(JSON.stringify(plan.rows)).toContain('hand_ons_to_inbox')
})
