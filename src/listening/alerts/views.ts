// How alerts and planned events are shown over HTTP.

import type { z } from 'zod'
import type { WhoIs } from '../../people/names.ts'
import type { ShareNow, Why } from '../spikes/types.ts'
import type { alertView } from './contract.ts'
import type { Heard } from './heard.ts'
import { heardSentence, whySentence } from './rules.ts'
import type { PlannedRow } from './store.ts'
import type { ShownAlert } from './store-views.ts'

type Shown = z.infer<typeof alertView>

export function alertShown(row: ShownAlert, who: WhoIs): Shown {
  const why = row.why as unknown as Why
  const { surprise, negative, reach, novelty, score } = row.parts as unknown as Shown['parts']
  return {
    id: row.id,
    topicId: row.topic_id,
    topic: row.topic_name,
    network: row.network,
    trigger: row.trigger as Shown['trigger'],
    kind: row.kind as Shown['kind'],
    severity: row.severity as Shown['severity'],
    parts: { surprise, negative, reach, novelty, score },
    surprise: row.surprise,
    why,
    sentence: whySentence(why),
    heard: heardSentence(row.heard as unknown as Partial<Heard>),
    sentiment: row.sentiment as unknown as ShareNow,
    at: row.at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    late: row.late,
    plannedEvent: plannedOf(row),
    issueId: row.issue_id,
    toldAt: row.told_at?.toISOString() ?? null,
    grewAt: row.grew_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    answer: row.answer as Shown['answer'],
    answeredAt: row.answered_at?.toISOString() ?? null,
    answeredBy: who(row.answered_by),
    note: row.note,
  }
}

function plannedOf(row: ShownAlert): Shown['plannedEvent'] {
  if (row.planned_event_id) return { kind: 'announced', id: row.planned_event_id, name: row.planned_name ?? '' }
  if (row.planned_campaign_id) return { kind: 'campaign', id: row.planned_campaign_id, name: row.campaign_name ?? '' }
  return row.planned_post_id ? { kind: 'post', id: row.planned_post_id, name: row.post_summary ?? '' } : null
}

export const plannedShown = ({ id, name, topic_id, from_at, to_at, factor }: PlannedRow) => ({
  id,
  name,
  topicId: topic_id,
  from: from_at.toISOString(),
  to: to_at.toISOString(),
  factor,
})
