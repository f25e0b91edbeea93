// What changes in what was said: its words, read and matched again with the counts put right.

import { sql } from 'kysely'
import type { Heard } from '../../connectors/listen.ts'
import type { Tx } from '../../db/tx.ts'
import { countedOf } from './counts.ts'
import { doubleNear } from './double-span.ts'
import { countedHeld, type HeldRow, heldColumns, heldOf } from './held.ts'
import { mentionId } from './identity.ts'
import { insertUnderTopics } from './mention-columns.ts'
import type { NewMention, StoredMention } from './new-mention.ts'
import { addCounts } from './store-counts.ts'
import { removeUnderTopics } from './store-write.ts'
import { takeBackMentions } from './take-back.ts'

interface Row extends HeldRow {
  body: string
  title: string | null
}

/**
 * `mentions`: what the organisations of this reader want of it now. Whose topics it does not match any more loses it, as if it had
 * never been stored; what people set by hand stays. Must run as the system, before the mentions are stored.
 */
export async function changeMentions(
  tx: Tx,
  { connector, readerId }: { connector: string; readerId: string },
  changed: readonly Heard[],
  mentions: readonly NewMention[],
): Promise<void> {
  if (changed.length === 0) return
  const ids = [...new Set(changed.map(({ id }) => mentionId(connector, id)))]
  const found = await sql<Row>`
    select ${heldColumns}, m.body, m.title from mentions m
      where m.id = any(${ids}::uuid[]) and m.org_id in (select org_id from sources where reader_id = ${readerId} and paused_at is null and removed_at is null)
      order by m.org_id, m.at, m.id for update`.execute(tx)
  const wanted = new Map(mentions.map((each) => [`${each.orgId} ${mentionId(each.network, each.heard.id)}`, each]))
  for (const row of found.rows) {
    const now = wanted.get(`${row.org_id} ${row.id}`)
    if (!now) await takeBackMentions(tx, row.org_id, [row.id])
    else if (!isSame(row, now)) await change(tx, row, now)
  }
}

const isSame = (row: Row, { heard, topics }: NewMention): boolean =>
  row.body === heard.text && row.title === heard.title && row.topics.join() === topics.join()

async function change(tx: Tx, row: Row, mention: NewMention): Promise<void> {
  const { heard, topics, words } = mention
  const held = heldOf(row)
  // What people said of it stays.
  const labels = held.labelledAt === null ? mention.labels : held.labels
  const after: StoredMention = {
    ...{ id: row.id, at: row.at, newTopics: topics, isNew: false },
    mention: { ...mention, network: row.network, labels },
  }
  await addCounts(tx, [countedHeld(held, -1)])
  await removeUnderTopics(tx, { rows: [row] }, { keepCaptures: true })
  await sql`
    update mentions set body = ${heard.text}, title = ${heard.title}, url = coalesce(${heard.url}, url), links = ${heard.links}::text[], media = ${heard.media}::text[],
        language = ${labels.language}, sentiment = ${labels.sentiment}, sentiment_certainty = ${labels.sentimentCertainty}, emotion = ${labels.emotion},
        intent = ${labels.intent}, offensive = ${labels.offensive}, crisis = ${labels.crisis}, initiator = ${mention.initiator},
        topics = ${topics}::integer[], words = ${words}::integer[], double_of = null
      where org_id = ${row.org_id} and at = ${row.at} and id = ${row.id}`.execute(tx)
  if (row.body !== heard.text) await unfold(tx, row)
  for (const statement of insertUnderTopics([after])) await statement.execute(tx)
  await addCounts(tx, [countedOf(after)])
}

/** Those that said the same as it do not any more: each is seen by itself again. */
async function unfold(tx: Tx, { org_id, at, id }: Row): Promise<void> {
  await sql`
    with freed as (update mentions set double_of = null where org_id = ${org_id} and double_of = ${id}
      and ${doubleNear(sql`at`, sql`${at}::timestamptz`)} returning org_id, at, id, topics)
    update topic_mentions t set double_of = null from freed f
      where t.org_id = f.org_id and t.topic = any(f.topics) and t.at = f.at and t.mention_id = f.id`.execute(tx)
}
