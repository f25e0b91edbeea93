// Respects who objected, and forgets who is gone: what is stored of them goes, and nothing is stored with their name again.

import { sql } from 'kysely'
import { uuids } from '../../db/arrays.ts'
import { locks } from '../../db/locks.ts'
import type { Tx } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import type { NewMention } from '../mentions/new-mention.ts'
import { type Gone, removeAuthors, removeUnderTopics } from '../mentions/store-write.ts'

/**
 * What was said before an objection is not stored again, and what is said after it without anything that names its author. Must run
 * as the system.
 */
export async function withoutObjectors(tx: Tx, mentions: readonly NewMention[]): Promise<readonly NewMention[]> {
  const named = mentions.filter(({ heard }) => heard.author !== null)
  if (named.length === 0) return mentions
  const asked = new Map(named.map((each) => [keyOf(each), each]))
  const found = await sql<{ org_id: string; author_id: string; objected_at: Date }>`
    select w.org_id, w.author_id, o.objected_at
      from unnest(${uuids([...asked.values()].map(({ orgId }) => orgId))}, ${uuids([...asked.values()].map(authorOf))}) w (org_id, author_id)
      join authors o on o.org_id = w.org_id and o.id = objection_key(w.org_id, w.author_id) and o.objected_at is not null`.execute(
    tx,
  )
  if (found.rows.length === 0) return mentions
  const objected = new Map(found.rows.map((row) => [`${row.org_id} ${row.author_id}`, row.objected_at]))
  return mentions.flatMap((mention) => {
    const at = mention.heard.author === null ? undefined : objected.get(keyOf(mention))
    if (at === undefined) return [mention]
    return mention.heard.at <= at ? [] : [nameless(mention)]
  })
}

const authorOf = ({ network, heard }: NewMention): string => mentionId(network, heard.author!.id)
const keyOf = (mention: NewMention): string => `${mention.orgId} ${authorOf(mention)}`

/** What somebody who objected says later is stored under this id; their network takes it back under its own. */
export const namelessId = (network: string, id: string): string => `objected:${mentionId(network, id)}`

/** Addresses and ids on a network name their author too. */
function nameless(mention: NewMention): NewMention {
  const id = namelessId(mention.network, mention.heard.id)
  const nowhere = { author: null, url: null, links: [], replyTo: null, root: null, quoteOf: null, repostOf: null }
  return { ...mention, heard: { ...mention.heard, ...nowhere, id } }
}

/** Whoever stores people waits while an objection is carried out, and the other way round. Comes first in its transaction. */
export async function whileNobodyObjects(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${locks.objections})`.execute(tx)
}

/** Nobody stores people until this transaction ends. Comes first in it. */
export async function whileNobodyStores(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.objections})`.execute(tx)
}

/** Their network says that they are gone for good: everywhere. Must run as the system. */
export async function forgetAuthors(tx: Tx, ids: readonly string[]): Promise<void> {
  await removeAuthors(tx, ids)
  await sql`delete from reader_samples where author_id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from heard_authors where id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from authors where id = any(${ids}::uuid[])`.execute(tx)
}

/** All that one organisation stored of somebody goes; samples of readers that serve it too. Must run as the system. */
export async function removeFrom(tx: Tx, orgId: string, authorId: string): Promise<number> {
  const gone = await sql<Gone>`
    delete from mentions where author_id = ${authorId} and org_id = ${orgId} returning org_id, at, id, topics`.execute(
    tx,
  )
  await removeUnderTopics(tx, gone)
  await sql`
    delete from heard_authors a where a.id = ${authorId} and not exists (select from mentions m where m.author_id = a.id)`.execute(
    tx,
  )
  await sql`
    delete from reader_samples where author_id = ${authorId} and reader_id in (select reader_id from sources where org_id = ${orgId} and reader_id is not null)`.execute(
    tx,
  )
  return gone.rows.length
}
