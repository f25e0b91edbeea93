// What posts are found by: the words of their summary, each from its beginning.

import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'

/** From so many on, posts are not looked up by name. */
export const tooMany = 2000
const longestWord = 60
/** Comes after every word with the same beginning. */
const last = '\u{10FFFF}'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** In lower case, each once. Languages without spaces are parted too. */
export function searchWords(text: string): string[] {
  const words = [...segmenter.segment(text.normalize('NFC').toLowerCase())].flatMap(({ segment, isWordLike }) =>
    isWordLike ? segment.slice(0, longestWord) : [],
  )
  return [...new Set(words)]
}

/** Brings the words of a post from one summary to another. */
export async function keepWords(
  tx: Tx,
  orgId: string,
  postId: string,
  { before, after }: { before: string; after: string },
): Promise<void> {
  const [old, wanted] = [new Set(searchWords(before)), new Set(searchWords(after))]
  const [gone, fresh] = [[...old.difference(wanted)], [...wanted.difference(old)]]
  if (gone.length > 0)
    await tx
      .deleteFrom('post_words')
      .where('org_id', '=', orgId)
      .where('post_id', '=', postId)
      .where('word', 'in', gone)
      .execute()
  if (fresh.length > 0)
    await sql`insert into post_words (org_id, word, post_id) select ${orgId}, word, ${postId} from unnest(${fresh}::text[]) word
      on conflict do nothing`.execute(tx)
}

/** The posts with a word that begins like the rarest word of `q`; null where that leaves too many, or where `q` has no word. */
export async function postsWith(tx: Tx, orgId: string, q: string): Promise<string[] | null> {
  let fewest: string[] | null = null
  for (const word of searchWords(q)) {
    const rows = await tx
      .selectFrom('post_words')
      .select('post_id')
      .where('org_id', '=', orgId)
      .where('word', '>=', word)
      .where('word', '<', word + last)
      .limit(fewest ? fewest.length : tooMany)
      .execute()
    if (rows.length < (fewest?.length ?? tooMany)) fewest = rows.map((row) => row.post_id)
  }
  return fewest
}
