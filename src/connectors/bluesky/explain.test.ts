// The network's error names, each with its kind.

import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'

describe('explain', () => {
  it.each([
    ['ExpiredToken', 'auth-expired'],
    ['InvalidToken', 'auth-expired'],
    ['AuthenticationRequired', 'auth-revoked'],
    ['AccountTakedown', 'auth-revoked'],
    ['AccountDeactivated', 'auth-revoked'],
    ['ScopeMissingError', 'forbidden'],
    ['RateLimitExceeded', 'rate-limited'],
    ['BlobTooLarge', 'rejected'],
    ['InvalidRequest', 'rejected'],
    ['InvalidSwap', 'rejected'],
    ['RecordNotFound', 'gone'],
    ['RepoNotFound', 'gone'],
  ])('%s is %s, for reads and writes', (error, kind) => {
    expect(explain({ error, message: 'in words' }, false)).toEqual({ kind, code: error })
    expect(explain({ error }, true)).toEqual({ kind, code: error })
  })

  it.each(['UpstreamFailure', 'UpstreamTimeout', 'InternalServerError'])(
    '%s leaves open what became of a write',
    (error) => {
      expect(explain({ error }, false)).toEqual({ kind: 'unavailable', code: error })
      expect(explain({ error }, true)).toEqual({ kind: 'unknown', code: error })
    },
  )

  it.each([[null], ['<html>'], [{}], [{ error: 7 }], [{ error: 'NeverHeardOf' }], [[]]])(
    'leaves %j to the status code',
    (body) => {
      expect(explain(body, true)).toBeNull()
    },
  )
})
