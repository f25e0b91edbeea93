// Who stands on which level.

import { describe, expect, test } from 'vitest'
import { ladderOf, usualLadder } from './ladder-people.ts'

const person = (id: string, role: 'owner' | 'admin' | 'manager' | 'contributor', more: object = {}) => ({
  ...{ id, role, departmentId: 'service', deputyId: null, managerId: null, ...more },
})
const people = [
  person('agent', 'contributor', { deputyId: 'second', managerId: 'lead' }),
  person('second', 'contributor'),
  person('lead', 'manager'),
  person('head', 'manager'),
  person('founder', 'owner', { departmentId: null }),
]
const levels = (of: { ownerId?: string; departmentId?: string }, settings = usualLadder): (readonly string[])[] =>
  ladderOf({ ownerId: null, departmentId: null, ...of }, people, settings).map(({ people: each }) => each)

describe('the ladder of a conversation', () => {
  test('climbs from who has it over their own deputy and manager to those who run the organisation', () => {
    expect(levels({ ownerId: 'agent' })).toEqual([['agent'], ['second'], ['lead'], ['founder']])
  })

  test('climbs to the managers of the department where nobody is named', () => {
    expect(levels({ ownerId: 'second' })).toEqual([['second'], [], ['lead', 'head'], ['founder']])
  })

  test('begins with those of the department who answer where nobody has it, and with nobody where it is nowhere', () => {
    expect(levels({ departmentId: 'service' })).toEqual([['agent', 'second'], [], ['lead', 'head'], ['founder']])
    expect(levels({})).toEqual([[], [], [], ['founder']])
  })

  test('has nobody twice below its top, and nobody who has left', () => {
    expect(levels({ ownerId: 'lead', departmentId: 'service' })).toEqual([['lead'], [], ['head'], ['founder']])
    expect(levels({ ownerId: 'left' })).toEqual([[], [], [], ['founder']])
    const always = { ...usualLadder, always: ['left', 'agent'] }
    expect(levels({ ownerId: 'agent' }, always)).toEqual([['agent'], ['second'], ['lead'], ['agent']])
  })
})
