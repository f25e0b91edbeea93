// That we wait for somebody follows from what was said: cases told by hand.

import { describe, expect, test } from 'vitest'
import { type Stored, timelineOf } from './conversation-timeline.ts'
import { dueOf } from './due-of.ts'
import { knowing, on, told, version } from './promises.testing.ts'

describe('while the last word is ours', () => {
  const said = (time: string, isOurs = false, removed: string | null = null) => ({
    ...{ id: time, at: on(time), isOurs, removedAt: removed === null ? null : on(removed) },
  })
  const policies = [{ at: on('09:00'), versionId: 'p', running: false }]
  const standings = (stored: Omit<Stored, 'policies'>) =>
    timelineOf({ ...stored, policies }).flatMap((event) =>
      event.kind === 'policy' ? [] : [event.kind === 'state' ? event.state : event.kind],
    )

  test.each<[string, Omit<Stored, 'policies'>, string[]]>([
    [
      'we wait from our answer until they speak',
      { messages: [said('09:00'), said('09:10', true), said('09:20'), said('09:30', true)], states: [] },
      ['customer', 'reply', 'waiting', 'customer', 'reply', 'waiting'],
    ],
    [
      'a second word of ours changes nothing',
      { messages: [said('09:00'), said('09:10', true), said('09:20', true)], states: [] },
      ['customer', 'reply', 'waiting', 'reply'],
    ],
    [
      'whom nobody asked waits for nobody',
      { messages: [said('09:00', true), said('09:10')], states: [] },
      ['reply', 'customer'],
    ],
    [
      'what was put off meanwhile waits again when it is back',
      {
        messages: [said('09:00'), said('09:10', true)],
        states: [
          { at: on('09:15'), to: 'snoozed' },
          { at: on('09:25'), to: 'open' },
        ],
      },
      ['customer', 'reply', 'waiting', 'on-hold', 'waiting'],
    ],
    [
      'a question that is taken back leaves the last word to us',
      { messages: [said('09:00'), said('09:10', true), said('09:20', false, '09:30')], states: [] },
      ['customer', 'reply', 'waiting', 'customer', 'removed', 'waiting'],
    ],
    [
      'what is closed does not wait',
      {
        messages: [said('09:00'), said('09:20', true)],
        states: [{ at: on('09:10'), to: 'closed' }],
      },
      ['customer', 'solved', 'reply'],
    ],
  ])('%s', (_, stored, expected) => {
    expect(standings(stored)).toEqual(expected)
  })

  test.each<['run' | 'pause' | 'reset', string[]]>([
    ['run', ['requester-wait, 1, 30 09:00, 30 10:00, overdue']],
    // Ten minutes of it were spent; fifty are left from 09:40 on.
    ['pause', ['requester-wait, 1, 30 09:00, 30 10:30, overdue']],
    [
      'reset',
      ['requester-wait, 1, 30 09:00, 30 10:00, waived for reset', 'requester-wait, 2, 30 09:40, 30 10:40, running'],
    ],
  ])('a clock that is to %s does so', (whileWaiting, expected) => {
    const messages = [said('09:00'), said('09:10', true), said('09:40')]
    const known = knowing(version('p', { 'requester-wait': { minutes: 60, whileWaiting } }))
    expect(told(dueOf(timelineOf({ messages, states: [], policies }), known, on('10:35')))).toEqual(expected)
  })
})
