// When a source is read again, and who began what was said.

import { describe, expect, test } from 'vitest'
import { heardOf } from '../mentions/test-mentions.ts'
import { type Ending, initiatorOf, nextReading } from './rules.ts'

const now = new Date('2026-11-29T12:00:00Z')
const refused = (kind: 'rate-limited' | 'unavailable' | 'auth-revoked' | 'gone', retryAt?: Date): Ending => ({
  kind: 'refused',
  error: { kind, code: 'x', retryAt },
})

describe('a source is read again', () => {
  test.each<[string, Ending, { failures?: number; everySeconds?: number }, number]>([
    ['at once, where Longrun stopped', { kind: 'asked' }, {}, 0],
    ['after its interval', { kind: 'end' }, { everySeconds: 900 }, 900],
    ['soon, where a stream ended in peace', { kind: 'end' }, {}, 1],
    ['after a second, the first time', refused('unavailable'), {}, 1],
    ['after more, the fourth time', refused('unavailable'), { failures: 3 }, 30],
    ['after five minutes at most', refused('unavailable'), { failures: 99 }, 300],
    ['not before a minute, where it is a poll', refused('unavailable'), { everySeconds: 900 }, 60],
    ['when the network says so', refused('rate-limited', new Date(now.getTime() + 777_000)), {}, 777],
    ['not sooner than the wait, whatever the network says', refused('rate-limited', new Date(0)), { failures: 4 }, 60],
    ['after an hour, where people have to mend it', refused('auth-revoked'), {}, 3600],
    ['after an hour, where it is gone', refused('gone'), {}, 3600],
    ['after a second, where something unforeseen happened', { kind: 'unexpected', error: new Error() }, {}, 1],
  ])(
    '%s',
    (_, ending, {
      failures = 0,
      everySeconds = null,
    }: { failures?: number; everySeconds?: number | null }, seconds) => {
      const next = nextReading(ending as Parameters<typeof nextReading>[0], { failures, everySeconds, now })
      expect((next.dueAt.getTime() - now.getTime()) / 1000).toBe(seconds)
    },
  )
})

test('who began it', () => {
  const voice = { authors: new Set(['us']), posts: new Set(['ours']) }
  const by = (id: string) => ({ id, handle: null, name: null, url: null, followers: null })
  expect(initiatorOf(heardOf({ id: '1', author: by('us') }), voice)).toBe('brand')
  expect(initiatorOf(heardOf({ id: '1', author: by('ann'), replyTo: 'x', root: 'ours' }), voice)).toBe('brand')
  expect(initiatorOf(heardOf({ id: '1', author: by('ann'), quoteOf: 'ours' }), voice)).toBe('brand')
  expect(initiatorOf(heardOf({ id: '1', author: by('ann'), replyTo: 'x', root: 'y' }), voice)).toBe('customer')
  expect(initiatorOf(heardOf({ id: '1', author: null, kind: 'article' }), voice)).toBe('industry')
  expect(initiatorOf(heardOf({ id: '1', author: null }), voice)).toBe('customer')
})
