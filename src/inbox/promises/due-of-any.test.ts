// Promise clocks of any conversation, against a reader that goes through it minute by minute.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpen } from './business-clock.ts'
import { dueOf } from './due-of.ts'
import type { PolicyVersion } from './policy.ts'
import { berlin, hoursId, knowing } from './promises.testing.ts'
import { readByMinute } from './read-by-minute.testing.ts'
import type { Standing, TimelineEvent } from './timeline.ts'
import { type PromiseMetric, promiseMetrics, promisePolicy, promiseTarget } from './types.ts'

const begin = Date.parse('2026-11-27T07:00:00Z')
const minuteMs = 60_000
const span = 4 * 24 * 60

/** So that things coincide: a pause begins at the very minute at which all is spent. */
const quarters = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * 15)

const anyTarget = (metric: PromiseMetric) =>
  fc
    .record({
      minutes: fc.oneof(quarters(1, 30), fc.integer({ min: 1, max: 500 })),
      hours: fc.constantFrom('business', 'calendar'),
      dueSoonMinutes: fc.option(fc.integer({ min: 0, max: 100 })),
      whileWaiting: fc.constantFrom('run', 'pause', 'reset'),
      whileOnHold: fc.constantFrom('run', 'pause', 'reset'),
      whenReopened: fc.constantFrom('continue', 'reset'),
    })
    .map((given) => promiseTarget.parse({ metric, ...given }))

const anyVersion = (id: string): fc.Arbitrary<PolicyVersion> =>
  fc
    .tuple(fc.subarray([...promiseMetrics], { minLength: 1 }), fc.tuple(...promiseMetrics.map(anyTarget)))
    .map(([metrics, targets]) => ({
      id,
      policy: promisePolicy.parse({
        name: id,
        hoursId,
        targets: targets.filter(({ metric }) => metrics.includes(metric)),
      }),
    }))

const anyEvent: fc.Arbitrary<TimelineEvent> = fc
  .record({
    minute: fc.oneof(quarters(0, span / 15 - 1), fc.integer({ min: 0, max: span - 1 })),
    kind: fc.constantFrom('customer', 'customer', 'customer', 'reply', 'reply', 'state', 'state', 'policy', 'removed'),
    state: fc.constantFrom('open', 'waiting', 'on-hold', 'solved'),
    versionId: fc.constantFrom('one', 'two', null),
    running: fc.boolean(),
    message: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ minute, kind, state, versionId, running, message }) => {
    const at = new Date(begin + minute * minuteMs)
    if (kind === 'customer') return { kind, at, messageId: `m${minute}-${message}` }
    if (kind === 'removed') return { kind, at, messageId: `${message}` }
    if (kind === 'state') return { kind, at, state: state as Standing }
    return kind === 'policy' ? { kind, at, versionId, running } : { kind: 'reply', at }
  })

/** In order; messages are taken back that were sent before. */
const anyTimeline = fc.array(anyEvent, { minLength: 1, maxLength: 16 }).map((events) => {
  const inOrder = events.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return inOrder.flatMap((event, index): TimelineEvent[] => {
    if (event.kind !== 'removed') return [event]
    const sent = inOrder.slice(0, index).filter((each) => each.kind === 'customer')
    const one = sent[Number(event.messageId) % Math.max(1, sent.length)]
    return one ? [{ ...event, messageId: one.messageId }] : []
  })
})

test('any conversation is read as by a reader that looks at each minute', () => {
  const open = Array.from({ length: span + 1 }, (_, minute) => isOpen(berlin, new Date(begin + minute * minuteMs)))
  const given = fc.record({ one: anyVersion('one'), two: anyVersion('two'), timeline: anyTimeline })
  fc.assert(
    fc.property(given, ({ one, two, timeline }) => {
      const events: TimelineEvent[] = [
        { kind: 'policy', at: new Date(begin), versionId: 'one', running: false },
        ...timeline,
      ]
      const known = knowing(one, two)
      const now = new Date(begin + span * minuteMs)
      const shown = dueOf(events, known, now).map((clock) => ({
        metric: clock.metric,
        round: clock.round,
        messageId: clock.messageId,
        versionId: clock.versionId,
        startedAt: clock.startedAt.getTime(),
        endedAt: clock.endedAt?.getTime() ?? null,
        brokenAt: clock.brokenAt?.getTime() ?? null,
        spentMs: clock.spentMs,
        state: clock.state,
        waivedFor: clock.waivedFor,
      }))
      const expected = readByMinute(events, known, { begin, minutes: span, open })
      const byAll = (each: object) => JSON.stringify(each)
      expect(shown.toSorted((a, b) => (byAll(a) < byAll(b) ? -1 : 1))).toEqual(
        expected.toSorted((a, b) => (byAll(a) < byAll(b) ? -1 : 1)),
      )
    }),
    { numRuns: 400 },
  )
})

test('what is said of the past stays said, whatever comes later', () => {
  const given = fc.record({ one: anyVersion('one'), two: anyVersion('two'), timeline: anyTimeline })
  fc.assert(
    fc.property(given, fc.integer({ min: 0, max: span }), ({ one, two, timeline }, minute) => {
      const known = knowing(one, two)
      const events: TimelineEvent[] = [
        { kind: 'policy', at: new Date(begin), versionId: 'one', running: false },
        ...timeline,
      ]
      const then = new Date(begin + minute * minuteMs)
      const before = dueOf(events, known, then)
      const after = dueOf(events, known, new Date(begin + span * minuteMs))
      for (const clock of before) {
        const same = after.find(({ metric, round }) => metric === clock.metric && round === clock.round)
        expect(same?.startedAt).toEqual(clock.startedAt)
        if (clock.brokenAt) expect(same?.brokenAt).toEqual(clock.brokenAt)
        // Whatever is due now and not touched until then breaks at that instant.
        const untouched = events.every(({ at }) => at <= then)
        if (untouched && clock.state === 'running' && clock.dueAt && clock.dueAt < new Date(begin + span * minuteMs))
          expect(same?.brokenAt).toEqual(clock.dueAt)
      }
    }),
    { numRuns: 200 },
  )
})
