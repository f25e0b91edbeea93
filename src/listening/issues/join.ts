// What a potential issue leads to: it opens a record or joins the one that is open for its topic, inside the transaction that saw it.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import type { Answer } from '../alerts/types.ts'
import type { Severity } from '../spikes/severity.ts'
import type { AlertKind, Trigger } from '../spikes/types.ts'
import { closedByAnswer, graver, reopenedByAnswer, reopenedState, titleFrom } from './rules.ts'
import {
  entriesOf,
  type IssueRow,
  insertEntry,
  insertIssue,
  lockIssue,
  lockLiveIssue,
  putAlertInIssue,
  updateIssue,
} from './store.ts'

export interface Opening {
  topic: number
  topicName: string
  title: string
  severity: Severity
  ownerId: string | null
  at: Date
  /** null: Longrun itself. */
  by: string | null
}

/** The open record of the topic, made where there was none. */
export async function openIssue(tx: Tx, orgId: string, opening: Opening): Promise<{ issue: IssueRow; made: boolean }> {
  const row = {
    topic: opening.topic,
    title: opening.title,
    severity: opening.severity,
    owner_id: opening.ownerId,
    opened_at: opening.at,
    opened_by: opening.by,
  }
  // Another network of the topic may open it at the same moment; that one may be closed before it is seen here.
  for (let round = 0; round < 3; round++) {
    const there = await lockLiveIssue(tx, orgId, opening.topic)
    if (there) return { issue: there, made: false }
    const issue = await insertIssue(tx, orgId, row)
    if (issue) return { issue, made: true }
  }
  throw new Error('An issue is opened and closed all the time.')
}

export const openedEvent = (issue: IssueRow, topicName: string): NewEvent => ({
  verb: 'issue.opened',
  subject: { kind: 'issue', id: issue.id },
  facts: { title: issue.title, topic: topicName, severity: issue.severity },
})

export interface JoiningAlert {
  id: string
  topic: number
  topicName: string
  trigger: Trigger
  kind: AlertKind
  severity: Severity
  ownerId: string | null
}

/** Puts the alert into the record of its topic. */
export async function joinIssue(
  tx: Tx,
  orgId: string,
  alert: JoiningAlert,
  { at, by = null, note = '' }: { at: Date; by?: string | null; note?: string },
): Promise<{ id: string; events: NewEvent[] }> {
  const title = titleFrom(alert.topicName, alert)
  const { issue, made } = await openIssue(tx, orgId, { ...alert, title, at, by })
  await insertEntry(tx, orgId, issue.id, { kind: made ? 'opened' : 'alert', at, by, alertId: alert.id, note })
  await putAlertInIssue(tx, orgId, alert.id, issue.id)
  if (made) return { id: issue.id, events: [openedEvent(issue, alert.topicName)] }
  await updateIssue(tx, orgId, issue.id, { severity: graver(issue.severity, alert.severity), changed_at: at })
  const facts = { title: issue.title, topic: alert.topicName, alertId: alert.id }
  return { id: issue.id, events: [{ verb: 'issue.alert-joined', subject: { kind: 'issue', id: issue.id }, facts }] }
}

/** An alert of the record became graver. */
export async function worsenIssue(tx: Tx, orgId: string, issueId: string, severity: Severity, at: Date): Promise<void> {
  const issue = await lockIssue(tx, orgId, issueId)
  if (!issue || issue.state === 'closed' || graver(issue.severity, severity) === issue.severity) return
  await updateIssue(tx, orgId, issueId, { severity, changed_at: at })
}

/** What the answer to an alert means for its record: a record with nothing else is closed with it, and opened again when it is taken back. */
export async function answerInIssue(
  tx: Tx,
  orgId: string,
  { issueId, alertId, answer }: { issueId: string; alertId: string; answer: Answer },
  { at, by }: { at: Date; by: string },
): Promise<NewEvent[]> {
  const issue = await lockIssue(tx, orgId, issueId)
  if (!issue) return []
  const entries = await entriesOf(tx, orgId, issueId)
  const subject = { kind: 'issue', id: issueId }
  const reason = closedByAnswer(issue.state, entries, { alertId, answer })
  if (reason !== null) {
    await updateIssue(tx, orgId, issueId, { state: 'closed', reason, closed_at: at, closed_by: by, changed_at: at })
    const facts = { from: issue.state, to: 'closed', reason, byAnswer: alertId }
    await insertEntry(tx, orgId, issueId, { kind: 'state', at, by, facts })
    return [{ verb: 'issue.closed', subject, facts: { title: issue.title, reason } }]
  }
  if (!reopenedByAnswer(issue.state, entries, { alertId, answer })) return []
  // What was opened since then for the topic stands.
  if (await lockLiveIssue(tx, orgId, issue.topic)) return []
  const state = reopenedState(entries)
  await updateIssue(tx, orgId, issueId, { state, reason: null, closed_at: null, closed_by: null, changed_at: at })
  await insertEntry(tx, orgId, issueId, {
    kind: 'state',
    at,
    by,
    facts: { from: 'closed', to: state, byAnswer: alertId },
  })
  return [{ verb: 'issue.reopened', subject, facts: { title: issue.title, state } }]
}
