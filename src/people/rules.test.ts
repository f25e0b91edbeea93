// The decisions about people, case by case.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailedSecret, readSecret } from './mail-proof.ts'
import { type Role, roles } from './permissions.ts'
import { decideAcceptance, decideEnd, decideInvite, decideRoleChange, invitationState, slugFor } from './rules.ts'

const role = fc.constantFrom<Role>(...roles)

describe('roles', () => {
  it.each([
    ['an owner makes an owner', { by: 'owner', from: 'viewer', to: 'owner', owners: 1 }, null],
    ['an admin makes a manager', { by: 'admin', from: 'viewer', to: 'manager', owners: 1 }, null],
    ['an admin makes no owner', { by: 'admin', from: 'manager', to: 'owner', owners: 1 }, 'only-owners-make-owners'],
    ['an admin changes no owner', { by: 'admin', from: 'owner', to: 'viewer', owners: 2 }, 'only-owners-change-owners'],
    ['the last owner stays one', { by: 'owner', from: 'owner', to: 'admin', owners: 1 }, 'last-owner'],
    ['one of two owners may step back', { by: 'owner', from: 'owner', to: 'admin', owners: 2 }, null],
    ['the last owner may be confirmed', { by: 'owner', from: 'owner', to: 'owner', owners: 1 }, null],
  ] as const)('%s', (_what, change, verdict) => {
    expect(decideRoleChange(change)).toBe(verdict)
  })

  it('never leaves an organisation without an owner', () => {
    fc.assert(
      fc.property(role, role, role, fc.integer({ min: 1, max: 4 }), (by, from, to, owners) => {
        const left = owners - (from === 'owner' ? 1 : 0)
        if (decideRoleChange({ by, from, to, owners }) === null)
          expect(left + (to === 'owner' ? 1 : 0)).toBeGreaterThan(0)
        if (decideEnd({ by, of: from, owners }) === null && from === 'owner') expect(left).toBeGreaterThan(0)
      }),
    )
  })

  it('lets nobody but owners touch owners', () => {
    fc.assert(
      fc.property(role, role, fc.integer({ min: 1, max: 4 }), (by, to, owners) => {
        fc.pre(by !== 'owner' && to !== 'owner')
        expect(decideRoleChange({ by, from: 'owner', to, owners })).not.toBeNull()
        expect(decideEnd({ by, of: 'owner', owners })).not.toBeNull()
        expect(decideInvite(by, 'owner')).not.toBeNull()
      }),
    )
  })
})

describe('invitations', () => {
  const now = new Date('2026-03-01T10:00:00Z')
  const later = new Date('2026-03-02T10:00:00Z')
  it.each([
    ['open', { acceptedAt: null, revokedAt: null, expiresAt: later }],
    ['expired', { acceptedAt: null, revokedAt: null, expiresAt: now }],
    ['revoked', { acceptedAt: null, revokedAt: now, expiresAt: later }],
    ['accepted', { acceptedAt: now, revokedAt: null, expiresAt: now }],
  ] as const)('are %s', (state, invitation) => {
    expect(invitationState(invitation, now)).toBe(state)
  })

  it.each([
    ['nobody has the address yet', { owner: null, visitor: null }, 'create-user'],
    ['nobody has it, though somebody else is signed in', { owner: null, visitor: 'b' }, 'create-user'],
    ['its owner is signed in', { owner: 'a', visitor: 'a' }, 'join'],
    ['its owner is not signed in', { owner: 'a', visitor: null }, 'sign-in-needed'],
    ['somebody else is signed in', { owner: 'a', visitor: 'b' }, 'signed-in-as-other'],
  ] as const)('when %s', (_when, facts, verdict) => {
    expect(decideAcceptance(facts)).toBe(verdict)
  })

  it('tell a mailed secret from a shown one, under any of the keys', () => {
    const secret = 'Zm9yIHRoZSB0ZXN0'
    expect(readSecret(['new key', 'old key'], mailedSecret(['old key'], secret))).toEqual({ secret, mailed: true })
    expect(readSecret(['new key'], secret)).toEqual({ secret, mailed: false })
    expect(readSecret(['new key'], `${secret}.forged`)).toEqual({ secret, mailed: false })
    expect(readSecret(['new key'], mailedSecret(['other key'], secret))).toEqual({ secret, mailed: false })
  })
})

describe('slugs', () => {
  it.each([
    ['Städtische Werke Köln', [], 'stadtische-werke-koln'],
    ['  A & B  ', [], 'a-b'],
    ['日本', [], 'organisation'],
    ['Acme', ['acme'], 'acme-2'],
    ['Acme', ['acme', 'acme-2'], 'acme-3'],
  ])('%s besides %j is %s', (name, taken, slug) => {
    expect(slugFor(name, new Set(taken))).toBe(slug)
  })

  it('are always short, plain and free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.boolean(), (name, crowded) => {
        const taken = new Set(crowded ? [slugFor(name, new Set())] : [])
        const slug = slugFor(name, taken)
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(slug.length).toBeLessThanOrEqual(52)
        expect(taken.has(slug)).toBe(false)
      }),
    )
  })
})
