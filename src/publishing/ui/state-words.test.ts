// The sentence of each state, with its times.

import { expect, test } from 'vitest'
import { variantStates } from '../types.ts'
import { delayText, stateSentence, type Variant } from './state-words.ts'

const context = {
  zone: 'Europe/Berlin',
  now: new Date('2026-11-23T13:00:00Z'),
  person: (id: string) => (id === 'm1' ? 'Ada' : null),
}
const variant = (changes: Partial<Variant>): Variant => ({
  id: 'v',
  accountId: 'a',
  content: null,
  frozen: null,
  revision: 1,
  state: 'scheduled',
  reason: null,
  stateSince: '2026-11-23T12:00:00.000Z',
  dueAt: '2026-11-23T13:30:00.000Z',
  wakeAt: '2026-11-23T13:30:00.000Z',
  publishedAt: null,
  remoteUrl: null,
  out: 0,
  doubt: false,
  ...changes,
})

test.each<[Partial<Variant>, string]>([
  [{}, 'Waiting for 14:30 Berlin.'],
  [{ dueAt: '2026-11-24T13:30:00.000Z' }, 'Waiting for 24 Nov, 14:30 Berlin.'],
  [{ dueAt: '2026-11-23T12:59:58.000Z' }, 'Its time has come; it goes out any second.'],
  [
    { reason: { code: 'rate-limited' }, wakeAt: '2026-11-23T13:45:05.000Z' },
    'The network asks for a rest. The next try is at 14:45:05.',
  ],
  [
    { state: 'looking-up', wakeAt: '2026-11-23T13:31:02.000Z' },
    'The network did not answer. Looking it up at 14:31:02.',
  ],
  [
    { state: 'held', reason: { code: 'held-by-person', by: 'm1', text: 'wait for legal' } },
    'Held by Ada: “wait for legal”. It goes on when it is released.',
  ],
  [
    { state: 'held', reason: { code: 'missed-while-disconnected' } },
    'Held. Its time passed while the account was not connected. It goes on when it is released.',
  ],
  [
    { state: 'rejected', out: 2, reason: { code: 'text-too-long', kind: 'rejected' } },
    'The network refused it: the text is too long. The first 2 parts are out. Try the rest again, or cancel it.',
  ],
  [
    { state: 'parked', doubt: true, reason: { code: 'account-not-connected' } },
    'The account is not connected. Reconnect it and the post goes on. Whether it went out is not known yet; it is looked up first.',
  ],
  [{ state: 'published', publishedAt: '2026-11-23T13:30:02.000Z' }, 'Published at 14:30 Berlin, 2 s after its time.'],
])('%j', (changes, said) => {
  expect(stateSentence(variant(changes), context)).toBe(said)
})

test.each(variantStates)('%s is a whole sentence', (state) => {
  expect(stateSentence(variant({ state, reason: { code: 'strange', kind: 'rejected' } }), context)).toMatch(
    /^[A-Z].*\.$/,
  )
})

test.each([
  [0, 'at its time'],
  [2400, '2 s after its time'],
  [150_000, '3 min after its time'],
  [4 * 3_600_000, '4 h after its time'],
])('a delay of %i ms', (ms, said) => {
  expect(delayText('2026-11-23T13:30:00.000Z', new Date(Date.parse('2026-11-23T13:30:00Z') + ms).toISOString())).toBe(
    said,
  )
})
