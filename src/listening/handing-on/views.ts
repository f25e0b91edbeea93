// Bookmarks and hand-overs as the API shows them, each with its mention as far as it is still there.

import type { Tx } from '../../db/tx.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import { findMentions } from '../mentions/store-read.ts'
import { viewOfMention } from '../mentions/views.ts'
import { topicIdsByNumber } from '../topics/store.ts'
import type { HandOnRow, SavedRow } from './store.ts'
import type { handOnStates } from './types.ts'

async function seen(tx: Tx, orgId: string, mentionIds: string[], people: string[]) {
  const names = await memberNames(tx, orgId, people)
  const topicIds = await topicIdsByNumber(tx, orgId)
  const rows = await findMentions(tx, orgId, mentionIds)
  return {
    person: whoIsIn(names),
    mention: (id: string) => {
      const row = rows.get(id)
      return row ? viewOfMention(row, topicIds) : null
    },
  }
}

export async function savedShower(tx: Tx, orgId: string, rows: SavedRow[]) {
  const { person, mention } = await seen(
    tx,
    orgId,
    rows.map(({ mention_id }) => mention_id),
    rows.map(({ saved_by }) => saved_by),
  )
  return (row: SavedRow) => ({
    ...{ mentionId: row.mention_id, mention: mention(row.mention_id), tags: row.tags, note: row.note },
    ...{ savedAt: row.saved_at.toISOString(), savedBy: person(row.saved_by) },
  })
}

export async function handOnShower(tx: Tx, orgId: string, rows: HandOnRow[]) {
  const { person, mention } = await seen(
    tx,
    orgId,
    rows.map(({ mention_id }) => mention_id),
    rows.flatMap(({ assignee_id, created_by }) => [assignee_id, created_by].filter((id) => id !== null)),
  )
  return (row: HandOnRow) => ({
    ...{ id: row.id, mentionId: row.mention_id, mention: mention(row.mention_id), kind: row.kind, reason: row.reason },
    state: stateOf(row),
    ...{ assignee: person(row.assignee_id), createdAt: row.created_at.toISOString() },
    ...{ createdBy: person(row.created_by), topicId: row.topic_id, failure: row.failure },
    ...{ tryAgainAt: time(row.try_at), takenOverAt: time(row.taken_over_at), takenBackAt: time(row.taken_back_at) },
  })
}

const time = (at: Date | null): string | null => at?.toISOString() ?? null

const stateOf = ({ taken_over_at, taken_back_at }: HandOnRow): (typeof handOnStates)[number] =>
  taken_back_at ? 'taken-back' : taken_over_at ? 'taken-over' : 'waiting'
