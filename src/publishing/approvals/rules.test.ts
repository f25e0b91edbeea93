// Consent in tables and properties: whose word counts, in which order, when it climbs, and what it leads to.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardrailFault, laneFault } from './lane-rules.ts'
import {
  afterConsent,
  entitledOf,
  isAsked,
  isGranted,
  mayVote,
  rungTimes,
  type Step,
  standingsOf,
  type Vote,
} from './rules.ts'
import { type Approver, guardrailSettings, type StepRule, stepRule } from './types.ts'

const at = (text: string): Date => new Date(text)
const began = at('2026-10-24T20:00:00Z')

const ruleOf = (more: Partial<StepRule> = {}): StepRule =>
  stepRule.parse({ approvers: [{ kind: 'role', role: 'approver' }], ...more })

const stepOf = (more: Partial<Step> & { rule?: StepRule } = {}): Step => ({
  ...{ id: 'one', lane: 'lane', kind: 'ordinary', position: 0, rule: ruleOf() },
  ...{ approvers: ['a', 'b', 'c'], deputies: ['d'], managers: ['m'] },
  ...{ openedAt: began, toldAt: null, remindedAt: null, deputyAt: null, managerAt: null },
  ...more,
})

const yes = (voterId: string, minute = 0): Vote => ({
  ...{ voterId, vote: 'approve', at: new Date(began.getTime() + minute * 60_000) },
})
const no = (voterId: string, minute = 0): Vote => ({ ...yes(voterId, minute), vote: 'reject' })

const grantedBy = (steps: Step[], votes: Vote[], authors: string[] = []) =>
  isGranted(standingsOf(steps, votes, authors))

describe('a step', () => {
  test.each([
    ['one of three', 1, ['b'], true],
    ['two of three, one agreed', 2, ['b'], false],
    ['two of three', 2, ['b', 'c'], true],
    ['all of three, two agreed', 'all', ['a', 'b'], false],
    ['all of three', 'all', ['c', 'a', 'b'], true],
    ['somebody who is not asked', 1, ['x'], false],
    ['a deputy before their time', 1, ['d'], false],
  ] as const)('needs what it says: %s', (_name, needed, who, granted) => {
    const step = stepOf({ rule: ruleOf({ needed }) })
    expect(
      grantedBy(
        [step],
        who.map((id) => yes(id)),
      ),
    ).toBe(granted)
  })

  test('counts a deputy once the deputies were asked, and a manager once the managers were', () => {
    expect(grantedBy([stepOf({ deputyAt: began })], [yes('d')])).toBe(true)
    expect(grantedBy([stepOf()], [yes('m')])).toBe(false)
    expect(grantedBy([stepOf({ managerAt: began })], [yes('m')])).toBe(true)
  })

  test('of a fast lane hears deputies at once', () => {
    expect(grantedBy([stepOf({ kind: 'fast' })], [yes('d')])).toBe(true)
  })

  test('does not count whoever wrote the words, unless it says so', () => {
    expect(grantedBy([stepOf()], [yes('a')], ['a'])).toBe(false)
    expect(grantedBy([stepOf({ rule: ruleOf({ notAuthor: false }) })], [yes('a')], ['a'])).toBe(true)
    expect(grantedBy([stepOf({ kind: 'investor', rule: ruleOf({ notAuthor: false }) })], [yes('a')], ['a'])).toBe(false)
  })

  test('that asks all is not stopped by its author or by who has left', () => {
    const all = ruleOf({ needed: 'all' })
    expect(grantedBy([stepOf({ rule: all })], [yes('b'), yes('c')], ['a'])).toBe(true)
    expect(grantedBy([stepOf({ rule: all, approvers: ['b'] })], [yes('b')])).toBe(true)
    expect(grantedBy([stepOf({ rule: all, approvers: [] })], [])).toBe(false)
  })

  test('for investor relations misses whoever is named and has left, and hears no manager', () => {
    const named: Approver[] = ['0197f3a0-0000-7000-8000-000000000001', '0197f3a0-0000-7000-8000-000000000002'].map(
      (id) => ({ kind: 'member', id }),
    )
    const step = stepOf({ kind: 'investor', rule: ruleOf({ approvers: named, needed: 'all' }), approvers: ['a'] })
    expect(grantedBy([step], [yes('a')])).toBe(false)
    expect(grantedBy([{ ...step, managerAt: began }], [yes('a'), yes('m')])).toBe(false)
    expect(grantedBy([{ ...step, approvers: ['a', 'b'] }], [yes('a'), yes('b')])).toBe(true)
  })
})

