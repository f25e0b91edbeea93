// What was known to be coming for a topic in a network: what people announced, and what we ourselves do. Pure.

import type { CampaignSpan, OwnPost } from '../../publishing/own-moments.ts'
import type { PlannedEvent } from '../spikes/types.ts'
import type { PlannedRow } from './store.ts'

export interface Own {
  campaigns: readonly CampaignSpan[]
  posts: readonly OwnPost[]
}

export interface WatchedTopic {
  topic_id: string
  topic_kind: string
  campaign_id: string | null
  network: string
}

const hourMs = 3_600_000
/** So long what is said to a post of ours is likely to be its echo. */
export const echoHours = 3
/** The day on which a campaign begins is the one on which all the world speaks of it. */
const launchHours = 24

/** Ours are marked with what they are: an alert names its campaign or post. The last of a kind names it. */
export function plannedFor(
  rows: readonly PlannedRow[],
  { campaigns, posts }: Own,
  topic: WatchedTopic,
): PlannedEvent[] {
  const announced = rows
    .filter(({ topic_id }) => topic_id === null || topic_id === topic.topic_id)
    .map(({ id, from_at, to_at, factor }) => ({ id, from: from_at.getTime(), to: to_at.getTime(), factor }))
  const known = new Set(campaigns.map(({ id }) => id))
  // What is said of competitors and the field has nothing to do with our calendar.
  const isOurs = topic.topic_kind === 'brand' || topic.topic_kind === 'product'
  const echoes = posts
    .filter(({ network, campaignId }) => network === topic.network && (isOurs || isOwn(topic, campaignId)))
    .map(({ id, campaignId, at }) =>
      ours(
        campaignId && known.has(campaignId) ? `campaign:${campaignId}` : `post:${id}`,
        at,
        at.getTime() + echoHours * hourMs,
      ),
    )
  const spans = campaigns.flatMap(({ id, from, to }) => {
    if (isOwn(topic, id)) return [ours(`campaign:${id}`, from, to.getTime())]
    return isOurs ? [ours(`campaign:${id}`, from, Math.min(to.getTime(), from.getTime() + launchHours * hourMs))] : []
  })
  return [...echoes, ...spans, ...announced]
}

const isOwn = ({ campaign_id }: WatchedTopic, id: string | null): boolean => campaign_id !== null && campaign_id === id

const ours = (id: string, from: Date, to: number): PlannedEvent => ({
  id,
  from: from.getTime(),
  to,
  factor: null,
  usual: true,
})

/** The column of an alert that names it. */
export function plannedColumns(planned: string | null): {
  planned_event_id: string | null
  planned_campaign_id: string | null
  planned_post_id: string | null
} {
  const [kind, id] = planned?.includes(':') ? planned.split(':') : ['event', planned]
  return {
    planned_event_id: kind === 'event' ? (id ?? null) : null,
    planned_campaign_id: kind === 'campaign' ? (id ?? null) : null,
    planned_post_id: kind === 'post' ? (id ?? null) : null,
  }
}
