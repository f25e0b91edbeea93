// Keyset paging: the cursor says after which row a list goes on, so that pages neither skip nor repeat rows while others write.

import type { ZodType } from 'zod'
import { Refusal } from './refusal.ts'

type Key = (string | number | null)[]

/**
 * One page of rows that were read with `limit + 1`. `keyOf` names the columns by which the list is ordered; they come back
 * through `readCursor`.
 */
export function pageFrom<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => Key,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null,
  }
}

/** The key of the row to go on after; null at the beginning. @throws Refusal when it is not a cursor of this list. */
export function readCursor<T extends Key>(cursor: string | undefined, schema: ZodType<T>): T | null {
  if (cursor === undefined) return null
  const parsed = schema.safeParse(decoded(cursor))
  if (!parsed.success) throw new Refusal('cursor-not-known', { field: 'cursor' })
  return parsed.data
}

export const writeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url')

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}
