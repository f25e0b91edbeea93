// What we do ourselves, as tables: whose alerts it marks, for how long, and what goes before it.

import { describe, expect, test } from 'vitest'
import { planFor } from '../spikes/planned.ts'
import { plannedColumns, plannedFor } from './planned.ts'

const hour = 3_600_000
const begins = Date.UTC(2026, 10, 29)
const own = {
  campaigns: [
    { id: 'spring', name: 'Spring', beginsOn: '2026-01-01', from: new Date(begins), to: new Date(begins + 240 * hour) },
  ],
  posts: [
    { id: 'plain', campaignId: null, network: 'mastodon', at: new Date(begins + 100 * hour) },
    { id: 'launch', campaignId: 'spring', network: 'bluesky', at: new Date(begins + 50 * hour) },
  ],
}
const topic = { topic_id: 'brand', topic_kind: 'brand', campaign_id: null, network: 'mastodon' }
const announced = {
  id: 'fair',
  topic_id: null,
  from_at: new Date(begins + 100 * hour),
  to_at: new Date(begins + 101 * hour),
}

/** What names an alert whose window ends then. */
const at = (hours: number, change: Partial<typeof topic> | { campaign_id: string } = {}, rows: unknown[] = []) => {
  const events = plannedFor(rows as never, own, { ...topic, ...change })
  const end = begins + hours * hour
  return planFor(events, end - hour / 2, end)
}

describe('an alert', () => {
  test.each([
    ['of a brand on the first day of a campaign', 20, {}, 'campaign:spring'],
    ['of a brand later on', 60, {}, null],
    [
      'under the topic of the campaign, all the time',
      200,
      { topic_kind: 'campaign', campaign_id: 'spring' },
      'campaign:spring',
    ],
    ['after it', 250, { topic_kind: 'campaign', campaign_id: 'spring' }, null],
    ['of a competitor on the first day', 20, { topic_kind: 'competitor' }, null],
    ['soon after a post', 102, {}, 'post:plain'],
    ['four hours after it', 104, {}, null],
    ['soon after it in another network', 102, { network: 'bluesky' }, null],
    ['of a competitor soon after it', 102, { topic_kind: 'competitor' }, null],
    ['soon after a post of the campaign', 52, { network: 'bluesky' }, 'campaign:spring'],
  ])('%s', (_, hours, change, event) => {
    expect(at(hours, change).event).toBe(event)
  })

  test('is named by what was announced, which alone is left out of what is learned', () => {
    const fair = { ...announced, factor: null }
    expect(at(101, {}, [fair])).toEqual({ factor: 1, event: 'fair', unusual: true })
    expect(at(102, {}, [fair])).toEqual({ factor: 1, event: 'post:plain', unusual: false })
    expect(at(101, {}, [{ ...announced, factor: 3 }])).toMatchObject({ factor: 3, event: 'fair' })
    expect(at(101, {}, [{ ...fair, topic_id: 'another' }]).event).toBe('post:plain')
  })
})

test('the column of an alert is that of its kind', () => {
  expect(plannedColumns('campaign:one')).toMatchObject({ planned_campaign_id: 'one', planned_event_id: null })
  expect(plannedColumns('post:one')).toMatchObject({ planned_post_id: 'one', planned_campaign_id: null })
  expect(plannedColumns('one')).toMatchObject({ planned_event_id: 'one', planned_post_id: null })
  expect(plannedColumns(null)).toEqual({ planned_event_id: null, planned_campaign_id: null, planned_post_id: null })
})
