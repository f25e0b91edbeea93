// Verbs that look at contacts: lists, one person, which departments had to do with them, who may be the same.

import { z } from 'zod'
import { readInOrg } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { alikeRows, contactRows, contactsById, handOverRows, tagsInUse } from './store.ts'
import { contactShown, lineShown } from './views.ts'
import { wordsOf } from './words.ts'

type Reading = Pick<Services, 'db'>

const place = z.tuple([z.string(), z.uuid()])
const mostHandOvers = 100
const mostAlike = 10

interface Wanted {
  q?: string | undefined
  tag?: string | undefined
  cursor?: string | undefined
  limit: number
}

export const listContacts = ({ db }: Reading, { orgId }: Caller, { q, tag, cursor, limit }: Wanted) =>
  readInOrg(db, orgId, async (tx) => {
    const after = readCursor(cursor, place)
    const rows = await contactRows(tx, orgId, { words: wordsOf(q), tag, after, limit: limit + 1 })
    return pageFrom(rows, limit, (row) => [row.sort_name, row.id], lineShown)
  })

export const listTags = ({ db }: Reading, { orgId }: Caller) => readInOrg(db, orgId, (tx) => tagsInUse(tx, orgId))

export const readContact = ({ db }: Reading, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, (tx) => contactShown(tx, orgId, id))

export const listHandOvers = ({ db }: Reading, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await handOverRows(tx, orgId, id, mostHandOvers)
    const who = await readActors(
      tx,
      orgId,
      rows.map(({ by }) => by),
    )
    return rows.map(({ conversation_id, preview, facts, note, at, by }) => ({
      ...{ conversationId: conversation_id, preview, from: facts.from ?? null, to: facts.to ?? null },
      ...{ note, at: at.toISOString(), by: who(by) },
    }))
  })

/** Guesses for people to look at: nothing follows from them by itself. */
export const suggestSame = ({ db }: Reading, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const [row] = await contactsById(tx, orgId, [id])
    if (!row) throw notFound('contact')
    const alike = new Map((await alikeRows(tx, orgId, row, mostAlike)).map(({ id, because }) => [id, because]))
    const rows = await contactsById(tx, orgId, [...alike.keys()])
    return rows.map((each) => ({ ...lineShown(each), because: alike.get(each.id)! }))
  })
