// Promise clocks: cases told by hand.

import { describe, expect, test } from 'vitest'
import { adherence } from './adherence.ts'
import { type Stored, timelineOf } from './conversation-timeline.ts'
import { dueOf } from './due-of.ts'
import { asLadderPromise, nextDue } from './next-due.ts'
import { knowing, on, told, version } from './promises.testing.ts'
import type { Standing, TimelineEvent } from './timeline.ts'

const policy = (versionId: string | null, time = '00:00', running = false): TimelineEvent => ({
  kind: 'policy',
  at: on(time),
  versionId,
  running,
})
const customer = (time: string, messageId = time, day = 30): TimelineEvent => ({
  kind: 'customer',
  at: on(time, day),
  messageId,
})
const reply = (time: string, day = 30): TimelineEvent => ({ kind: 'reply', at: on(time, day) })
const state = (time: string, state: Standing, day = 30): TimelineEvent => ({
  kind: 'state',
  at: on(time, day),
  state,
})

describe('first and next replies', () => {
  const known = knowing(version('p', { 'first-reply': { minutes: 60 }, 'next-reply': { minutes: 120 } }))
  const read = (events: TimelineEvent[], now: Date) => told(dueOf([policy('p'), ...events], known, now))

  test.each<[string, TimelineEvent[], Date, string[]]>([
    [
      'a message before noon is due after the break',
      [customer('11:30')],
      on('11:45'),
      ['first-reply, 1, 30 11:30, 30 13:30, running'],
    ],
    [
      'at the very instant it is kept',
      [customer('11:30'), reply('13:30')],
      on('14:00'),
      ['first-reply, 1, 30 11:30, 30 13:30, met'],
    ],
    [
      'a minute later it is broken',
      [customer('11:30'), reply('13:31')],
      on('14:00'),
      ['first-reply, 1, 30 11:30, 30 13:30, broken'],
    ],
    ['unanswered it is overdue', [customer('16:30')], on('09:31', 1), ['first-reply, 1, 30 16:30, 01 09:30, overdue']],
    [
      'the next reply is owed from the oldest message without an answer',
      [customer('09:00'), reply('09:10'), customer('09:30'), customer('11:20'), reply('11:40'), customer('14:00')],
      on('15:00'),
      [
        'first-reply, 1, 30 09:00, 30 10:00, met',
        'next-reply, 1, 30 09:30, 30 11:30, broken',
        'next-reply, 2, 30 14:00, 30 16:00, running',
      ],
    ],
    [
      'what we said before they spoke answers nobody',
      [reply('09:00'), customer('09:30')],
      on('09:40'),
      ['first-reply, 1, 30 09:30, 30 10:30, running'],
    ],
    [
      'solved without a reply nothing is owed any more',
      [customer('09:00'), state('09:20', 'solved')],
      on('12:00'),
      ['first-reply, 1, 30 09:00, 30 10:00, waived for solved'],
    ],
    [
      'solved too late it stays broken',
      [customer('09:00'), state('10:20', 'solved')],
      on('12:00'),
      ['first-reply, 1, 30 09:00, 30 10:00, broken'],
    ],
    [
      'a message that is taken back hands its clock to the next',
      [
        customer('09:00', 'a'),
        customer('09:30', 'b'),
        { kind: 'removed', at: on('09:40'), messageId: 'a' },
        reply('10:15'),
      ],
      on('12:00'),
      ['first-reply, 1, 30 09:00, 30 10:00, waived for removed', 'first-reply, 2, 30 09:30, 30 10:30, met'],
    ],
  ])('%s', (_, events, now, expected) => {
    expect(read(events, now)).toEqual(expected)
  })
})

test('a message to which nothing was promised takes over no clock', () => {
  const known = knowing(version('p', { 'first-reply': {} }))
  const events: TimelineEvent[] = [
    customer('09:00', 'a'),
    policy('p', '09:10'),
    customer('09:20', 'b'),
    { kind: 'removed', at: on('09:30'), messageId: 'b' },
  ]
  expect(told(dueOf(events, known, on('12:00')))).toEqual(['first-reply, 1, 30 09:20, 30 10:20, waived for removed'])
})

