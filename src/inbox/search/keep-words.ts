// Keeps the words of conversations as their messages come and go, so that they are found.

import { sql } from 'kysely'
import { asSystem, type Tx } from '../../db/tx.ts'
import { searchWords } from '../../listening/mentions/words.ts'
import type { Services } from '../../services.ts'

/** Words of so many of the newest messages are kept. */
const mostMessages = 500
/** More different words than people exchange before it is another matter. */
const mostWords = 4_000
const dayMs = 86_400_000

/** Of an instant, counted from 1970 in UTC. */
export const dayOf = (at: Date): number => Math.floor(at.getTime() / dayMs)

interface Told {
  id: string
  last_at: Date
  names: (string | null)[]
  texts: (string | null)[]
}

/** The words of these conversations are told anew from what was said in them. In the transaction that changed it. */
export async function keepWords(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = (await told(tx, orgId, [...new Set(ids)].sort())).map(({ id, last_at, names, texts }) => ({
    ...{ id, words: wordsOfAll(orgId, [...names, ...texts]), days: [dayOf(last_at)] },
  }))
  if (rows.length === 0) return
  await sql`
    insert into conversation_words as known (org_id, conversation_id, words, days)
      select ${orgId}, id, words, days from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, words integer[], days integer[])
      on conflict (org_id, conversation_id) do update set words = excluded.words, days = excluded.days, stale_at = null
        where known.words <> excluded.words or known.days <> excluded.days or known.stale_at is not null`.execute(tx)
}

function wordsOfAll(orgId: string, texts: readonly (string | null)[]): number[] {
  const words = new Set<number>()
  for (const text of texts) {
    if (words.size >= mostWords) break
    for (const word of searchWords(orgId, text)) words.add(word)
  }
  // In one order: what says the same is not written again.
  return [...words].sort((a, b) => a - b)
}

async function told(tx: Tx, orgId: string, ids: readonly string[]): Promise<Told[]> {
  const found = await sql<Told>`
    select c.id, c.last_at, array[c.subject, p.name] || coalesce(i.names, '{}') as names, coalesce(m.texts, '{}') as texts
      from conversations c
        left join contacts p on p.org_id = c.org_id and p.id = c.contact_id
        left join lateral (select array_agg(n.name) || array_agg(n.handle) || array_agg('@' || ltrim(n.handle, '@')) as names from contact_identities n
          where n.org_id = c.org_id and n.contact_id = c.contact_id) i on true
        left join lateral (select array_agg(concat_ws(' ', n.subject, n.body)) as texts from
          (select subject, body from messages where org_id = c.org_id and conversation_id = c.id order by at desc, id desc limit ${mostMessages}) n) m on true
      where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[])`.execute(tx)
  return found.rows
}

/** All conversations of a person are read again soon: the name is another, or the person is. */
export const forgetWordsOf = (tx: Tx, orgId: string, contactIds: readonly string[], at: Date): Promise<unknown> =>
  sql`update conversation_words w set stale_at = ${at} from conversations c
    where c.org_id = ${orgId} and c.contact_id = any(${[...contactIds]}::uuid[]) and w.org_id = c.org_id and w.conversation_id = c.id`.execute(
    tx,
  )

const lot = 500
const mostLots = 40

/** Words that are known not to be true any more are read again. */
export async function readStaleWords({ db }: Pick<Services, 'db'>): Promise<void> {
  for (let lots = 0; lots < mostLots; lots++) {
    const read = await asSystem(db, async (tx) => {
      const stale = await sql<{ org_id: string; conversation_id: string }>`
        select org_id, conversation_id from conversation_words where stale_at is not null order by stale_at limit ${lot} for update skip locked`.execute(
        tx,
      )
      for (const [orgId, rows] of Map.groupBy(stale.rows, ({ org_id }) => org_id))
        await keepWords(
          tx,
          orgId,
          rows.map(({ conversation_id }) => conversation_id),
        )
      return stale.rows.length
    })
    if (read < lot) return
  }
}
