// What a version of a promise says and what it changed, against versions written by hand.

import { describe, expect, test } from 'vitest'
import { businessHours, promisePolicy } from '../../promises/types.ts'
import { policyChanges, policyLines } from './policy-changes.ts'

const service = '00000000-0000-4000-8000-000000000001'
const nameOf = (id: string) => (id === service ? 'Service' : 'something removed')
const hours = businessHours.parse({
  zone: 'Europe/Berlin',
  week: [{ day: 1, from: '09:00', to: '17:00' }],
  closed: [{ day: '2026-12-24' }],
})
const hoursId = '00000000-0000-4000-8000-000000000002'
const said = (change: object = {}, inHours = hours) => ({
  policy: promisePolicy.parse({
    ...{ name: 'Complaints', hoursId, conditions: { kinds: ['complaint'], departmentIds: [service] } },
    targets: [{ metric: 'first-reply', minutes: 240 }],
    ...change,
  }),
  hours: inHours,
})

test('a version is read line by line', () => {
  const targets = [
    { metric: 'first-reply', minutes: 90, hours: 'calendar', dueSoonMinutes: 30 },
    { metric: 'resolution', minutes: 2880, whileWaiting: 'pause', whileOnHold: 'reset', whenReopened: 'reset' },
  ]
  expect(policyLines(said({ targets, topics: ['Boots', 'Tents'] }), nameOf)).toEqual([
    { label: 'Name', text: 'Complaints' },
    { label: 'Applies to', text: 'Complaint, Service' },
    { label: 'Hours', text: 'Monday 09:00–17:00 (Berlin), 1 day closed' },
    { label: 'First reply', text: 'in 1 hour 30 minutes, warned 30 minutes before' },
    {
      label: 'Solved',
      text: 'in 2 days of opening hours, stands still while we wait for them, begins anew while it is put off, begins anew when it is opened again',
    },
    { label: 'People may ask about', text: 'Boots, Tents' },
  ])
})

describe('what changed', () => {
  test('nothing, where nothing did', () => {
    expect(policyChanges(said(), said(), nameOf)).toEqual([])
  })

  test('is told with what it was before', () => {
    const after = said({
      conditions: {},
      targets: [
        { metric: 'first-reply', minutes: 60 },
        { metric: 'next-reply', minutes: 120 },
      ],
    })
    expect(policyChanges(said({ topics: ['Boots'] }), after, nameOf)).toEqual([
      { label: 'Applies to', before: 'Complaint, Service', after: 'Everybody' },
      { label: 'First reply', before: 'in 4 hours of opening hours', after: 'in 1 hour of opening hours' },
      { label: 'Next reply', before: null, after: 'in 2 hours of opening hours' },
      { label: 'People may ask about', before: 'Boots', after: null },
    ])
  })

  test('is told also where words leave out what it was', () => {
    const moved = { ...hours, closed: [{ day: '2026-12-31', name: '' }] }
    expect(policyChanges(said(), said({}, moved), nameOf)).toMatchObject([
      { label: 'Hours', after: 'Monday 09:00–17:00 (Berlin), 1 day closed; days of it changed' },
    ])
  })

  test('shows that a protocol is needed', () => {
    const after = said({ conditions: { kinds: ['complaint'], protocolIds: [hoursId] } })
    expect(policyChanges(said(), after, nameOf)).toMatchObject([
      { label: 'Applies to', after: 'Complaint, only while a protocol is active' },
    ])
  })
})
