// Verbs with which the inbox takes over what was handed to it: what is due, what came of it, and what was said.

import { sql } from 'kysely'
import type { Heard, HeardKind } from '../../connectors/listen.ts'
import { asSystem, type Db, readInOrg, type Tx } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import { findMention, type MentionRow } from '../mentions/store-read.ts'
import { claimDue, type HandOnRow, lockWaiting, standingHandOn, updateHandOn } from './store.ts'
import type { HandOnFailure } from './types.ts'
import { contactFault } from './who-may-be-contacted.ts'

/** What of a hand-over the inbox needs to know. */
export interface ToTakeOver {
  id: string
  orgId: string
  mentionId: string
  reason: string
  assigneeId: string | null
  accountId: string | null
  anyway: boolean
  /** Whose rule handed it on; null: a person did. */
  topicId: string | null
  byId: string | null
  tries: number
}

const toTakeOver = (row: HandOnRow): ToTakeOver => ({
  ...{ id: row.id, orgId: row.org_id, mentionId: row.mention_id, reason: row.reason, assigneeId: row.assignee_id },
  ...{ accountId: row.account_id, anyway: row.anyway, topicId: row.topic_id, byId: row.created_by, tries: row.tries },
})

/** So long nobody else tries what a process has in hand. */
const inHandMs = 5 * 60_000

export const claimHandOns = (db: Db, now: Date, limit: number): Promise<ToTakeOver[]> =>
  asSystem(db, async (tx) => {
    const again = new Date(now.getTime() + inHandMs)
    return (await claimDue(tx, { now, again, limit })).map(toTakeOver)
  })

/** null: nobody handed it to the inbox, or it was taken back. */
export const standingOf = (db: Db, orgId: string, id: string) =>
  readInOrg(db, orgId, async (tx) => {
    const row = await standingHandOn(tx, orgId, id)
    return row ? { handOn: toTakeOver(row), isTaken: row.taken_over_at !== null, failure: row.failure } : null
  })

/** By another account or in spite of a decision, once a person says so. */
export const changeHandOn = (
  tx: Tx,
  orgId: string,
  id: string,
  { accountId, anyway }: { accountId: string | null; anyway: boolean },
) => updateHandOn(tx, orgId, id, { ...(accountId ? { account_id: accountId } : {}), ...(anyway ? { anyway } : {}) })

/** false: somebody took it over or back meanwhile. Nobody else does until the transaction ends. */
export const holdHandOn = async (tx: Tx, { orgId, id }: ToTakeOver): Promise<boolean> =>
  (await lockWaiting(tx, orgId, id)) !== undefined

export const noteTakenOver = (tx: Tx, { orgId, id }: ToTakeOver, at: Date): Promise<unknown> =>
  updateHandOn(tx, orgId, id, { taken_over_at: at, try_at: null, failure: null })

/** `again`: when it is tried again; null: somebody has to decide. */
export const noteNotTaken = (
  tx: Tx,
  { orgId, id }: ToTakeOver,
  { failure, again }: { failure: HandOnFailure; again: Date | null },
): Promise<unknown> => updateHandOn(tx, orgId, id, { failure, try_at: again })

// ── What was said ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface MentionToTake {
  id: string
  network: string
  heard: Heard
  fault: HandOnFailure | null
}

/** null: it was taken back at its network or is not kept any longer. */
export async function mentionToTake(tx: Tx, orgId: string, id: string): Promise<MentionToTake | null> {
  const row = await findMention(tx, orgId, id)
  if (!row) return null
  const fault = await contactFault(tx, orgId, row)
  return { id, network: row.network, heard: heardOf(row), fault }
}

/** What any of these people said last and is kept; null: nothing is. Not what only repeats others. */
export async function newestOf(tx: Tx, orgId: string, authorIds: readonly string[]): Promise<string | null> {
  if (authorIds.length === 0) return null
  const found = await sql<{ id: string }>`
    select id from mentions where org_id = ${orgId} and author_id = any(${[...authorIds]}::uuid[]) and kind <> 'repost' order by at desc, id desc limit 1`.execute(
    tx,
  )
  return found.rows[0]?.id ?? null
}

const heardOf = (row: MentionRow): Heard => ({
  ...{ id: row.remote_id, kind: row.kind as HeardKind, at: row.at, title: row.title, text: row.body, url: row.url },
  author: row.author_id === null ? null : authorOf(row, row.author_id),
  languages: row.language === 'und' ? [] : [row.language],
  ...{ media: row.media as Heard['media'], links: row.links, replyTo: row.reply_to, root: row.root },
  ...{ quoteOf: row.quote_of, repostOf: row.repost_of, place: row.place },
})

/** The id that the network gives people is not kept with mentions; mostly it is one of what is. */
function authorOf(row: MentionRow, id: string): NonNullable<Heard['author']> {
  const { author_handle: handle, author_name: name, author_url: url, author_followers: followers } = row
  const candidates = [handle, handle?.replace(/^@/, ''), name, url]
  const own = candidates.find((each) => each && mentionId(row.network, each) === id)
  return { id: own ?? `heard:${id}`, handle, name, url, followers }
}
