// Decisions of newsletters, case by case: what becomes of a letter, what a bounce makes of a reader, when a link to confirm counts.

import { describe, expect, test } from 'vitest'
import { afterBounce, awaitsConfirmation, bounceOf, mayBeAsked, settle, softBouncesMost } from './rules.ts'
import { subscriberStates } from './types.ts'

const now = new Date('2026-11-29T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('a letter', () => {
  test.each([
    ['taken', { kind: 'accepted' }, 1, 'sent', null],
    ['refused', { kind: 'refused', error: 'no', about: 'address' }, 1, 'refused', null],
    ['with a broken line', { kind: 'unknown', error: 'broke' }, 1, 'unknown', null],
    ['put off', { kind: 'later', error: 'full', about: 'mailbox' }, 1, 'waiting', 5],
    ['put off again', { kind: 'later', error: 'full', about: 'mailbox' }, 4, 'waiting', 240],
    ['put off once too often', { kind: 'later', error: 'full', about: 'mailbox' }, 6, 'refused', null],
  ] as const)('%s', (_what, posting, tries, state, minutes) => {
    const dueAt = minutes === null ? null : ago(-minutes)
    expect(settle(posting, tries, now)).toMatchObject({ state, dueAt })
  })

  test.each([
    ['refused because nobody is there', 'refused', 'address', 'refused', 'hard'],
    ['refused because there is no room', 'refused', 'mailbox', 'refused', 'soft'],
    ['refused for what it says', 'refused', 'other', 'refused', null],
    ['put off, and tried again', 'later', 'mailbox', 'waiting', null],
    ['put off once too often', 'later', 'mailbox', 'refused', 'soft'],
    ['never sent because the line was away', 'later', 'other', 'refused', null],
  ] as const)('%s says of its reader: %s', (_what, kind, about, state, bounce) => {
    expect(bounceOf({ kind, error: 'no', about }, { state })?.kind ?? null).toBe(bounce)
  })
})

describe('a bounce', () => {
  test.each([
    ['confirmed', 0, 'hard', 'bounced'],
    ['confirmed', 0, 'soft', 'confirmed'],
    ['confirmed', softBouncesMost - 1, 'soft', 'bounced'],
    ['left', 0, 'hard', null],
    ['asked', 0, 'soft', null],
    ['complained', 0, 'complaint', null],
  ] as const)('of one who is %s with %i soft ones before, %s: %s', (state, softBounces, kind, after) => {
    expect(afterBounce({ state, softBounces }, kind)?.state ?? null).toBe(after)
  })

  test.each(subscriberStates.filter((state) => state !== 'complained'))(
    'that is a complaint counts for one who is %s',
    (state) => {
      expect(afterBounce({ state, softBounces: 0 }, 'complaint')?.state).toBe('complained')
    },
  )
})

describe('asking to confirm', () => {
  test.each([
    ['confirmed', null, false],
    ['asked', 30, false],
    ['asked', 60, true],
    ['left', null, true],
    ['left', 30, false],
    ['complained', 120, true],
  ] as const)('one who is %s and was asked %s minutes ago: %s', (state, asked, may) => {
    expect(mayBeAsked({ state, askedAt: asked === null ? null : ago(asked) }, now)).toBe(may)
  })

  test.each([
    ['asked', 10, 10, true],
    ['confirmed', 10, 5, false],
    ['left', 10, 20, false],
    ['left', 10, 5, true],
    ['bounced', 10, 5, true],
    ['left', 10, null, false],
  ] as const)(
    'a link counts for one who is %s since %i minutes and was asked %s minutes ago: %s',
    (state, since, asked, counts) => {
      const facts = { state, stateSince: ago(since), askedAt: asked === null ? null : ago(asked) }
      expect(awaitsConfirmation(facts)).toBe(counts)
    },
  )
})
