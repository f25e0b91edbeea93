// Issues as tables: which moves are refused, what undo leads back to, and when an answer closes a record.

import { describe, expect, test } from 'vitest'
import { closedByAnswer, type Entry, moveFault, reopenedByAnswer, reopenedState } from './rules.ts'

const ada = 'ada'
const opened: Entry = { kind: 'opened', by: null, alertId: 'one', facts: {} }
const closed = (from: string, facts: Entry['facts'] = {}): Entry => ({
  kind: 'state',
  by: ada,
  alertId: null,
  facts: { from, to: 'closed', reason: 'false', ...facts },
})

test.each([
  ['open', 'handled', null, null],
  ['handled', 'open', null, null],
  ['open', 'open', null, 'issue-there-already'],
  ['open', 'closed', null, 'reason-missing'],
  ['open', 'closed', 'over', null],
  ['handled', 'closed', 'real', null],
  ['closed', 'open', null, 'issue-closed'],
  ['closed', 'closed', 'false', 'issue-closed'],
] as const)('from %s to %s for %s: %s', (from, to, reason, fault) => {
  expect(moveFault(from, to, reason)).toBe(fault)
})

test('undoing its closing leads to the state before the last closing', () => {
  expect(reopenedState([closed('handled'), closed('open'), opened])).toBe('handled')
  expect(reopenedState([closed('open'), closed('handled'), opened])).toBe('open')
})

describe('the answer to its alert', () => {
  const answer = { alertId: 'one', answer: 'false' as const }
  test.each<[string, Entry[], string | null]>([
    ['with nothing else', [opened], 'false'],
    ['with a note', [{ kind: 'note', by: ada, alertId: null, facts: {} }, opened], null],
    ['with another alert', [{ kind: 'alert', by: null, alertId: 'two', facts: {} }, opened], null],
    ['with evidence', [{ kind: 'evidence', by: ada, alertId: null, facts: {} }, opened], null],
    ['that somebody took up', [{ kind: 'state', by: ada, alertId: null, facts: { to: 'handled' } }, opened], null],
    ['that a person opened from it', [{ ...opened, by: ada }], null],
    ['that this answer closed and opened before', [closed('open', { byAnswer: 'one' }), opened], 'false'],
  ])('false closes a record %s: %j', (_, entries, reason) => {
    expect(closedByAnswer('open', entries, answer)).toBe(reason)
    expect(closedByAnswer('closed', entries, answer)).toBeNull()
  })

  test('planned closes it as planned, real leaves it open', () => {
    expect(closedByAnswer('open', [opened], { ...answer, answer: 'planned' })).toBe('planned')
    expect(closedByAnswer('open', [opened], { ...answer, answer: 'real' })).toBeNull()
  })

  test('that is changed opens it again, if the answer had closed it', () => {
    const byAnswer = [closed('open', { byAnswer: 'one' }), opened]
    expect(reopenedByAnswer('closed', byAnswer, { ...answer, answer: 'real' })).toBe(true)
    expect(reopenedByAnswer('closed', byAnswer, answer)).toBe(false)
    expect(reopenedByAnswer('closed', [closed('open'), opened], { ...answer, answer: 'real' })).toBe(false)
  })
})
