// What the sweep does with a variant whose time has come.

import { describe, expect, test } from 'vitest'
import { claimOf, consentOf } from './rules.ts'

const now = new Date('2026-11-23T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('a due variant', () => {
  const due = {
    state: 'scheduled',
    purpose: 'send',
    holdId: null,
    consent: 'given',
    accountState: 'connected',
    restUntil: null,
    settleSeconds: 10,
    now,
  } as const
  test.each<[string, Parameters<typeof claimOf>[0], ReturnType<typeof claimOf>]>([
    ['is taken', due, { kind: 'take', state: 'sending' }],
    [
      'of an account that is gone is parked',
      { ...due, accountState: 'disconnected' },
      { kind: 'stop', state: 'parked', reason: { code: 'account-not-connected' } },
    ],
    [
      'in doubt, of an account that is gone, too',
      { ...due, state: 'looking-up', purpose: 'look-up', accountState: 'needs-reconnect' },
      { kind: 'stop', state: 'parked', reason: { code: 'account-not-connected' } },
    ],
    ['under a hold is held', { ...due, holdId: 'a hold' }, { kind: 'stop', state: 'held', reason: { code: 'held' } }],
    [
      'that may be out is looked up also under a hold',
      { ...due, state: 'looking-up', purpose: 'look-up', holdId: 'a hold', consent: 'missing' },
      { kind: 'take', state: 'looking-up' },
    ],
    [
      'without the consent that it needs waits for it',
      { ...due, consent: 'missing' },
      { kind: 'stop', state: 'in-review', reason: { code: 'not-approved' } },
    ],
    [
      'whose words changed behind its back is held',
      { ...due, consent: 'other-words' },
      { kind: 'stop', state: 'held', reason: { code: 'not-what-was-scheduled' } },
    ],
    [
      'of a resting account waits',
      { ...due, restUntil: inSeconds(60) },
      {
        kind: 'wait',
        state: 'scheduled',
        until: inSeconds(60),
        reason: { code: 'rate-limited', until: inSeconds(60).toISOString() },
      },
    ],
    ['of a rested account is taken', { ...due, restUntil: now }, { kind: 'take', state: 'sending' }],
    [
      'whose worker vanished while writing is looked up later',
      { ...due, state: 'sending', purpose: 'look-up' },
      {
        kind: 'wait',
        state: 'looking-up',
        until: inSeconds(10),
        reason: { code: 'answer-lost', until: inSeconds(10).toISOString() },
      },
    ],
    [
      'whose worker vanished before writing is simply taken',
      { ...due, state: 'sending' },
      { kind: 'take', state: 'sending' },
    ],
    [
      'that is looked up stays so',
      { ...due, state: 'looking-up', purpose: 'look-up' },
      { kind: 'take', state: 'looking-up' },
    ],
    [
      'that is processed stays so',
      { ...due, state: 'processing', purpose: 'poll' },
      { kind: 'take', state: 'processing' },
    ],
  ])('%s', (_, given, expected) => expect(claimOf(given)).toEqual(expected))
})

test.each([
  ['nothing asks for consent', { content_hash: 'a', needs_approval: false, approved_hash: null }, 'given'],
  ['these words were approved', { content_hash: 'a', needs_approval: true, approved_hash: 'a' }, 'given'],
  ['nobody approved', { content_hash: 'a', needs_approval: true, approved_hash: null }, 'missing'],
  ['other words were approved', { content_hash: 'a', needs_approval: true, approved_hash: 'b' }, 'missing'],
  ['other words were scheduled', { content_hash: 'b', needs_approval: false, approved_hash: null }, 'other-words'],
])('consent where %s', (_what, row, consent) => {
  expect(consentOf(row, 'a')).toBe(consent)
})
