// What may become of a person who was spotted: every move that is allowed, and every one that is not.

import { describe, expect, test } from 'vitest'
import { type AuthorState, afterObjection, authorStates, expiresAt, moves, refuseMove } from './states.ts'

const good = { real: true, relevant: true, safe: true, channel: 'mail', approacherId: 'ada', reason: 'ours' as const }

describe('moves', () => {
  test('allowed with all that they need, and no others', () => {
    for (const from of authorStates) {
      for (const to of authorStates) {
        const refused = refuseMove(from, to, good, false)
        expect(`${from} → ${to}: ${refused ?? 'allowed'}`).toBe(
          `${from} → ${to}: ${moves[from].includes(to) ? 'allowed' : 'move-not-allowed'}`,
        )
      }
    }
  })

  test('nobody is written to who was not checked, and whom nobody decided to approach', () => {
    const reached = new Set<AuthorState>(['spotted'])
    const without = (skip: AuthorState) => {
      const found = new Set<AuthorState>(['spotted'])
      for (const from of found) for (const to of moves[from]) if (to !== skip) found.add(to)
      return found
    }
    expect(without('approach-decided').has('in-contact')).toBe(false)
    expect(without('checked').has('in-contact')).toBe(false)
    for (const from of reached) for (const to of moves[from]) reached.add(to)
    expect([...reached].sort()).toEqual([...authorStates].sort())
  })

  test.each([
    ['spotted', 'checked', {}, 'check-unanswered'],
    ['spotted', 'checked', { real: true, relevant: true, safe: false }, 'check-failed'],
    ['checked', 'approach-decided', { approacherId: 'ada' }, 'channel-missing'],
    ['checked', 'approach-decided', { channel: 'mail' }, 'approacher-missing'],
    ['advocate', 'do-not-contact', {}, 'reason-missing'],
    ['advocate', 'do-not-contact', { reason: 'theirs' }, 'reason-missing'],
  ] as const)('%s → %s with %j: %s', (from, to, facts, refusal) => {
    expect(refuseMove(from, to, facts, false)).toBe(refusal)
  })

  test('an objection stands until the person writes to us', () => {
    expect(refuseMove('do-not-contact', 'checked', good, true)).toBe('objection-stands')
    expect(refuseMove('do-not-contact', 'checked', { ...good, reason: 'theirs' }, true)).toBeNull()
    expect(refuseMove('do-not-contact', 'checked', good, false)).toBeNull()
  })
})

describe('what is kept', () => {
  const spoke = new Date('2026-01-01T00:00:00Z')
  const kept = { purpose: 'advocacy' as const, lastSpokeAt: spoke, lastContactAt: null }

  test('ends by its purpose, counted from the last word or contact', () => {
    expect(expiresAt({ ...kept, state: 'advocate' })).toEqual(new Date('2027-01-01T00:00:00Z'))
    expect(expiresAt({ ...kept, state: 'advocate', lastContactAt: new Date('2026-06-01T00:00:00Z') })).toEqual(
      new Date('2027-06-01T00:00:00Z'),
    )
    expect(expiresAt({ ...kept, state: 'in-contact', purpose: 'answering' })).toEqual(new Date('2026-04-01T00:00:00Z'))
  })

  test('ends early where nobody decided anything, and never for the list of those to leave alone', () => {
    expect(expiresAt({ ...kept, state: 'spotted' })).toEqual(new Date('2026-04-01T00:00:00Z'))
    expect(expiresAt({ ...kept, state: 'do-not-contact' })).toBeNull()
  })

  test('after an objection no word of the person is left, only a hash that recognises them', () => {
    const stored = { key: '42', network: 'n', handle: 'ada', name: 'Ada', note: 'likes us', followers: 7 }
    const left = afterObjection(stored, (text) => `hash of ${text.length}`)
    expect(left).toEqual({ key: 'hash of 4', network: 'n', handle: null, name: null, note: null, followers: null })
  })
})
