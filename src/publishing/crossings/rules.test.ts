// Which events fire a crossing point, what a point waits for, and which plans do not fit.

import { describe, expect, test } from 'vitest'
import { briefFor, defaults, fires, holds, liveTriggers, type PointPlan, planFault, standingOf } from './rules.ts'
import { actions, triggerVerbs } from './types.ts'

const plan = (more: Partial<PointPlan> = {}): PointPlan => ({
  name: 'A point',
  trigger: 'post.replied',
  conditions: [],
  action: 'tell',
  options: {},
  tell: { owner: true, memberIds: [], roles: [], departmentIds: [] },
  ...more,
})

describe('conditions', () => {
  const facts = { campaignId: 'c', new: 12, kind: 'event', empty: '', nothing: null }
  test.each([
    ['campaignId', 'present', '', true],
    ['nothing', 'present', '', false],
    ['empty', 'present', '', false],
    ['toString', 'present', '', false],
    ['nothing', 'absent', '', true],
    ['kind', 'equal', 'Event', true],
    ['kind', 'equal', 'trade-show', false],
    ['kind', 'not-equal', 'trade-show', true],
    ['absent', 'not-equal', 'x', true],
    ['new', 'at-least', '12', true],
    ['new', 'at-least', '13', false],
    ['new', 'at-least', '', false],
    ['absent', 'at-least', '0', false],
    ['kind', 'at-least', '1', false],
  ] as const)('%s %s “%s”: %s', (fact, is, value, expected) => {
    expect(holds({ fact, is, value }, facts)).toBe(expected)
  })
})

test('a point fires on its own verb when all of its conditions hold', () => {
  const point = plan({ conditions: [{ fact: 'campaignId', is: 'present', value: '' }] })
  expect(fires(point, { verb: 'post.replied', facts: { campaignId: 'c' } })).toBe(true)
  expect(fires(point, { verb: 'post.replied', facts: { campaignId: null } })).toBe(false)
  expect(fires(point, { verb: 'post.published', facts: { campaignId: 'c' } })).toBe(false)
})

test('of two points that ask for different days before a launch each fires on its own', () => {
  const event = { verb: 'campaign.neared', facts: { days: 7, daysLeft: 7 } }
  const point = (daysBefore: number) => plan({ trigger: 'campaign.neared', options: { daysBefore } })
  expect([fires(point(7), event), fires(point(3), event)]).toEqual([true, false])
})

test('every shipped point fits, and what one does is no trigger of another: nothing goes in circles', () => {
  for (const each of Object.values(defaults)) expect(planFault(each)).toBeNull()
  expect(triggerVerbs.filter((verb) => /^(crossing|hold|brief)\./.test(verb))).toEqual([])
})

test('a brief has the words of its point and of its post as material, and the first day of a campaign that lies ahead', () => {
  const campaign = { id: 'c', name: 'Autumn', beginsOn: '2026-10-01' }
  const point = plan({ name: 'Ask the team', options: { text: 'Three questions.' } })
  const about = { campaign, today: '2026-09-20', summary: 'Loud', url: 'https://there.example/1' }
  expect(briefFor(point, about)).toEqual({
    ...{ title: 'Ask the team: Autumn', kind: 'campaign-need', campaignId: 'c', dueOn: '2026-10-01' },
    ...{ material: 'Three questions.\n\n“Loud”', links: ['https://there.example/1'] },
  })
  expect(briefFor(point, { ...about, today: '2026-10-02' }).dueOn).toBeNull()
  expect(briefFor(plan(), { campaign: undefined, today: null, summary: null, url: null })).toEqual({
    ...{ title: 'A point', kind: 'idea', campaignId: null, dueOn: null, material: '', links: [] },
  })
  expect(briefFor(plan({ name: 'x'.repeat(200) }), about).title).toHaveLength(200)
})

test('what waits is never read from the log', () => {
  const points = triggerVerbs.flatMap((trigger) => actions.map((action) => ({ key: null, trigger, action })))
  const live = liveTriggers(points)
  expect(live).not.toContain('trend.found')
  expect(live).not.toContain('incident.opened')
  for (const point of points) {
    const { state, waitsFor } = standingOf(point)
    expect(waitsFor === null).toBe(state === 'works')
  }
})

test.each([
  [plan({ trigger: 'campaign.neared' }), 'options.daysBefore'],
  [plan({ trigger: 'account.lost', action: 'hold-campaign' }), 'action'],
  [plan({ tell: { owner: false, memberIds: [], roles: [], departmentIds: [] } }), 'tell'],
  [plan({ action: 'hold-campaign', tell: { owner: false, memberIds: [], roles: [], departmentIds: [] } }), undefined],
])('%j does not fit at %s', (given, field) => expect(planFault(given)?.field).toBe(field))
