// Every query of answers while they are written, and of where their words come from.

import { sql } from 'kysely'
import type { DraftMedia } from '../../connectors/contract.ts'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import { firstName } from './rules.ts'

interface Of {
  conversationId: string
  memberId: string
}

export interface DraftRow {
  text: string
  media: DraftMedia[]
  given: string[]
  reply_ids: string[]
  note: string
  note_by: string | null
  updated_at: Date
  /** Another one with each change. */
  revision: string
}

export async function findDraft(tx: Tx, orgId: string, { conversationId, memberId }: Of): Promise<DraftRow | null> {
  const found =
    await sql<DraftRow>`select text, media, given, reply_ids, note, note_by, updated_at, revision from answer_drafts
    where org_id = ${orgId} and conversation_id = ${conversationId} and member_id = ${memberId}`.execute(tx)
  return found.rows[0] ?? null
}

/**
 * Before a draft of it is written: whoever gives words back has the conversation, and goes first. Answers whether whoever looks sees it.
 */
export async function holdConversation(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const found = await sql`select from conversations where org_id = ${orgId} and id = ${id} for key share`.execute(tx)
  return found.rows.length > 0
}

/** What whoever changes a draft has seen of it: undefined: whatever is there; null: that there is none. */
type Seen = { basedOn: string | null | undefined }

const asSeen = ({ basedOn }: Seen) => (basedOn === undefined ? sql`true` : sql`kept.revision = ${basedOn}`)

type Words = Pick<DraftRow, 'text' | 'media'> & Partial<Pick<DraftRow, 'given' | 'reply_ids'>>

/** Where it stands as it was seen; what is not said stays. Answers whether it stood so. */
export async function keepDraft(
  tx: Tx,
  orgId: string,
  { conversationId, memberId }: Of,
  { text, media, given, reply_ids, at, ...seen }: Words & Seen & { at: Date },
): Promise<boolean> {
  // What was seen and is gone was sent meanwhile: nobody begins it again without knowing.
  if (seen.basedOn && !(await findDraft(tx, orgId, { conversationId, memberId }))) return false
  const kept =
    await sql`insert into answer_drafts as kept (org_id, conversation_id, member_id, text, media, given, reply_ids, note, updated_at)
    values (${orgId}, ${conversationId}, ${memberId}, ${text}, ${JSON.stringify(media)}::jsonb, ${given ?? []}::text[], ${reply_ids ?? []}::uuid[], '', ${at})
    on conflict (org_id, conversation_id, member_id) do update set text = excluded.text, media = excluded.media,
      given = ${given ? sql`excluded.given` : sql`kept.given`}, reply_ids = ${reply_ids ? sql`excluded.reply_ids` : sql`kept.reply_ids`},
      updated_at = excluded.updated_at, revision = excluded.revision
      where ${asSeen(seen)}`.execute(tx)
  return Number(kept.numAffectedRows ?? 0) > 0
}

/** Where it stands as it was seen. Answers whether none is left. */
export async function dropDraft(tx: Tx, orgId: string, of: Of, seen: Seen = { basedOn: undefined }): Promise<boolean> {
  await sql`delete from answer_drafts kept where org_id = ${orgId} and conversation_id = ${of.conversationId} and member_id = ${of.memberId}
    and ${asSeen(seen)}`.execute(tx)
  return (await findDraft(tx, orgId, of)) === null
}

type GivenBack = Pick<DraftRow, 'text' | 'media' | 'given' | 'reply_ids' | 'note' | 'note_by'> & { at: Date }

/** Words come back to their writer, below what they began meanwhile: in one statement, so that nothing that is just being kept is lost. */
export async function giveBack(
  tx: Tx,
  orgId: string,
  { conversationId, memberId }: Of,
  { text, media, given, reply_ids, note, note_by, at }: GivenBack,
): Promise<void> {
  await sql`insert into answer_drafts as kept (org_id, conversation_id, member_id, text, media, given, reply_ids, note, note_by, updated_at)
    values (${orgId}, ${conversationId}, ${memberId}, ${text}, ${JSON.stringify(media)}::jsonb, ${given}::text[], ${reply_ids}::uuid[], ${note},
      ${note_by}, ${at})
    on conflict (org_id, conversation_id, member_id) do update set text = ${oneBelow}, media = ${filesOfBoth}, given = kept.given || excluded.given,
      reply_ids = ${repliesOfBoth}, note = excluded.note, note_by = excluded.note_by, updated_at = excluded.updated_at,
      revision = excluded.revision`.execute(tx)
}

