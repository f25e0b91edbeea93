// What mail services post, told apart: letters that came back, complaints, and what is none of our business.

import { expect, test } from 'vitest'
import { bouncesIn } from './bounce-formats.ts'

const address = 'reader@example.org'

test.each([
  ['our own form', { address: 'Reader@Example.org', kind: 'hard', message: 'Gone' }, ['hard', 'Gone']],
  [
    'Postmark, for good',
    { RecordType: 'Bounce', Type: 'HardBounce', Email: address, Description: 'Gone' },
    ['hard', 'Gone'],
  ],
  ['Postmark, for now', { RecordType: 'Bounce', Type: 'Transient', Email: address }, ['soft', 'Transient']],
  [
    'Postmark, a complaint',
    { RecordType: 'SpamComplaint', Type: 'SpamComplaint', Email: address },
    ['complaint', 'SpamComplaint'],
  ],
  ['Postmark, an arrival', { RecordType: 'Delivery', Recipient: address }, null],
  [
    'Mailgun, for good',
    { 'event-data': { event: 'failed', severity: 'permanent', recipient: address } },
    ['hard', 'failed'],
  ],
  [
    'Mailgun, for now',
    {
      'event-data': {
        ...{ event: 'failed', severity: 'temporary', recipient: address },
        'delivery-status': { message: 'Full' },
      },
    },
    ['soft', 'Full'],
  ],
  ['Mailgun, a complaint', { 'event-data': { event: 'complained', recipient: address } }, ['complaint', 'complained']],
  ['Mailgun, an arrival', { 'event-data': { event: 'delivered', recipient: address } }, null],
  [
    'SendGrid, for good',
    { sg_event_id: 'a', email: address, event: 'bounce', type: 'bounce', reason: '550 5.1.1' },
    ['hard', '550 5.1.1'],
  ],
  [
    'SendGrid, this letter alone',
    { sg_event_id: 'a', email: address, event: 'bounce', type: 'blocked', reason: '550 5.7.1' },
    ['soft', '550 5.7.1'],
  ],
  ['SendGrid, a complaint', { sg_event_id: 'a', email: address, event: 'spamreport' }, ['complaint', 'spamreport']],
  ['SendGrid, one more try', { sg_event_id: 'a', email: address, event: 'deferred' }, null],
] as const)('%s', (_what, body, told) => {
  expect(bouncesIn(body)).toEqual(told ? [{ address, kind: told[0], message: told[1] }] : [])
})

test('a list in which arrivals and bounces are mixed has its bounces', () => {
  const event = (name: string, email = address) => ({ sg_event_id: name, email, event: name })
  expect(bouncesIn([event('processed'), event('delivered'), event('spamreport'), event('open')])).toHaveLength(1)
})

test.each([[null], ['text'], [{ hello: 'there' }], [{ address: 'nobody', kind: 'hard' }], [[{ address, kind: 'so' }]]])(
  '%j is of no form that is known',
  (body) => {
    expect(bouncesIn(body)).toBeNull()
  },
)

test('a very long reason is shortened rather than refused', () => {
  const [long] = bouncesIn({ sg_event_id: 'a', email: address, event: 'bounce', reason: 'x'.repeat(5000) })!
  expect(long!.message).toHaveLength(1000)
})
