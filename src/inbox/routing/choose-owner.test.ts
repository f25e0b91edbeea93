// Who gets a conversation: told by hand, and what holds whoever is there.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, chooseOwner, type OwnerNeed, type OwnerSettings } from './choose-owner.ts'

const minuteMs = 60_000
const at = (minute: number): Date => new Date(Date.parse('2026-11-30T09:00:00Z') + minute * minuteMs)
const person = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  departmentIds: ['service'],
  skills: [],
  capacity: 10,
  load: 0,
  idleSince: at(0),
  isAtWork: true,
  backAt: null,
  ...more,
})
const usual: OwnerNeed = {
  departmentId: 'service',
  requiredSkills: [],
  additionalSkills: [],
  weight: 1,
  waitingSince: at(0),
  dueAt: at(60),
  stickyOwnerId: null,
  declinedIds: [],
}
const settings: OwnerSettings = { dropAfterMs: 5 * minuteMs, stickyForMs: 30 * minuteMs, demand: new Map() }
const choose = (people: Candidate[], need: Partial<OwnerNeed> = {}, minute = 1, more: Partial<OwnerSettings> = {}) =>
  chooseOwner({ ...usual, ...need }, people, { ...settings, ...more }, at(minute))

describe('somebody is chosen', () => {
  test('with the smallest share of their capacity in hand', () => {
    const found = choose([person('ada', { load: 3 }), person('ben', { load: 4, capacity: 20 })])
    expect(found).toMatchObject({ personId: 'ben', reason: { code: 'least-loaded', loadAfter: 0.25, of: 2 } })
  })

  test('at equal load whoever was idle longest; whoever never had anything before them', () => {
    const [ada, ben] = [person('ada', { idleSince: at(-10) }), person('ben', { idleSince: at(-20) })]
    expect(choose([ada, ben])).toMatchObject({ personId: 'ben', reason: { code: 'longest-idle' } })
    expect(choose([ada, ben, person('new', { idleSince: null })])).toMatchObject({ personId: 'new' })
  })

  test('who had it before, though others have less to do', () => {
    const found = choose([person('ada', { load: 9 }), person('ben')], { stickyOwnerId: 'ada' })
    expect(found).toMatchObject({ personId: 'ada', reason: { code: 'sticky' } })
  })

  test('so that whoever alone speaks a language that is asked for stays free', () => {
    const people = [person('ada', { load: 4 }), person('ben', { load: 1, skills: ['es'] })]
    expect(choose(people)).toMatchObject({ personId: 'ben', reason: { code: 'least-loaded' } })
    expect(choose(people, {}, 1, { demand: new Map([['es', 6]]) })).toMatchObject({
      personId: 'ada',
      reason: { code: 'keeps-others-free', keptFree: ['es'] },
    })
    // When it is asked for here, it is no loss.
    const spanish = choose(people, { requiredSkills: ['es'] }, 1, { demand: new Map([['es', 6]]) })
    expect(spanish).toMatchObject({ personId: 'ben', reason: { code: 'only-one' } })
    expect(spanish.ruledOut).toEqual([{ personId: 'ada', why: 'skill', skill: 'es' }])
  })
})

describe('additional skills', () => {
  const need = {
    additionalSkills: [
      { skill: 'refunds', priority: 5 },
      { skill: 'es', priority: 1 },
    ],
  }
  const [plain, refunds] = [person('plain'), person('refunds', { skills: ['refunds'], load: 9 })]

  test.each<[number, string | null, string[]]>([
    [4, null, []],
    [5, 'refunds', ['es']],
    [60, 'refunds', ['es']],
  ])('after %i minutes: %s, without %j', (minute, expected, dropped) => {
    const found = choose([plain, refunds], need, minute)
    expect(found.kind === 'owner' ? found.personId : null).toBe(expected)
    expect(found.dropped).toEqual(dropped)
  })

  test('are dropped one after the other, and it is said when the next one is', () => {
    expect(choose([plain], need, 4)).toMatchObject({
      reason: { code: 'nobody-with-additional-skills', skills: ['refunds', 'es'] },
      askAgainAt: at(5),
    })
    expect(choose([plain], need, 6)).toMatchObject({ reason: { skills: ['refunds'] }, askAgainAt: at(10) })
    expect(choose([plain], need, 10)).toMatchObject({ personId: 'plain', dropped: ['es', 'refunds'] })
  })
})