const oneBelow = sql`concat_ws(E'\n\n', nullif(kept.text, ''), nullif(excluded.text, ''))`
const filesOfBoth = sql`kept.media || (select coalesce(jsonb_agg(file), '[]') from jsonb_array_elements(excluded.media) file
  where not exists (select from jsonb_array_elements(kept.media) own where own ->> 'id' = file ->> 'id'))`
const repliesOfBoth = sql`array(select distinct unnest(kept.reply_ids || excluded.reply_ids))`

export const draftsOf = async (
  tx: Tx,
  orgId: string,
  conversationId: string,
): Promise<(DraftRow & { member_id: string })[]> =>
  (
    await sql<DraftRow & { member_id: string }>`select * from answer_drafts
      where org_id = ${orgId} and conversation_id = ${conversationId}`.execute(tx)
  ).rows

/** Of a conversation in which nothing is written any more. */
export const dropDrafts = (tx: Tx, orgId: string, conversationId: string): Promise<unknown> =>
  sql`delete from answer_drafts where org_id = ${orgId} and conversation_id = ${conversationId}`.execute(tx)

/**
 * Two conversations turn out to be one: what somebody began in both stands in the second, one below the other. The first keeps its own, from
 * which nothing can be sent there, until they are apart again (part-drafts.ts).
 */
export const copyDrafts = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<unknown> =>
  sql`insert into answer_drafts as kept (org_id, conversation_id, member_id, text, media, given, reply_ids, note, note_by, updated_at)
    select org_id, ${into}, member_id, text, media, given, reply_ids, note, note_by, updated_at from answer_drafts
      where org_id = ${orgId} and conversation_id = ${from}
    on conflict (org_id, conversation_id, member_id) do update set text = ${oneBelow},
      given = kept.given || excluded.given, media = ${filesOfBoth}, reply_ids = ${repliesOfBoth},
      updated_at = greatest(kept.updated_at, excluded.updated_at), revision = excluded.revision`.execute(tx)

export interface Origin {
  answer_id: string
  given: string[]
  reply_ids: string[]
  words: number
  changed: number
  /** Of the saved replies, as they are called now. */
  titles: string[]
}

export async function originsOf(tx: Tx, orgId: string, answerIds: readonly string[]): Promise<Map<string, Origin>> {
  if (answerIds.length === 0) return new Map()
  const found = await sql<Origin>`select o.answer_id, o.given, o.reply_ids, o.words, o.changed,
      array(select r.title from saved_replies r where r.org_id = o.org_id and r.id = any(o.reply_ids) order by r.title) as titles
    from answer_origins o where o.org_id = ${orgId} and o.answer_id = any(${[...answerIds]}::uuid[]) ${keepPlan}`.execute(
    tx,
  )
  return new Map(found.rows.map((row) => [row.answer_id, row]))
}

export async function keepOrigin(
  tx: Tx,
  orgId: string,
  origin: Omit<Origin, 'titles'> & { by: string; at: Date },
): Promise<void> {
  const { answer_id, given, reply_ids, words, changed, by, at } = origin
  await sql`insert into answer_origins (org_id, answer_id, given, reply_ids, words, changed, by, at)
    values (${orgId}, ${answer_id}, ${given}::text[], ${reply_ids}::uuid[], ${words}, ${changed}, ${by}, ${at})
    on conflict (org_id, answer_id) do update set words = excluded.words, changed = excluded.changed, by = excluded.by, at = excluded.at`.execute(
    tx,
  )
}

/** What variables of a saved reply stand for in one conversation. */
export async function variableFacts(tx: Tx, orgId: string, conversationId: string, me: string) {
  const found = await sql<{
    contact: string | null
    account: string
    department: string | null
    subject: string | null
    post: string | null
  }>`
    select p.name as contact, a.name as account, d.name as department, c.subject, c.about ->> 'title' as post from conversations c
      join accounts a on a.org_id = c.org_id and a.id = c.account_id
      left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      left join departments d on d.org_id = c.org_id and d.id = c.department_id
    where c.org_id = ${orgId} and c.id = ${conversationId}`.execute(tx)
  const { contact, account, department, subject, post } = found.rows[0]!
  return {
    ...{
      'contact.name': contact,
      'contact.first-name': firstName(contact),
      'me.name': me,
      'me.first-name': firstName(me),
    },
    ...{ 'account.name': account, 'department.name': department, subject, post },
  }
}
