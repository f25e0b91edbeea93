// The one thing to know first about an account, in its order: lost, ending, resting, failing, a sign-in ahead, well.

import { expect, test } from 'vitest'
import { troubleOf } from './trouble.ts'
import type { Account } from './use-accounts.ts'

const now = new Date('2026-05-10T12:00:00Z')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

const well: Account['health'] = {
  checkedAt: at(-1),
  lastSuccessAt: at(-1),
  lastFailureAt: null,
  lastFailure: null,
  credentialsExpireAt: null,
  renews: false,
  accessEndsAt: null,
  scopes: [],
  restUntil: null,
}

function trouble(health: Partial<Account['health']>, more: Partial<Account> = {}) {
  const account = { state: 'connected', stateReason: null, stateSince: at(-2), health: { ...well, ...health }, ...more }
  return troubleOf(account as Account, 'Example', now)
}

test('an account that works has none', () => {
  expect(trouble({})).toBeNull()
  expect(trouble({ lastFailure: 'timeout', lastFailureAt: at(-3) })).toBeNull()
  expect(trouble({ restUntil: at(-1) })).toBeNull()
  expect(trouble({ credentialsExpireAt: at(1), renews: true })).toBeNull()
  expect(trouble({ accessEndsAt: at(8 * 24) })).toBeNull()
})

test('a lost account says why, whatever else there is', () => {
  const lost = trouble({ restUntil: at(1) }, { state: 'needs-reconnect', stateReason: 'token-refused' })
  expect(lost).toMatchObject({ serious: true, at: at(-2), what: expect.stringContaining('access token') })
})

test('one that somebody disconnected is no alarm', () => {
  expect(trouble({}, { state: 'disconnected', stateReason: 'disconnected-by-person' })).toMatchObject({
    serious: false,
  })
})

test('an end that only a person can put off is said a week ahead and afterwards', () => {
  expect(trouble({ accessEndsAt: at(24) })).toMatchObject({
    serious: true,
    what: expect.stringContaining('ends soon'),
  })
  expect(trouble({ accessEndsAt: at(-1) })).toMatchObject({
    serious: true,
    what: expect.stringContaining('has ended'),
  })
})

test('of access that renews the end is a guess: it is said without alarm, and after what is known', () => {
  const foreseen = (hours: number, more = {}) => trouble({ renews: true, accessEndsAt: at(hours), ...more })
  expect(foreseen(8 * 24)).toBeNull()
  expect(foreseen(24)).toMatchObject({
    serious: false,
    when: 'Expected',
    what: expect.stringContaining('may soon ask'),
  })
  expect(foreseen(-1)).toMatchObject({ serious: false, when: 'Since', what: expect.stringContaining('at any time') })
  expect(foreseen(-1, { restUntil: at(1) })).toMatchObject({ when: 'Until' })
  expect(foreseen(-1, { lastFailure: 'timeout', lastFailureAt: at(0) })).toMatchObject({ when: 'Last try' })
})

test('rest and failures are said without alarm', () => {
  expect(trouble({ restUntil: at(1) })).toMatchObject({ serious: false, at: at(1) })
  expect(trouble({ lastFailure: 'timeout', lastFailureAt: at(0) })).toMatchObject({ serious: false, at: at(0) })
})