describe('nobody is chosen', () => {
  const skilled = (id: string, more: Partial<Candidate> = {}) => person(id, { skills: ['es'], ...more })
  test.each<[string, Candidate[], Partial<OwnerNeed>, object]>([
    ['in an empty department', [person('ada', { departmentIds: ['sales'] })], {}, { code: 'nobody-in-department' }],
    ['without the skill', [person('ada')], { requiredSkills: ['es'] }, { code: 'nobody-with-skills', skills: ['es'] }],
    [
      'who gave it back',
      [skilled('ada'), person('ben')],
      { requiredSkills: ['es'], declinedIds: ['ada'] },
      { code: 'all-declined' },
    ],
    [
      'who is away',
      [skilled('ada', { isAtWork: false }), person('ben')],
      { requiredSkills: ['es'] },
      { code: 'all-away' },
    ],
    [
      'who has no room for it',
      [skilled('ada', { load: 8 })],
      { requiredSkills: ['es'], weight: 3 },
      { code: 'all-full' },
    ],
  ])('%s, and it says so', (_, people, need, reason) => {
    const found = choose(people, need, 1000)
    expect(found).toMatchObject({ kind: 'nobody', reason })
    expect(found.ruledOut.length).toBe(people.length)
  })

  test('who is away is asked again when they are back', () => {
    const people = [
      person('ada', { isAtWork: false, backAt: at(90) }),
      person('ben', { isAtWork: false, backAt: at(40) }),
    ]
    expect(choose(people)).toMatchObject({ reason: { code: 'all-away' }, askAgainAt: at(40) })
  })

  test('while whoever had it is back soon, before its promise breaks', () => {
    const people = [person('ada', { isAtWork: false, backAt: at(20) }), person('ben')]
    expect(choose(people, { stickyOwnerId: 'ada' })).toMatchObject({
      reason: { code: 'waits-for-owner' },
      askAgainAt: at(20),
    })
    expect(choose(people, { stickyOwnerId: 'ada', dueAt: at(15) })).toMatchObject({ personId: 'ben' })
    expect(choose(people, { stickyOwnerId: 'ada' }, 1, { stickyForMs: 0 })).toMatchObject({ personId: 'ben' })
  })
})

const skills = ['es', 'fr', 'refunds', 'legal']
const anyPeople = fc.array(
  fc.record({
    departmentIds: fc.subarray(['service', 'sales'], { minLength: 1 }),
    skills: fc.subarray(skills),
    capacity: fc.integer({ min: 0, max: 12 }),
    load: fc.integer({ min: 0, max: 12 }),
    idleSince: fc.option(fc.integer({ min: -100, max: 0 }).map(at)),
    isAtWork: fc.boolean(),
    backAt: fc.option(fc.integer({ min: 2, max: 100 }).map(at)),
  }),
  { maxLength: 12 },
)
const anyNeed = fc.record({
  requiredSkills: fc.subarray(skills, { maxLength: 2 }),
  additionalSkills: fc
    .subarray(skills, { maxLength: 3 })
    .map((some) => some.map((skill, index) => ({ skill, priority: index + 1 }))),
  weight: fc.integer({ min: 1, max: 4 }),
  stickyOwnerId: fc.option(fc.integer({ min: 0, max: 11 }).map(String), { freq: 3 }),
  declinedIds: fc.uniqueArray(fc.integer({ min: 0, max: 11 }).map(String), { maxLength: 3 }),
})

test('whoever is there: nobody without a required skill, full, away or who gave it back; and nobody only where nobody could', () => {
  const demand = fc.dictionary(fc.constantFrom(...skills), fc.integer({ min: 0, max: 20 }))
  fc.assert(
    fc.property(anyPeople, anyNeed, demand, fc.integer({ min: 0, max: 30 }), (people, need, asked, minute) => {
      const all = people.map((each, index) => ({ id: String(index), ...each }))
      const found = choose(all, need, minute, { demand: new Map(Object.entries(asked)) })
      const could = all.filter(
        (each) =>
          each.departmentIds.includes('service') &&
          need.requiredSkills.every((skill) => each.skills.includes(skill)) &&
          !need.declinedIds.includes(each.id) &&
          each.isAtWork &&
          each.load + need.weight <= each.capacity,
      )
      if (found.kind === 'owner') {
        expect(could.map(({ id }) => id)).toContain(found.personId)
        const kept = need.additionalSkills.map(({ skill }) => skill).filter((skill) => !found.dropped.includes(skill))
        const owner = all.find(({ id }) => id === found.personId)!
        if (found.reason.code !== 'sticky') expect(kept.every((skill) => owner.skills.includes(skill))).toBe(true)
        expect(found.dropped.length).toBeLessThanOrEqual(Math.floor(minute / 5))
      } else if (could.length > 0) {
        expect(['waits-for-owner', 'nobody-with-additional-skills']).toContain(found.reason.code)
        expect(found.askAgainAt! > at(minute)).toBe(true)
      }
      const asked_ = found.kind === 'owner' && found.reason.code !== 'sticky' ? found.reason.of : 0
      expect(found.ruledOut.length + asked_).toBeLessThanOrEqual(all.length)
    }),
    { numRuns: 2000 },
  )
})
