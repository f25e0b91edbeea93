// How issues and their timelines look to those who ask.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import { whySentence } from '../alerts/rules.ts'
import { findMentions } from '../mentions/store-read.ts'
import { viewOfMention } from '../mentions/views.ts'
import type { Why } from '../spikes/types.ts'
import { topicIdsByNumber } from '../topics/store.ts'
import type { entryView, issueView } from './contract.ts'
import { alertsBehind, type EntryRow, type ShownIssue } from './store.ts'

export type IssueShown = z.infer<typeof issueView>
export type EntryShown = z.infer<typeof entryView>

export async function issueShower(tx: Tx, orgId: string, rows: readonly ShownIssue[]) {
  const people = rows.flatMap(({ owner_id, opened_by, closed_by }) => [owner_id, opened_by, closed_by])
  const person = await readActors(tx, orgId, people)
  return (row: ShownIssue): IssueShown => ({
    ...{ id: row.id, topicId: row.topic_id, topic: row.topic_name, title: row.title },
    ...{ state: row.state, reason: row.reason, severity: row.severity },
    ...{ owner: person(row.owner_id), openedAt: row.opened_at.toISOString(), openedBy: person(row.opened_by) },
    changedAt: row.changed_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closedBy: person(row.closed_by),
    ...{ alerts: row.alerts, evidence: row.evidence, notes: row.notes },
  })
}

export async function entryShower(tx: Tx, orgId: string, rows: readonly EntryRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ by, kind, facts }) => (kind === 'owner' ? [by, facts.from ?? null, facts.to ?? null] : [by])),
  )
  const alerts = await alertsBehind(
    tx,
    orgId,
    rows.flatMap(({ alert_id }) => alert_id ?? []),
  )
  const mentions = await findMentions(
    tx,
    orgId,
    rows.flatMap(({ mention_id }) => mention_id ?? []),
  )
  const topicIds = mentions.size > 0 ? await topicIdsByNumber(tx, orgId) : new Map<number, string>()
  return (row: EntryRow): EntryShown => {
    const alert = row.alert_id === null ? undefined : alerts.get(row.alert_id)
    const mention = row.mention_id === null ? undefined : mentions.get(row.mention_id)
    const named = (value: string | null) => (row.kind === 'owner' ? (person(value)?.name ?? null) : value)
    return {
      ...{ id: row.id, kind: row.kind, at: row.at.toISOString(), by: person(row.by), note: row.note },
      alert: alert
        ? {
            ...{ id: alert.id, sentence: whySentence(alert.why as Why), network: alert.network },
            ...{ severity: alert.severity, answer: alert.answer },
          }
        : null,
      mentionId: row.mention_id,
      mention: mention ? viewOfMention(mention, topicIds) : null,
      ...{ from: named(row.facts.from ?? null), to: named(row.facts.to ?? null), reason: row.facts.reason ?? null },
      byAnswer: row.facts.byAnswer !== undefined,
    }
  }
}