describe('steps', () => {
  const first = stepOf({ id: 'first', approvers: ['a'] })
  const second = stepOf({ id: 'second', position: 1, approvers: ['b'] })

  test('of one lane go in order', () => {
    expect(standingsOf([second, first], [], []).map(({ step, state }) => [step.id, state])).toEqual([
      ['first', 'open'],
      ['second', 'waiting'],
    ])
    expect(isAsked(standingsOf([first, second], [], []), 'b')).toBe(false)
    expect(mayVote(standingsOf([first, second], [yes('a')], []), 'b')).toBe(true)
    expect(grantedBy([first, second], [yes('a'), yes('b')])).toBe(true)
  })

  test('of two lanes stand beside each other, and one consent counts in both', () => {
    const other = stepOf({ id: 'other', lane: 'other', approvers: ['a', 'z'] })
    expect(standingsOf([first, other], [], []).map(({ state }) => state)).toEqual(['open', 'open'])
    expect(grantedBy([first, other], [yes('a')])).toBe(true)
    expect(grantedBy([first, other], [yes('z')])).toBe(false)
  })

  test('are granted by nobody when there are none', () => {
    expect(grantedBy([], [])).toBe(false)
  })
})

describe('properties', () => {
  const people = ['a', 'b', 'c', 'd', 'e']
  const aStep = fc.record({
    lane: fc.constantFrom('one', 'two'),
    position: fc.nat(2),
    approvers: fc.subarray(people),
    deputies: fc.subarray(people),
    needed: fc.oneof(fc.constant('all' as const), fc.integer({ min: 1, max: 4 })),
    deputyAt: fc.constantFrom(null, began),
  })
  const someSteps = fc
    .array(aStep, { minLength: 1, maxLength: 5 })
    .map((all) =>
      all.map(({ needed, ...more }, index) => stepOf({ id: String(index), ...more, rule: ruleOf({ needed }) })),
    )
  const someVotes = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...people), fc.boolean()), { selector: ([who]) => who })
    .map((all) => all.map(([who, agrees], minute) => (agrees ? yes(who, minute) : no(who, minute))))

  test('the order in which votes come in changes nothing', () => {
    fc.assert(
      fc.property(someSteps, someVotes, fc.subarray(people), (steps, votes, authors) => {
        const states = (some: Vote[]) => standingsOf(steps, some, authors).map(({ step, state }) => [step.id, state])
        expect(states(votes.toReversed())).toEqual(states(votes))
      }),
    )
  })

  test('one more consent never takes away what was there', () => {
    fc.assert(
      fc.property(someSteps, someVotes, fc.constantFrom(...people), (steps, votes, who) => {
        const before = standingsOf(steps, votes, [])
        const after = standingsOf(steps, [...votes, yes(who, 60)], [])
        const satisfied = (some: typeof before) => some.filter(({ state }) => state === 'satisfied').length
        expect(satisfied(after)).toBeGreaterThanOrEqual(satisfied(before))
      }),
    )
  })

  test('nothing is granted by authors alone, or by fewer people than any step needs', () => {
    fc.assert(
      fc.property(someSteps, someVotes, (steps, votes) => {
        const agreed = votes.filter(({ vote }) => vote === 'approve').map(({ voterId }) => voterId)
        expect(grantedBy(steps, votes, agreed)).toBe(false)
        if (!grantedBy(steps, votes)) return
        for (const step of steps) {
          const entitled = entitledOf(step, []).filter((id) => agreed.includes(id))
          const needed = step.rule.needed === 'all' ? Math.max(1, step.approvers.length) : step.rule.needed
          expect(entitled.length).toBeGreaterThanOrEqual(needed)
        }
      }),
    )
  })

  test('of one person the newest vote counts, wherever it stands in the list', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), (minutes) => {
        const votes = minutes.map((minute) => (minute % 2 === 0 ? no('a', minute) : yes('a', minute)))
        expect(grantedBy([stepOf()], votes)).toBe(Math.max(...minutes) % 2 === 1)
      }),
    )
  })
})