describe('pauses and resets', () => {
  const targets = (more: object) => knowing(version('p', { resolution: { minutes: 120, ...more } }))
  const events = [policy('p'), customer('09:00'), state('10:00', 'waiting'), state('11:00', 'open')]

  test('a pause goes on with what is left; a reset begins with all of it', () => {
    expect(told(dueOf(events, targets({ whileWaiting: 'run' }), on('11:01')))).toEqual([
      'resolution, 1, 30 09:00, 30 11:00, overdue',
    ])
    expect(told(dueOf(events, targets({ whileWaiting: 'pause' }), on('11:01')))).toEqual([
      'resolution, 1, 30 09:00, 30 12:00, running',
    ])
    expect(told(dueOf(events, targets({ whileWaiting: 'reset' }), on('11:01')))).toEqual([
      'resolution, 1, 30 09:00, 30 11:00, waived for reset',
      'resolution, 2, 30 11:00, 30 14:00, running',
    ])
  })

  test('a clock that was reset does not begin for a message that was taken back meanwhile', () => {
    const known = knowing(version('p', { 'first-reply': { whileOnHold: 'reset' } }))
    const held = [policy('p'), customer('09:00', 'a'), state('09:10', 'on-hold')]
    const removed: TimelineEvent = { kind: 'removed', at: on('09:20'), messageId: 'a' }
    const first = 'first-reply, 1, 30 09:00, 30 10:00, waived for reset'
    expect(told(dueOf([...held, removed, state('09:30', 'open')], known, on('09:40')))).toEqual([first])
    expect(told(dueOf([...held, state('09:30', 'open')], known, on('09:40')))).toEqual([
      first,
      'first-reply, 2, 30 09:30, 30 10:30, running',
    ])
  })

  test('what is all spent when a pause begins is due when it ends, and not before', () => {
    const whole = [policy('p'), customer('09:00'), state('11:00', 'waiting')]
    const [paused] = dueOf(whole, targets({ whileWaiting: 'pause' }), on('14:00'))
    expect(paused).toMatchObject({ state: 'paused', dueAt: null, leftMs: 0 })
    const [again] = dueOf([...whole, state('14:30', 'open')], targets({ whileWaiting: 'pause' }), on('14:31'))
    expect(again).toMatchObject({ state: 'overdue', dueAt: on('14:30') })
  })

  test('while it is paused it is not due, and says what is left', () => {
    const [clock] = dueOf(events, targets({ whileWaiting: 'pause' }), on('10:30'))
    expect(clock).toMatchObject({ state: 'paused', dueAt: null, spentMs: 3600_000, leftMs: 3600_000 })
    expect(clock!.pauses).toEqual([{ from: on('10:00'), to: null }])
  })

  test('what is solved goes on when it is opened again, or begins anew', () => {
    const solved = [policy('p'), customer('09:00'), state('10:00', 'solved'), customer('14:00')]
    expect(told(dueOf(solved.slice(0, 3), targets({}), on('12:00')))).toEqual([
      'resolution, 1, 30 09:00, 30 11:00, met',
    ])
    expect(told(dueOf(solved, targets({}), on('14:30')))).toEqual(['resolution, 1, 30 09:00, 30 15:00, running'])
    expect(told(dueOf(solved, targets({ whenReopened: 'reset' }), on('14:30')))).toEqual([
      'resolution, 1, 30 09:00, 30 11:00, met',
      'resolution, 2, 30 14:00, 30 16:00, running',
    ])
  })

  test('word is given again and again until it is solved', () => {
    const known = knowing(version('p', { 'periodic-update': { minutes: 60, hours: 'calendar' } }))
    const words = [
      policy('p'),
      customer('09:00'),
      reply('10:00'),
      reply('10:30'),
      reply('12:00'),
      state('12:30', 'solved'),
    ]
    expect(told(dueOf(words, known, on('15:00')))).toEqual([
      'periodic-update, 1, 30 10:00, 30 11:00, met',
      'periodic-update, 2, 30 10:30, 30 11:30, broken',
      'periodic-update, 3, 30 12:00, 30 13:00, waived for solved',
    ])
  })
})

