// Which policy holds, as a table; what is published; and what is refused when a policy is written.

import { describe, expect, test } from 'vitest'
import { type PolicyVersion, type PromiseFacts, policyFor, publishedPromise } from './policy.ts'
import { type PromisePolicy, promisePolicy } from './types.ts'

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
const [account, other, service, storm, hours] = [1, 2, 3, 4, 5].map(id) as [string, string, string, string, string]
const policy = (name: string, minutes: number, conditions: object = {}): PolicyVersion => ({
  id: name,
  policy: promisePolicy.parse({ name, hoursId: hours, conditions, targets: [{ metric: 'first-reply', minutes }] }),
})
const inOrder = [
  policy('storm', 15, { protocolIds: [storm], kinds: ['complaint'] }),
  policy('complaints', 60, { accountIds: [account], kinds: ['complaint'] }),
  policy('service', 120, { departmentIds: [service] }),
  policy('mail', 480, { accountIds: [account], saidAs: ['mail'] }),
  policy('urgent', 30, { priorities: ['urgent', 'high'] }),
  policy('rest', 1440, { accountIds: [account] }),
]
const usual: PromiseFacts = {
  accountId: account,
  kind: 'other',
  saidAs: 'comment',
  departmentId: null,
  priority: 'normal',
  protocolIds: [],
}

test.each<[string, Partial<PromiseFacts>, string | null]>([
  ['a complaint', { kind: 'complaint' }, 'complaints'],
  ['a complaint while a protocol is active', { kind: 'complaint', protocolIds: [other, storm] }, 'storm'],
  ['a question while it is', { kind: 'question', protocolIds: [storm] }, 'rest'],
  ['a complaint that service has', { kind: 'complaint', departmentId: service }, 'complaints'],
  ['a question that service has', { kind: 'question', departmentId: service }, 'service'],
  ['a mail', { saidAs: 'mail', priority: 'urgent' }, 'mail'],
  ['something urgent', { priority: 'high' }, 'urgent'],
  ['anything else', {}, 'rest'],
  ['anything at another account', { accountId: other }, null],
])('%s is promised by the first policy in order that matches: %s', (_, facts, expected) => {
  expect(policyFor(inOrder, { ...usual, ...facts })?.id ?? null).toBe(expected)
})

test('what is published stands by kind, with ways to write that have the same promise together', () => {
  const rows = publishedPromise(inOrder, { accountId: account, saidAs: ['comment', 'message', 'mail'] })
  expect(rows.map(({ kind, saidAs, firstReply }) => [kind, saidAs.join(' '), firstReply?.minutes])).toEqual([
    ['complaint', 'comment message mail', 60],
    ['question', 'comment message', 1440],
    ['question', 'mail', 480],
    ['other', 'comment message', 1440],
    ['other', 'mail', 480],
  ])
  expect(publishedPromise(inOrder, { accountId: other, saidAs: ['comment'] })).toEqual([])
})

describe('a policy is refused', () => {
  const targets = [{ metric: 'first-reply', minutes: 60 }]
  test.each<[string, object, string]>([
    ['without targets', { targets: [] }, 'targets'],
    ['with a metric twice', { targets: [...targets, ...targets] }, 'targets'],
    ['in business hours that it does not name', { hoursId: null }, 'hoursId'],
  ])('%s', (_, change, field) => {
    const given: Partial<PromisePolicy> = { name: 'p', hoursId: hours, ...({ targets, ...change } as object) }
    expect(promisePolicy.safeParse(given).error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})
