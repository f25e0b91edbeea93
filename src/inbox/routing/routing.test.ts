// What becomes of what arrives, over the real database: rules decide with their reason, people stand above them, and rules are tried before.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import type { Understanding } from '../../listening/text/types.ts'
import { owner, useInbox, world } from '../ground.testing.ts'
import { aDepartment, aRule, considered, conversationOf, history, putInForce, somebodySays } from './desk.testing.ts'

let service = ''
let product = ''
const refunds = () =>
  aRule({
    ...{ name: 'Refunds', words: ['refund*'], departmentId: service },
    actions: { departmentId: service, priority: 'high', tags: ['money'] },
  })
let first = refunds()

useInbox(async () => {
  service = await aDepartment('Service')
  product = await aDepartment('Product')
  first = refunds()
  await putInForce([first], { chooseOwners: false })
})

test('a rule leads to its department, with priority and tags, and says why', async () => {
  const made = await somebodySays('Ann', 'I was promised to be refunded')
  expect(made).toMatchObject({ department: { id: service }, priority: 'high', tags: ['money'], owner: null })
  expect(await considered(made.id)).toMatchObject({
    route: { version: 1, department: { name: 'Refunds', held: ['words: refund*'] }, weight: 1 },
    choice: null,
  })
  expect(await history(made.id)).toMatchObject([
    { kind: 'department', by: null, to: 'Service', reason: 'Refunds (words: refund*)' },
  ])
})

test('where no rule fits nobody is named, and the next words are looked at again', async () => {
  const made = await somebodySays('Ben', 'Hello there')
  expect(made).toMatchObject({ department: null, priority: 'normal', tags: [] })
  expect(await history(made.id)).toEqual([])
  const more = {
    author: { id: 'Ben', handle: 'Ben', name: 'Ben', url: null, followers: 1 },
    replyTo: null,
    kind: 'message',
    isPrivate: true,
    thread: 'dm',
  }
  await somebodySays('Ben', 'Hello', {}, more)
  await somebodySays('Ben', 'It is about my refund', {}, { ...more, at: new Date('2026-11-29T12:30:00Z') })
  const { body } = await owner.call('GET', `/orgs/{org}/conversations?departmentId=${service}&state=all`)
  expect(body.items).toContainEqual(expect.objectContaining({ preview: 'It is about my refund', priority: 'high' }))
})

test('what a person decided no rule decides again', async () => {
  const made = await somebodySays('Cy', 'A refund, please')
  const moved = await owner.call('POST', `/orgs/{org}/conversations/${made.id}/assign`, {
    ...{ departmentId: product, note: 'It is about the buckle' },
  })
  expect(moved.body).toMatchObject({ department: { id: product } })
  const marked = await owner.call('POST', `/orgs/{org}/conversations/${made.id}/marks`, {
    priority: 'low',
    tags: ['buckle'],
  })
  expect(marked.body).toEqual({ priority: 'low', tags: ['buckle'] })
  await owner.call('POST', `/orgs/{org}/conversations/${made.id}/state`, { to: 'closed', reason: 'answered' })
  await somebodySays('Cy', 'Refund!', {}, { replyTo: null, at: new Date(Date.now()) })
  const { body } = await owner.call('GET', `/orgs/{org}/conversations/${made.id}`)
  expect(body).toMatchObject({ department: { id: product }, priority: 'low', tags: ['buckle'] })
  expect((await history(made.id)).map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['tags', 'priority', 'department']),
  )
})

test('rules that name what is not there, or were changed by somebody else meanwhile, are not put in force', async () => {
  const set = async (body: object) => (await owner.call('PUT', '/orgs/{org}/routing', body)).body.data
  const lost = aRule({ name: 'Lost', departmentId: newId() })
  expect(await set({ basedOn: 1, rules: [first, lost] })).toMatchObject({
    ...{ code: 'rule-names-nothing', field: 'rules.1.rule.actions.departmentId', params: { rule: 'Lost' } },
  })
  expect(await set({ basedOn: 1, rules: [first, first] })).toMatchObject({ code: 'rule-twice', field: 'rules.1.id' })
  const unknown = { ...first, rule: { ...first.rule, conditions: { authorStates: ['a-friend'] } } }
  expect(await set({ basedOn: 1, rules: [unknown] })).toMatchObject({
    ...{ code: 'invalid-input', field: 'rules.0.rule.conditions.authorStates.0' },
  })
  expect(await set({ basedOn: 0, rules: [first] })).toMatchObject({ code: 'rules-changed-meanwhile' })
  const stranger = await world.as('contributor')
  expect((await stranger.call('PUT', '/orgs/{org}/routing', { basedOn: 1, rules: [] })).status).toBe(403)
})

test('other rules are tried on what came before anything changes', async () => {
  const buckles = aRule({ name: 'Buckles', words: ['hello'], departmentId: product })
  const tried = (await owner.call('POST', '/orgs/{org}/routing/try', { rules: [first, buckles] })).body
  expect(tried.looked).toBeGreaterThanOrEqual(4)
  expect(tried.changed).toBe(1)
  expect(tried.items).toMatchObject([
    {
      ...{ with: 'Ben', preview: 'Hello there' },
      ...{
        before: { department: null, because: '' },
        after: { department: { id: product }, because: 'Buckles (words: hello)' },
      },
    },
  ])
  expect(tried.used).toContainEqual({ ruleId: buckles.id, times: 1 })
  expect(tried.departments).toContainEqual({ department: { id: product, name: 'Product' }, before: 0, after: 1 })
  expect(await conversationOf('Ann')).toMatchObject({ department: { id: service } })
  expect((await putInForce([first, buckles], { chooseOwners: false })).body).toMatchObject({ number: 2 })
  const versions = (await owner.call('GET', '/orgs/{org}/routing/versions?limit=1')).body
  expect(versions.items).toMatchObject([{ number: 2, madeBy: { id: owner.memberId } }])
  const before = (await owner.call('GET', `/orgs/{org}/routing/versions?cursor=${versions.nextCursor}`)).body
  expect(before.items).toMatchObject([{ number: 1, rules: [{ id: first.id }] }])
})

const likely = (is: boolean, probability = 0.9) => ({ is, probability })
const understoodAs = (change: Partial<Understanding>) => () => ({
  sentiment: { label: 'neutral' as const, probability: 0.9, shares: [] },
  ...{ intents: null, offensive: likely(false), crisis: likely(false) },
  ...change,
})

test('what is judged by the machine is judged again when people say what it is, and their word stays', async () => {
  const made = await somebodySays('Dee', 'You are all thieves', {
    understand: understoodAs({ offensive: likely(true) }),
  })
  expect(made).toMatchObject({ verdict: 'do-not-answer', way: 'monitor' })
  const judged = await owner.call('POST', `/orgs/{org}/conversations/${made.id}/judgement`, {
    answers: { badExperience: true },
  })
  expect(judged.body.triage).toMatchObject({
    verdict: 'answer',
    way: 'restore',
    kind: 'unhappy-customer',
    by: 'person',
  })
  expect(await conversationOf('Dee')).toMatchObject({ verdict: 'answer', way: 'restore' })
  const back = await owner.call('POST', `/orgs/{org}/conversations/${made.id}/judgement`, {
    answers: { badExperience: null },
  })
  expect(back.body.triage).toMatchObject({ verdict: 'do-not-answer' })
})
