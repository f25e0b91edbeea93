// Every code that a check can report has a sentence, and every sentence is filled.

import { describe, expect, test } from 'vitest'
import { issueCodes } from '../../connectors/check-run.ts'
import { markdownIssueCodes } from '../../connectors/markdown.ts'
import { hasReasonWords, reasonWords } from './reason-words.ts'
import { stepWords } from './way-words.ts'
import { hasIssueWords, issueWords } from './words.ts'

const params = { max: 300, min: 1, count: 312, type: 'image/tiff', allowed: 'image/png', what: '<b>', warning: 2 }

describe('issues', () => {
  test.each([...issueCodes, ...markdownIssueCodes])('%s has words of its own', (code) => {
    expect(hasIssueWords(code)).toBe(true)
    const said = issueWords({ code, params })
    expect(said).not.toMatch(/[{}]|undefined|NaN/)
    expect(said.length).toBeGreaterThan(15)
  })

  test('a length says by how much it is passed', () => {
    expect(issueWords({ code: 'text.too-long', params: { max: 300, count: 312 } })).toContain('12 characters too many')
    expect(issueWords({ code: 'text.too-long', params: { max: 300, count: 301 } })).toContain('1 character too many')
  })

  test('an unknown code still says something, with the code in it', () => {
    expect(issueWords({ code: 'strange.new-rule' })).toContain('strange new rule')
  })
})

const codesOfDelivery = [
  'account-not-connected',
  'rate-limited',
  'answer-lost',
  'cannot-look-up',
  'gave-up',
  'network-processing',
  'cannot-tell',
  'rest-not-sent',
  'held-by-person',
  'cancelled-by-person',
  'removed-by-person',
  'forgotten',
  'credentials-expired',
]

test.each(codesOfDelivery)('the reason %s has words of its own', (code) => {
  expect(hasReasonWords(code)).toBe(true)
  expect(reasonWords({ code, text: 'because' })).not.toMatch(/[{}]|undefined/)
})

const kinds = [
  'rejected',
  'auth-expired',
  'auth-revoked',
  'forbidden',
  'rate-limited',
  'unavailable',
  'unknown',
  'gone',
  'changed',
]

test.each(kinds)('a code of the network with the kind %s says what it means', (kind) => {
  expect(reasonWords({ code: 'SomeCode', kind })).toContain('SomeCode')
})

const steps = [
  'post.created',
  'post.saved',
  'post.scheduled',
  'post.unscheduled',
  'post.held',
  'post.released',
  'post.cancelled',
  'post.deleted',
  'post.restored',
  'post.resolved',
  'post.parked',
  'post.resumed',
  'post.published',
  'post.withdrawn',
  'attempt.send',
  'attempt.look-up',
  'attempt.poll',
  'attempt.sent',
  'part.accepted',
  'outcome.deferred',
  'outcome.unknown',
  'outcome.rejected',
  'outcome.absent',
  'outcome.processing',
]

test.each(steps)('the step %s has words', (code) => {
  const said = stepWords(
    { code, by: null, position: null, reason: null },
    { network: 'the network', parts: 1, until: (at) => at },
  )
  expect(said.what).not.toBe('')
  expect(said.what).not.toContain('.created')
  expect(said.known).toBe(true)
})
