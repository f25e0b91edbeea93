// Takes the words out of conversations, with everything that names their people; forgets people, and files of conversations.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

/** What a mail keeps of its way names people too. */
const withoutNames = (column: 'ref' | 'proof') =>
  column === 'ref'
    ? sql`case when jsonb_typeof(ref -> 'proof') = 'object' then jsonb_set(ref, '{proof}', (ref -> 'proof') - 'to' - 'subject') else ref end`
    : sql`case when jsonb_typeof(proof) = 'object' then proof - 'to' - 'subject' else proof end`

/** Addresses of networks have names of people in them; by what it is called there, which stays, a message is known again. */
const noAddress = sql`'{"url": ""}'::jsonb`

const noWords = sql`'{"segments": [{"text": "", "media": []}]}'::jsonb`

const noReasons = sql`'{"department": null, "priority": null, "skills": [], "tags": []}'::jsonb`

/**
 * The rows stay: by them a network that tells of the same again brings nothing back (the hash is left as it was), and the figures of how promises
 * were kept hold. Nobody is named in them any more, so that no list shows them.
 */
export async function emptyConversations(tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<void> {
  const these = sql`org_id = ${orgId} and conversation_id = any(${[...ids]}::uuid[])`
  const answers = sql`(select id from answers where ${these})`
  const variants = sql`(select id from variants where org_id = ${orgId} and answer_id in ${answers})`
  await sql`update messages set subject = null, body = '', quoted = null, media = '[]', author_id = null, root = null,
    ref = (${withoutNames('ref')}) || ${noAddress} where ${these}`.execute(tx)
  await sql`update conversation_entries set note = '' where ${these} and note <> ''`.execute(tx)
  await sql`update department_questions set question = '', answer = case when answer is null then null else '' end where ${these}`.execute(
    tx,
  )
  await sql`update parts set prepared = null, proof = ${withoutNames('proof')} where org_id = ${orgId} and variant_id in ${variants}`.execute(
    tx,
  )
  await sql`update variants set content = null, frozen = ${noWords}, reason = case when reason ? 'text' then reason - 'text' else reason end
    where org_id = ${orgId} and answer_id in ${answers}`.execute(tx)
  await sql`update answer_origins set given = '{}' where org_id = ${orgId} and answer_id in ${answers}`.execute(tx)
  await sql`update answers set content = ${noWords}, previous = (previous - 'proof') || ${noAddress}, root = null where ${these}`.execute(
    tx,
  )
  // Which rule led it where may quote it.
  await sql`update conversation_routes set reasons = ${noReasons} where ${these}`.execute(tx)
  for (const table of ['answer_drafts', 'conversation_words', 'conversation_people'] as const)
    await sql`delete from ${sql.table(table)} where ${these}`.execute(tx)
  // What was begun in conversations that were put together with these.
  await sql`delete from answer_drafts where org_id = ${orgId} and conversation_id in
    (select id from conversations where org_id = ${orgId} and goes_on_in = any(${[...ids]}::uuid[]))`.execute(tx)
  await sql`delete from notifications where org_id = ${orgId} and subject_kind = 'conversation' and subject_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
  await sql`update conversations set subject = null, preview = '', contact_id = null, emptied_at = ${now}
    where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Somebody spoke in them again, or wrote to them: by the rules these words go too, once it is over. */
export async function unmarkEmptied(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update conversations set emptied_at = null where org_id = ${orgId} and id = any(${[...ids]}::uuid[]) and emptied_at is not null`.execute(
    tx,
  )
}

/** With their names on networks, notes, tags, and what was put together of them. */
export const forgetContacts = (tx: Tx, orgId: string, ids: readonly string[]): Promise<unknown> =>
  sql`delete from contacts where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(tx)

/** As if somebody removed them: from then on they can be brought back for some days, and go with their content. */
export const removeFiles = (tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<unknown> =>
  sql`update media set removed_at = ${now}, removed_by = null where org_id = ${orgId} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
