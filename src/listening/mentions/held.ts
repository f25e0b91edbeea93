// A stored mention as far as its labels and its counts go: how it is read, whoever changes it.

import { sql } from 'kysely'
import type { Counted } from './counts.ts'
import type { Initiator, Labels } from './types.ts'

export interface MentionKey {
  orgId: string
  id: string
  at: Date
}

export interface Held extends MentionKey {
  network: string
  kind: string
  initiator: Initiator
  topics: number[]
  labels: Labels
  labelledAt: Date | null
}

export interface HeldRow {
  org_id: string
  id: string
  at: Date
  network: string
  kind: string
  initiator: Initiator
  topics: number[]
  language: string
  sentiment: Labels['sentiment']
  sentiment_certainty: number | null
  emotion: string | null
  intent: string | null
  offensive: number | null
  crisis: number | null
  labelled_at: Date | null
}

/** Of rows of mentions that a statement calls `m`. */
export const heldColumns = sql.raw(
  `m.org_id, m.id, m.at, m.network, m.kind, m.initiator, m.topics, m.language, m.sentiment, m.sentiment_certainty, m.emotion, m.intent,
    m.offensive, m.crisis, m.labelled_at`,
)

export const heldOf = (row: HeldRow): Held => ({
  orgId: row.org_id,
  id: row.id,
  at: row.at,
  network: row.network,
  kind: row.kind,
  initiator: row.initiator,
  topics: row.topics,
  labelledAt: row.labelled_at,
  labels: {
    language: row.language,
    sentiment: row.sentiment,
    sentimentCertainty: row.sentiment_certainty,
    emotion: row.emotion,
    intent: row.intent,
    offensive: row.offensive,
    crisis: row.crisis,
  },
})

/** As it counts under its topics; `times` −1 takes it out again. */
export const countedHeld = (held: Held, times: 1 | -1, labels = held.labels): Counted => {
  const { orgId, network, at, topics, kind, initiator } = held
  return { orgId, network, at, topics, kind, initiator, labels, times }
}
