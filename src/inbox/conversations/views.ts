// How conversations, their messages and their history look to those who ask.

import type { z } from 'zod'
import { findConnector } from '../../connectors/registry.ts'
import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import type { PromiseMetric } from '../promises/types.ts'
import type { conversationView, entryView, messageView } from './contract.ts'
import type { EntryRow, MessageRow, ShownConversation } from './store.ts'

export type ConversationShown = z.infer<typeof conversationView>
export type MessageShown = z.infer<typeof messageView>
export type EntryShown = z.infer<typeof entryView>

export async function conversationShower(tx: Tx, orgId: string, rows: readonly ShownConversation[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ owner_id, closed_by }) => [owner_id, closed_by]),
  )
  return (row: ShownConversation): ConversationShown => ({
    ...{ id: row.id, accountId: row.account_id, accountName: row.account_name, network: row.network },
    ...{ kind: row.kind, isPrivate: row.is_private, initiator: row.initiator, subject: row.subject, about: row.about },
    begunByUsAt: row.begun_by_us_at?.toISOString() ?? null,
    contact:
      row.contact_id === null
        ? null
        : {
            id: row.contact_id,
            name: row.contact_name ?? '',
            ...{
              handle: row.identity?.handle ?? null,
              url: row.identity?.url ?? null,
              followers: row.identity?.followers ?? null,
            },
          },
    department:
      row.department_id === null
        ? null
        : { id: row.department_id, name: row.department_name ?? '', walled: row.wall_id !== null },
    ...{ owner: person(row.owner_id), isUnread: row.is_unread, state: row.state, reason: row.reason },
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    ...{ beganAt: row.began_at.toISOString(), lastAt: row.last_at.toISOString() },
    waitingSince: row.waiting_since?.toISOString() ?? null,
    ...{ messages: row.message_count, preview: row.preview, lastIsOurs: row.last_is_ours },
    ...{
      language: row.language,
      sentiment: row.sentiment as -1 | 0 | 1 | null,
      intent: row.intent,
      reopened: row.reopened,
    },
    due:
      row.due_at === null
        ? null
        : {
            at: row.due_at.toISOString(),
            soonAt: row.due_soon_at?.toISOString() ?? null,
            metric: row.due_metric as PromiseMetric,
          },
    ...{ closedAt: row.closed_at?.toISOString() ?? null, closedBy: person(row.closed_by), goesOnIn: row.goes_on_in },
    ...{ priority: row.priority, tags: row.tags, verdict: row.verdict, way: row.way },
  })
}

/** Where Longrun hands out what lies at the network (files/doors.ts). */
const fileUrl = ({ org_id, id, network }: MessageRow, position: number): string | null =>
  findConnector(network)?.inbox?.file ? `/files/${org_id}/messages/${id}/${position}` : null

export const messageShown = (row: MessageRow): MessageShown => ({
  ...{ id: row.id, at: row.at.toISOString(), kind: row.kind, isOurs: row.is_ours },
  author: row.author && { ...row.author, name: row.author.name ?? row.author.handle ?? '' },
  ...{ subject: row.subject, text: row.body, quoted: row.quoted, url: row.ref.url || null },
  media: row.media.map((file, position) => ({ ...file, url: file.url ?? fileUrl(row, position) })),
  ...{ replyTo: row.answers_id, heardOnly: row.taken_at !== null, rating: row.rating, marks: row.marks },
  ...{ language: row.language, sentiment: row.sentiment as -1 | 0 | 1 | null, intent: row.intent },
  ...{ editedAt: row.edited_at?.toISOString() ?? null, removedAt: row.removed_at?.toISOString() ?? null },
})

export async function entryShower(tx: Tx, orgId: string, rows: readonly EntryRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ by, kind, facts }) => (kind === 'owner' ? [by, facts.from ?? null, facts.to ?? null] : [by])),
  )
  return (row: EntryRow): EntryShown => {
    const named = (value: string | null) => (row.kind === 'owner' ? (person(value)?.name ?? null) : value)
    return {
      ...{ id: row.id, kind: row.kind, at: row.at.toISOString(), by: person(row.by), note: row.note },
      ...{ from: named(row.facts.from ?? null), to: named(row.facts.to ?? null), reason: row.facts.reason ?? null },
    }
  }
}
