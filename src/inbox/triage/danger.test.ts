// Danger in a conversation: found in whatever somebody said, also when they said more after it; it stands until somebody answered, and is told once.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import type { Understanding } from '../../listening/text/types.ts'
import { keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { placesOfMessages } from '../races.testing.ts'
import { aColleague, aDepartment, considered } from '../routing/desk.testing.ts'
import { giveEverywhere } from '../routing/give.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { weightiest } from './judge.ts'

const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
let lead: TestSession
let now = 60

useInbox(async () => {
  lead = await aColleague(await aDepartment('Service'), 'manager')
})

const likely = (probability: number) => ({ is: probability >= 0.5, probability })
const understood = (crisis: number, more: Partial<Understanding> = {}) => ({
  sentiment: { label: 'neutral' as const, probability: 0.9, shares: [] },
  ...{ intents: null, offensive: likely(0.1), crisis: likely(crisis), ...more },
})

interface Spoken {
  id: string
  crisis?: number
  isOurs?: boolean
  replyTo?: string
}

/** In one lot, in this order; heard some minutes later than the last one. */
async function hear(author: string, ...spoken: Spoken[]): Promise<string> {
  now += 10
  const first = spoken[0]!.replyTo ?? 'post'
  const all = spoken.map(({ id, isOurs = false }, index) =>
    saidOf(id, {
      ...{ author: by(isOurs ? 'we' : author), isOurs, at: at(now - 9 + index) },
      replyTo: index === 0 ? first : spoken[0]!.id,
    }),
  )
  setNow(at(now))
  await keep(
    all.map(saying),
    () => null,
    ({ id }) => understood(spoken.find((each) => each.id === id)?.crisis ?? 0.01),
  )
  await giveEverywhere(world.services)
  return (await placesOfMessages()).get(spoken[0]!.id)!
}

const told = async (id: string): Promise<number> => {
  const { items } = (await lead.call('GET', '/orgs/{org}/notifications?limit=200')).body
  return items.filter(
    (each: { kind: string; subject: { id: string } | null }) =>
      each.kind === 'conversation-danger' && each.subject?.id === id,
  ).length
}
const kindOf = async (id: string): Promise<string | null> => (await considered(id)).triage.kind

test('said in the midst of other words that came at the same time, it is seen, and told once', async () => {
  const id = await hear('ann', { id: 'a1' }, { id: 'a2', crisis: 0.9 }, { id: 'a3', crisis: 0.7 }, { id: 'a4' })
  expect(await kindOf(id)).toBe('danger')
  expect(await told(id)).toBe(1)
  expect((await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body).toMatchObject({
    ...{ verdict: 'decide', way: 'raise' },
  })
})

test('what is said after it does not cover it, until somebody answers; danger after that is told again', async () => {
  const id = await hear('ben', { id: 'b1', crisis: 0.8 })
  await hear('ben', { id: 'b2', replyTo: 'b1' }, { id: 'b3', crisis: 0.6 })
  expect([await kindOf(id), await told(id)]).toEqual(['danger', 1])
  await hear('ben', { id: 'b4', isOurs: true, replyTo: 'b1' })
  await hear('ben', { id: 'b5', replyTo: 'b1' })
  expect([await kindOf(id), await told(id)]).toEqual(['remark', 1])
  await hear('ben', { id: 'b6', replyTo: 'b1', crisis: 0.7 })
  expect([await kindOf(id), await told(id)]).toEqual(['danger', 2])
  await hear('ben', { id: 'b7', isOurs: true, replyTo: 'b1' })
  await hear('ben', { id: 'b8', replyTo: 'b1', crisis: 0.9 })
  expect([await kindOf(id), await told(id)]).toEqual(['danger', 3])
})

test('where a person said that it is none, it is none, until other words are', async () => {
  const id = await hear('cy', { id: 'c1', crisis: 0.8 })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/judgement`, { answers: { danger: false } })
  await hear('cy', { id: 'c2', replyTo: 'c1' }, { id: 'c3' })
  expect([await kindOf(id), await told(id)]).toEqual(['remark', 1])
  await hear('cy', { id: 'c4', replyTo: 'c1', crisis: 0.9 })
  expect([await kindOf(id), await told(id)]).toEqual(['danger', 2])
})

test('an older message that comes late is looked at too', async () => {
  const id = await hear('dee', { id: 'd1' })
  now -= 12
  await hear('dee', { id: 'd0', replyTo: 'd1', crisis: 0.9 })
  now += 12
  expect([await kindOf(id), await told(id)]).toEqual(['danger', 1])
})

test('it goes along where the conversation becomes part of another', async () => {
  const into = await hear('eve', { id: 'e1' })
  const from = await hear('eve', { id: 'e2', crisis: 0.9 })
  expect((await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })).status).toBe(201)
  await giveEverywhere(world.services)
  expect(await kindOf(into)).toBe('danger')
  expect([await told(from), await told(into)]).toEqual([1, 0])
})

test('taken apart again, each is thought of as before; what was said of the whole since stays', async () => {
  const [into, from] = [await hear('fay', { id: 'f1' }), await hear('fay', { id: 'f2', crisis: 0.9 })]
  const facts = async (id: string) => {
    const { verdict, way } = (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body
    return { verdict, way, triage: (await considered(id)).triage }
  }
  const before = [await facts(into), await facts(from)]
  const merge = async () => (await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })).body.id
  const undo = (id: string) => owner.call('POST', `/orgs/{org}/conversation-joins/${id}/undo`)
  const joined = await merge()
  expect(await facts(into)).toMatchObject({ verdict: 'decide', way: 'raise', triage: { kind: 'danger' } })
  expect((await undo(joined)).status).toBe(200)
  expect([await facts(into), await facts(from)]).toEqual(before)
  const again = await merge()
  now += 10
  setNow(at(now))
  await owner.call('POST', `/orgs/{org}/conversations/${into}/judgement`, { answers: { question: true } })
  const said = await facts(into)
  await undo(again)
  expect(await facts(into)).toEqual(said)
})

const words = (kind: 'danger' | 'remark', crisis: number) => ({
  triage: { kind } as Parameters<typeof weightiest>[0][number]['triage'],
  understood: understood(crisis),
})
const [remark, weak, strong] = [words('remark', 0.1), words('danger', 0.6), words('danger', 0.9)]

test.each([
  ['the newest words', [weak, strong, remark].slice(2), null, remark],
  ['the strongest danger', [weak, strong, remark], null, strong],
  ['what stands, before harmless words', [remark], weak, null],
  ['what stands, before less danger', [weak, remark], strong, null],
  ['more danger', [strong], weak, strong],
])('%s decides', (_, said, stands, chosen) => {
  expect(weightiest(said, stands)).toBe(chosen)
})