describe('climbing', () => {
  const timesOf = (step: Step) =>
    Object.fromEntries(rungTimes(standingsOf([step], [], [])[0]!).map(({ rung, at: time }) => [rung, time]))

  test('counts minutes that pass, also through the night in which clocks are set back', () => {
    const rule = ruleOf({ remindAfter: 240, deputyAfter: 480, managerAfter: 1440 })
    expect(timesOf(stepOf({ rule }))).toEqual({
      told: began,
      reminded: at('2026-10-25T00:00:00Z'),
      deputy: at('2026-10-25T04:00:00Z'),
      manager: at('2026-10-25T20:00:00Z'),
    })
  })

  test('leaves out what was climbed, what is never, and deputies who are nobody', () => {
    const rule = ruleOf({ remindAfter: null })
    const times = timesOf(stepOf({ rule, toldAt: began, deputies: [], managerAt: began }))
    expect(times).toEqual({ reminded: null, deputy: null })
  })

  test('does not wait for people who are too few to agree', () => {
    const alone = stepOf({ approvers: ['a'], rule: ruleOf({ needed: 2 }) })
    expect(timesOf(alone)).toMatchObject({ deputy: began, manager: at('2026-10-25T20:00:00Z') })
    expect(timesOf({ ...alone, deputies: [] })).toMatchObject({ deputy: null, manager: began })
    const onlyAuthor = standingsOf([stepOf({ approvers: ['a'], deputies: [] })], [], ['a'])[0]!
    expect(rungTimes(onlyAuthor).find(({ rung }) => rung === 'manager')?.at).toEqual(began)
  })

  test('begins when the step begins', () => {
    expect(timesOf(stepOf({ openedAt: null }))).toEqual({})
  })
})

test.each([
  ['before its time', '2026-11-01T10:00:00Z', false, { kind: 'scheduled', wakeAt: 'due', dueAt: 'due' }],
  ['an hour late', '2026-11-01T13:00:00Z', false, { kind: 'scheduled', wakeAt: 'now', dueAt: 'due' }],
  ['later than that', '2026-11-01T13:00:01Z', false, { kind: 'held' }],
  ['at once', '2026-11-03T13:00:01Z', true, { kind: 'scheduled', wakeAt: 'now', dueAt: 'now' }],
])('consent %s', (_name, when, atOnce, expected) => {
  const [dueAt, now] = [at('2026-11-01T12:00:00Z'), at(when)]
  const named = Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [key, value === 'due' ? dueAt : value === 'now' ? now : value]),
  )
  expect(afterConsent({ dueAt, atOnce }, now)).toEqual(named)
})

describe('what is stored', () => {
  const [one, two] = ['0197f3a0-0000-7000-8000-000000000001', '0197f3a0-0000-7000-8000-000000000002'].map(
    (id): Approver => ({ kind: 'member', id }),
  ) as [Approver, Approver]
  const role: Approver = { kind: 'role', role: 'approver' }
  const base = { kind: 'ordinary' as const, fast: null, scopes: [] }
  const fast = { minutes: 30, users: [one], whenSilent: 'hold' as const }

  test.each([
    ['one step', { ...base, steps: [ruleOf()] }, null],
    ['more than there are names', { ...base, steps: [ruleOf({ approvers: [one], needed: 2 })] }, 'too-few-approvers'],
    ['a fast lane without its box', { ...base, kind: 'fast', steps: [ruleOf()] }, 'fast-lane-needs-box'],
    [
      'a fast lane as a duty',
      { ...base, kind: 'fast', fast, steps: [ruleOf()], scopes: [{ scope: 'organisation', id: null }] },
      'fast-lane-is-chosen',
    ],
    [
      'a scope without what it is',
      { ...base, steps: [ruleOf()], scopes: [{ scope: 'campaign', id: null }] },
      'scope-not-complete',
    ],
    ['investor relations by role', { ...base, kind: 'investor', steps: [ruleOf()] }, 'investor-lane-names-people'],
    [
      'investor relations with one of two',
      { ...base, kind: 'investor', steps: [ruleOf({ approvers: [one, two] })] },
      'investor-lane-needs-two',
    ],
    [
      'investor relations with the same one twice',
      { ...base, kind: 'investor', steps: [ruleOf({ approvers: [one] }), ruleOf({ approvers: [one] })] },
      'investor-lane-needs-two',
    ],
    [
      'investor relations with two',
      { ...base, kind: 'investor', steps: [ruleOf({ approvers: [one, two], needed: 'all' })] },
      null,
    ],
    ['a role beside a name', { ...base, steps: [ruleOf({ approvers: [one, role], needed: 2 })] }, null],
  ] as const)('a lane with %s', (_name, lane, code) => {
    expect(laneFault(lane as unknown as Parameters<typeof laneFault>[0])?.code ?? null).toBe(code)
  })

  test.each([
    ['quiet-period', {}, 'required'],
    ['quiet-period', { from: '2026-11-10', to: '2026-11-01' }, 'range-backwards'],
    ['quiet-period', { from: '2026-11-10', to: '2026-11-10' }, null],
    ['words', {}, 'required'],
    ['money', {}, null],
    ['domain-not-listed', {}, null],
    ['many-accounts', {}, 'required'],
  ] as const)('a guardrail %s with %j', (kind, settings, code) => {
    expect(guardrailFault(kind, guardrailSettings.parse(settings))?.code ?? null).toBe(code)
  })
})
