// Opens an issue because somebody says so: from an alert, from a mention, or for a topic alone.

import { inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findMention } from '../mentions/store-read.ts'
import { findTopic, type TopicRow, topicIdsByNumber } from '../topics/store.ts'
import { issueShown } from './actions.ts'
import { joinIssue, openedEvent, openIssue } from './join.ts'
import { alertsBehind, insertEntry, updateIssue } from './store.ts'
import type { IssueShown } from './views.ts'

export interface Opened {
  topicId?: string | undefined
  alertId?: string | undefined
  mentionId?: string | undefined
  title?: string | undefined
  note: string
}

interface Hand {
  at: Date
  by: string
}

/** @throws Refusal `topic-missing`, `not-found`. */
export const openByHand = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, actor, memberId }: Caller,
  given: Opened,
): Promise<IssueShown> =>
  inOrg(db, orgId, async (tx) => {
    const hand = { at: clock(), by: memberId }
    const { id, events } = given.alertId
      ? await fromAlert(tx, orgId, { ...given, alertId: given.alertId }, hand)
      : await fromTopic(tx, orgId, given, hand)
    const shown = await issueShown(tx, orgId, id)
    await recordAll(tx, orgId, actor, hand.at, events)
    return shown
  })

async function fromAlert(
  tx: Tx,
  orgId: string,
  { alertId, title, note }: Opened & { alertId: string },
  { at, by }: Hand,
): Promise<{ id: string; events: NewEvent[] }> {
  const alert = (await alertsBehind(tx, orgId, [alertId])).get(alertId)
  if (!alert) throw notFound('alert')
  if (alert.issue_id && (await issueShown(tx, orgId, alert.issue_id)).state !== 'closed')
    return { id: alert.issue_id, events: [] }
  const joining = { ...alert, topicName: alert.topic_name, ownerId: by }
  const { id, events } = await joinIssue(tx, orgId, joining, { at, by, note })
  if (title && events[0]?.verb === 'issue.opened') await updateIssue(tx, orgId, id, { title })
  return { id, events }
}

async function fromTopic(
  tx: Tx,
  orgId: string,
  given: Opened,
  { at, by }: Hand,
): Promise<{ id: string; events: NewEvent[] }> {
  const topic = await topicOf(tx, orgId, given)
  const { issue, made } = await openIssue(tx, orgId, {
    topic: topic.number,
    topicName: topic.name,
    title: given.title ?? topic.name,
    severity: 'watch',
    ownerId: by,
    at,
    by,
  })
  const events: NewEvent[] = made ? [openedEvent(issue, topic.name)] : []
  const kind = made ? 'opened' : given.mentionId ? 'evidence' : 'note'
  // For a topic alone, what is open is the answer.
  if (!made && kind === 'note' && given.note === '') return { id: issue.id, events }
  const mentionId = made ? null : (given.mentionId ?? null)
  const entered = await insertEntry(tx, orgId, issue.id, { kind, at, by, note: given.note, mentionId })
  if (made && given.mentionId) {
    await insertEntry(tx, orgId, issue.id, { kind: 'evidence', at, by, mentionId: given.mentionId })
  }
  if (!made && entered) {
    await updateIssue(tx, orgId, issue.id, { changed_at: at })
    const verb = mentionId ? 'issue.evidence-added' : 'issue.noted'
    events.push({ verb, subject: { kind: 'issue', id: issue.id }, facts: { title: issue.title, mentionId } })
  }
  return { id: issue.id, events }
}

/** The topic that is named, or the only one of the mention. */
async function topicOf(tx: Tx, orgId: string, { topicId, mentionId }: Opened): Promise<TopicRow> {
  const mention = mentionId ? await findMention(tx, orgId, mentionId) : undefined
  if (mentionId && !mention) throw notFound('mention')
  const only = mention?.topics.length === 1 ? (await topicIdsByNumber(tx, orgId)).get(mention.topics[0]!) : undefined
  const id = topicId ?? only
  if (!id) throw new Refusal('topic-missing', { field: 'topicId' })
  const topic = await findTopic(tx, orgId, id)
  if (!topic) throw new Refusal('topic-not-there', { field: 'topicId' })
  return topic
}
