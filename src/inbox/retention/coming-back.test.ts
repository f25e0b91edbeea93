// What comes after the words of a conversation went: somebody writes again, colleagues write to it, figures are asked for, people are put apart.

import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { connectedLongAgo } from '../promises/promises-world.testing.ts'
import { minute, start } from '../said.testing.ts'
import { closed, contactOf, later, rule, run, says, secret, traces } from './kept.testing.ts'

const people = ['ann', 'ben', 'cy', 'dee', 'fay', 'hal']
useInbox(async () => {
  await connectedLongAgo()
  await keep(people.map((each) => says(each)))
})
beforeEach(async () => {
  setNow(new Date(start.getTime() + 90 * minute))
  for (const each of ['conversations', 'contacts', 'files']) await rule(each, null)
})

/** Answers the id of a conversation of which nothing is left. */
async function emptied(name: string): Promise<string> {
  const id = await closed(name)
  later(91)
  await rule('conversations', 90)
  expect(await run()).toBe(1)
  return id
}

const at = (id: string, path = '') => `/orgs/{org}/conversations/${id}${path}`

test('what somebody says in the same thread later is kept like anything new, and goes by the same rule', async () => {
  const id = await emptied('ann')
  await keep([says('ann-again', 'ann', { at: currentTime(), replyTo: 'ann' })])
  const { body } = await owner.call('GET', at(id))
  expect(body).toMatchObject({ state: 'open', contact: { name: `ann of ${secret}` }, preview: `${secret} of ann` })
  expect(await closed('ann')).toBe(id)
  later(89)
  expect(await run()).toBe(0)
  expect(await traces(`${secret} of ann`)).toContain('messages')
  later(2)
  expect(await run()).toBe(1)
  expect(await traces(`${secret} of ann`)).toEqual([])
})

test('what colleagues write to it later goes too', async () => {
  const id = await emptied('ben')
  const words = `${secret} of ben`
  const gone = async () => {
    expect(await traces(words)).not.toEqual([])
    expect(await run()).toBe(1)
    expect(await traces(words)).toEqual([])
  }
  expect((await owner.call('POST', at(id, '/notes'), { note: `It was ${words}` })).status).toBe(201)
  await gone()
  const { body: department } = await owner.call('POST', '/orgs/{org}/departments', { name: 'Product' })
  const asking = { departmentId: department.id, memberId: null, question: `What of ${words}?` }
  const { body: asked } = await owner.call('POST', at(id, '/questions'), asking)
  expect(await run()).toBe(0)
  expect((await owner.call('DELETE', at(id, `/questions/${asked.id}`))).status).toBeLessThan(300)
  await gone()
  expect((await owner.call('POST', at(id, '/answers'), { text: `About ${words}` })).status).toBe(201)
  await asSystem(world.services.db, (tx) =>
    sql`update variants set state = 'published', published_at = ${currentTime()} where answer_id in (select id from answers where conversation_id = ${id})`.execute(
      tx,
    ),
  )
  await gone()
})

test('figures of the past are the same before and after', async () => {
  const day = 'from=2026-11-29&to=2026-11-29'
  const figures = async () => {
    const { points, groups, occupancy } = (await owner.call('GET', `/orgs/{org}/inbox-load?${day}&step=hour`)).body
    const { heard, conversations, days } = (await owner.call('GET', `/orgs/{org}/inbox-measures?${day}`)).body
    return { points, groups, occupancy, heard, conversations, days }
  }
  await closed('cy')
  later(91)
  const before = await figures()
  expect(before.heard).toBe(people.length)
  expect(Math.max(...before.points.map(({ open }: { open: number }) => open))).toBe(people.length)
  await rule('conversations', 90)
  expect(await run()).toBe(1)
  expect(await figures()).toEqual(before)
})

test('whoever was put together with somebody stays, so that it can be taken back', async () => {
  const [fay, hal] = [await contactOf('fay'), await contactOf('hal')]
  const merged = await owner.call('POST', `/orgs/{org}/contacts/${fay}/merge`, { contactId: hal })
  later(200)
  await rule('contacts', 60)
  await run()
  const back = await owner.call('POST', `/orgs/{org}/contacts/${fay}/moves/${merged.body.moves[0].id}/undo`)
  expect(back).toMatchObject({ status: 200, body: { id: hal, identities: [{ handle: 'hal' }] } })
  expect(await contactOf('hal')).toBe(hal)
})

test('a rule that fails keeps no other one waiting, and the log tells of it', async () => {
  await closed('dee')
  later(91)
  await rule('conversations', 90)
  await rule('contacts', 60)
  // The database knows no day that lies so far back.
  await asSystem(world.services.db, (tx) =>
    sql`update inbox_retention set days = 5000000 where class = 'contacts'`.execute(tx),
  )
  const told: unknown[] = []
  const log = { ...world.services.log, error: (_: string, facts?: object) => void told.push(facts) }
  expect(await run({ log })).toBe(1)
  expect(told).toMatchObject([{ orgId: world.ours, class: 'contacts', error: expect.any(Error) }])
})
