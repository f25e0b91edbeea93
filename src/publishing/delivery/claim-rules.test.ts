// What the sweep does with a variant whose time has come.

import { describe, expect, test } from 'vitest'
import { claimOf } from './rules.ts'

const now = new Date('2026-11-23T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('a due variant', () => {
  const due = {
    state: 'scheduled',
    purpose: 'send',
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
      { kind: 'park', reason: { code: 'account-not-connected' } },
    ],
    [
      'in doubt, of an account that is gone, too',
      { ...due, state: 'looking-up', purpose: 'look-up', accountState: 'needs-reconnect' },
      { kind: 'park', reason: { code: 'account-not-connected' } },
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
