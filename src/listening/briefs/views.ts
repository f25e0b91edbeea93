// Listening briefs as the API shows them.

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { memberNames, type WhoIs, whoIsIn } from '../../people/names.ts'
import type { listeningBriefView } from './contract.ts'
import { letterText, weekText } from './rules.ts'
import { type BriefRow, findListeningBrief, type ListedBrief, receiptRows } from './store.ts'
import type { BriefFigures } from './types.ts'

type View = z.infer<typeof listeningBriefView>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function lineOf(row: ListedBrief, who: WhoIs) {
  return {
    ...{ id: row.id, week: row.week, weekText: weekText(row.week), state: row.state },
    ...{ createdAt: row.created_at.toISOString(), publishedAt: iso(row.published_at) },
    publishedBy: who(row.published_by),
    ...{ readers: row.readers, read: row.read },
  }
}

export async function briefView(tx: Tx, orgId: string, id: string, publicUrl: string): Promise<View> {
  const row = await findListeningBrief(tx, orgId, id)
  if (!row) throw notFound('brief')
  const receipts = await receiptRows(tx, orgId, id)
  const people = [row.published_by, row.edited_by, row.withdrawn_by, ...receipts.map(({ member_id }) => member_id)]
  const person = whoIsIn(
    await memberNames(
      tx,
      orgId,
      people.filter((each) => each !== null),
    ),
  )
  const shared = await sharedShown(tx, orgId, row.figures)
  const read = receipts.filter(({ read_at }) => read_at !== null).length
  return {
    ...lineOf({ ...row, readers: receipts.length, read }, person),
    ...{ heard: row.heard, learnt: row.learnt, next: row.next, revision: row.revision },
    ...{ readerIds: row.reader_ids, departmentIds: row.department_ids },
    figures: { ...row.figures, shared },
    ...{ figuresAt: row.figures_at.toISOString(), zone: await readOrganisationZone(tx, orgId) },
    ...{ editedAt: iso(row.edited_at), editedBy: person(row.edited_by) },
    ...{ withdrawnAt: iso(row.withdrawn_at), withdrawnBy: person(row.withdrawn_by) },
    withdrawReason: row.withdraw_reason,
    receipts: receipts.map(({ member_id, read_at, read_by, reminded_at, mail }) => ({
      ...{ member: person(member_id)!, readAt: iso(read_at), readBy: read_by, remindedAt: iso(reminded_at), mail },
    })),
    preview: await letterOf(tx, row, { publicUrl, confirmUrl: '(each reader’s own link)' }),
  }
}

/** What is still there of what was shared most; the words of a mention are never kept beside it. */
async function sharedShown(tx: Tx, orgId: string, { shared }: BriefFigures): Promise<View['figures']['shared']> {
  const ids = shared.map(({ mentionId }) => mentionId)
  const found = await sql<{ id: string; text: string; author: string | null; url: string | null }>`
    select id, left(concat_ws(': ', title, body), 400) as text, coalesce(author_name, author_handle) as author, url
      from mentions where id = any(${ids}::uuid[]) and org_id = ${orgId}`.execute(tx)
  const byId = new Map(found.rows.map((row) => [row.id, row]))
  return shared.map(({ mentionId, shares }) => {
    const { text = null, author = null, url = null } = byId.get(mentionId) ?? {}
    return { mentionId, shares, text, author, url }
  })
}

/** The brief as one reader receives it. */
export async function letterOf(
  tx: Tx,
  row: BriefRow,
  { publicUrl, confirmUrl }: { publicUrl: string; confirmUrl: string },
): Promise<string> {
  const shared = await sharedShown(tx, row.org_id, row.figures)
  return letterText({
    ...{ organisation: await organisationName(tx, row.org_id), week: row.week, words: row, figures: row.figures },
    figuresAt: `${row.figures_at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    shared: shared.flatMap((each) => (each.text === null ? [] : [{ ...each, text: each.text }])),
    ...{ readUrl: linkTo(publicUrl, row.org_id, `listen/briefs/${row.id}`), confirmUrl },
  })
}

export async function organisationName(tx: Tx, orgId: string): Promise<string> {
  const row = await tx.selectFrom('organisations').select('name').where('id', '=', orgId).executeTakeFirstOrThrow()
  return row.name
}