describe('versions', () => {
  const known = knowing(
    version('slow', { 'first-reply': { minutes: 120 }, 'next-reply': { minutes: 120 } }),
    version('quick', { 'first-reply': { minutes: 30 }, 'next-reply': { minutes: 30 } }),
  )
  test('a changed policy leaves running clocks and the past as they are', () => {
    const events = [policy('slow'), customer('09:00'), policy('quick', '09:40'), reply('10:30'), customer('11:00')]
    expect(told(dueOf(events, known, on('11:10')))).toEqual([
      'first-reply, 1, 30 09:00, 30 11:00, met',
      'next-reply, 1, 30 11:00, 30 11:30, running',
    ])
  })

  test('a conversation that became another is measured by its new promise, at the earliest from then on', () => {
    const events = [policy('slow'), customer('09:00'), policy('quick', '09:40', true)]
    expect(told(dueOf(events, known, on('09:40')))).toEqual(['first-reply, 1, 30 09:00, 30 09:40, running'])
    expect(told(dueOf(events, known, on('09:41')))).toEqual(['first-reply, 1, 30 09:00, 30 09:40, overdue'])
    const kinder = [policy('quick'), customer('09:00'), policy('slow', '09:20', true), reply('10:30')]
    expect(told(dueOf(kinder, known, on('12:00')))).toEqual(['first-reply, 1, 30 09:00, 30 11:00, met'])
    const tooLate = [policy('quick'), customer('09:00'), policy('slow', '09:50', true), reply('10:30')]
    expect(dueOf(tooLate, known, on('12:00'))[0]).toMatchObject({ state: 'broken', brokenAt: on('09:30') })
  })
})

test('the next that is due is the one that is overdue, then the soonest; the ladder keeps what was broken', () => {
  const known = knowing(
    version('p', { 'first-reply': { minutes: 60 }, resolution: { minutes: 30, whileWaiting: 'pause' } }),
    version('q', { 'first-reply': { minutes: 60 }, resolution: { minutes: 600 } }),
  )
  const events = [policy('p'), customer('09:00')]
  const now = dueOf(events, known, on('09:40'))
  expect(nextDue(now)).toMatchObject({ metric: 'resolution', state: 'overdue' })
  const later = dueOf([...events, policy('q', '09:40', true)], known, on('09:50'))
  expect(asLadderPromise(nextDue(later)!)).toMatchObject({ dueAt: on('09:30'), isOver: false })
  expect(nextDue(dueOf([...events, state('09:10', 'solved')], known, on('09:20')))).toBeNull()
})

test('what is stored of a conversation is read as its timeline, at one instant in the order in which it matters', () => {
  const stored: Stored = {
    messages: [
      { id: 'b', at: on('09:20'), isOurs: false, removedAt: on('09:40') },
      { id: 'a', at: on('09:00'), isOurs: false, removedAt: null },
      { id: 'c', at: on('10:00'), isOurs: true, removedAt: on('11:00') },
    ],
    states: [
      { at: on('09:10'), to: 'snoozed' },
      { at: on('10:00'), to: 'closed' },
    ],
    policies: [{ at: on('09:00'), versionId: 'p', running: false }],
  }
  const timeline = timelineOf(stored)
  expect(timeline.map((event) => (event.kind === 'state' ? event.state : event.kind))).toEqual([
    'policy',
    'customer',
    'on-hold',
    'customer',
    'removed',
    'reply',
    'solved',
  ])
  const known = knowing(version('p', { 'first-reply': {}, resolution: { minutes: 50, whileOnHold: 'pause' } }))
  expect(told(dueOf(timeline, known, on('12:00')))).toEqual([
    'first-reply, 1, 30 09:00, 30 10:00, met',
    'resolution, 1, 30 09:00, never, met',
  ])
})

test('adherence counts what is overdue as broken, and leaves out what is not due and what is not owed', () => {
  const known = knowing(version('p', { 'first-reply': {} }))
  const first = (...events: TimelineEvent[]) => dueOf([policy('p'), customer('09:00'), ...events], known, on('10:01'))
  const clocks = [
    first(reply('09:30')),
    first(reply('10:00')),
    first(reply('10:01')),
    first(),
    first(state('09:10', 'solved')),
    dueOf([policy('p'), customer('09:30')], known, on('10:01')),
  ].flat()
  const [of] = adherence(clocks)
  expect(of).toMatchObject({
    metric: 'first-reply',
    met: 2,
    broken: 1,
    overdue: 1,
    n: 4,
    share: 0.5,
    running: 1,
    waived: 1,
  })
  // Wilson's interval for 2 of 4.
  expect([of!.low, of!.high].map((each) => each?.toFixed(4))).toEqual(['0.1500', '0.8500'])
  expect(adherence(dueOf([policy('p'), customer('09:30')], known, on('10:01')))[0]).toMatchObject({ n: 0, share: null })
})
