// Which promise a conversation has from when on.

import { describe, expect, test } from 'vitest'
import { type Choice, type ChoiceQuestion, kindOf, newChoices, type ToldMessage } from './choices.ts'
import type { PolicyVersion } from './policy.ts'
import { at } from './promises.testing.ts'
import { type PromiseKind, promisePolicy } from './types.ts'

const serviceId = '00000000-0000-4000-8000-000000000001'
const version = (id: string, conditions: object = {}): PolicyVersion => ({
  id,
  policy: promisePolicy.parse({
    name: id,
    conditions,
    targets: [{ metric: 'first-reply', minutes: 60, hours: 'calendar' }],
  }),
})
const [complaints, questions, rest] = [
  version('complaints', { kinds: ['complaint'] }),
  version('questions', { kinds: ['question'] }),
  version('rest'),
]
const said = (minute: number, intent: string | null = null): ToldMessage => ({
  ...{ id: `m${minute}`, at: at(minute), isOurs: false, intent },
})
const ours = (minute: number): ToldMessage => ({ ...said(minute), isOurs: true })
const here = { accountId: 'a', saidAs: 'comment', departmentId: null, priority: 'normal' } as const
const chosen = (minute: number, versionId: string | null, kind: PromiseKind, more: object = {}): Choice => ({
  ...{ at: at(minute), versionId, running: true, facts: { ...here, kind, ...more } },
})

const ask = (given: Partial<ChoiceQuestion>) =>
  newChoices({
    ...{ before: [], messages: [], isFresh: () => true, facts: here, now: at(100) },
    inForceAt: () => [complaints, questions, rest],
    ...given,
  }).map(({ at: when, versionId, running }) => [(when.getTime() - at(0).getTime()) / 60_000, versionId, running])

describe('what somebody wants', () => {
  test.each([
    ['is what they said', [said(0, 'question')], 'question'],
    ['is the most pressing of what is unanswered', [said(0, 'complaint'), said(1, 'question')], 'complaint'],
    ['begins anew after an answer', [said(0, 'complaint'), ours(1), said(2, 'praise')], 'other'],
    ['is not told by an answer', [said(0, 'complaint'), ours(1)], null],
  ])('%s', (_, messages, expected) => {
    expect(kindOf(messages)).toBe(expected)
  })
})

describe('a promise is chosen', () => {
  test('at the time of the message, not at that of reading it', () => {
    expect(ask({ messages: [said(3, 'question')] })).toEqual([[3, 'questions', true]])
  })

  test('anew for clocks that run when a question turns out to be a complaint, but not when a complaint is followed by thanks', () => {
    const before = [chosen(0, 'questions', 'question')]
    const first = said(0, 'question')
    const isFresh = ({ id }: ToldMessage) => id !== 'm0'
    expect(ask({ before, isFresh, messages: [first, said(5, 'complaint')] })).toEqual([[5, 'complaints', true]])
    const angry = [chosen(0, 'complaints', 'complaint')]
    const thanked = [said(0, 'complaint'), ours(4), said(5, 'praise')]
    expect(ask({ before: angry, isFresh, messages: thanked })).toEqual([[5, 'rest', false]])
  })

  test('by the policies that were in force when it was said', () => {
    const inForceAt = (when: Date) => (when < at(10) ? [] : [rest])
    expect(ask({ inForceAt, messages: [said(3)] })).toEqual([
      [3, null, true],
      [100, 'rest', false],
    ])
  })

  test('now, also for clocks that run, when it goes to another department', () => {
    const before = [chosen(0, 'rest', 'other')]
    const service = version('service', { departmentIds: [serviceId] })
    const facts = { ...here, departmentId: serviceId }
    const inForceAt = () => [service, rest]
    expect(ask({ before, messages: [said(0)], isFresh: () => false, facts, inForceAt })).toEqual([
      [100, 'service', true],
    ])
  })

  test('for what comes late as the conversation was then', () => {
    const before = [chosen(0, 'rest', 'other'), chosen(50, 'service', 'other', { departmentId: serviceId })]
    const facts = { ...here, departmentId: serviceId }
    const service = version('service', { departmentIds: [serviceId] })
    const isFresh = ({ id }: ToldMessage) => id === 'm20'
    const messages = [said(0), said(20, 'complaint')]
    expect(ask({ before, messages, isFresh, facts, inForceAt: () => [service, complaints] })).toEqual([
      [20, 'complaints', true],
      [100, 'service', true],
    ])
  })

  test('not again where nothing changed', () => {
    expect(ask({ before: [chosen(0, 'rest', 'other')], messages: [said(0)], isFresh: () => false })).toEqual([])
  })
})
