// Verbs of what becomes of a mention: keep it, make a brief of it, hand it on and take that back.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { accountOf } from '../../publishing/answers/check-answer.ts'
import { noteBrief } from '../../publishing/briefs/work-briefs.ts'
import type { Services } from '../../services.ts'
import { findMention, type MentionRow } from '../mentions/store-read.ts'
import { briefFrom } from './rules.ts'
import {
  deleteSaved,
  endHandOn,
  type HandOnRow,
  handOnRows,
  insertHandOn,
  putSaved,
  savedRows,
  savedTags,
} from './store.ts'
import type { HandOnKind } from './types.ts'
import { handOnShower, savedShower } from './views.ts'
import { mustMayContact } from './who-may-be-contacted.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

async function mustFind(tx: Tx, orgId: string, id: string): Promise<MentionRow> {
  const row = await findMention(tx, orgId, id)
  if (!row) throw notFound('mention')
  return row
}

// ── Bookmarks ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const listSaved = (
  { db }: Deps,
  { orgId }: Caller,
  { limit, cursor, tag, mention: id }: { limit: number; cursor?: string; tag?: string; mention?: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await savedRows(tx, orgId, { tag, id, after: readCursor(cursor, place), limit: limit + 1 })
    const show = await savedShower(tx, orgId, rows)
    return pageFrom(rows, limit, (row) => [row.saved_at.toISOString(), row.mention_id], show)
  })

export const listSavedTags = ({ db }: Deps, { orgId }: Caller) => inOrg(db, orgId, (tx) => savedTags(tx, orgId))

export const saveMention = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, tags, note }: { id: string; tags: string[]; note: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const [before] = await savedRows(tx, orgId, { id, after: null, limit: 1 })
    // What is not there any more can still lose or gain a note.
    if (!before) await mustFind(tx, orgId, id)
    await putSaved(tx, {
      ...{ org_id: orgId, mention_id: id, tags: [...new Set(tags)], note, saved_at: at, saved_by: memberId },
    })
    const rows = await savedRows(tx, orgId, { id, after: null, limit: 1 })
    const shown = (await savedShower(tx, orgId, rows))(rows[0]!)
    await record(tx, orgId, actor, at, { verb: 'mention.saved', subject: { kind: 'mention', id }, facts: { tags } })
    return shown
  })

export const removeSaved = ({ db, clock }: Deps, { orgId, actor }: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, orgId, async (tx) => {
    if (!(await deleteSaved(tx, orgId, id))) throw notFound('bookmark')
    await record(tx, orgId, actor, clock(), { verb: 'mention.unsaved', subject: { kind: 'mention', id } })
  })

// ── Handing on ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const listHandOns = (
  { db }: Deps,
  { orgId }: Caller,
  { limit, cursor, ...filter }: { limit: number; cursor?: string; kind?: HandOnKind; state: 'waiting' | 'all' },
) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await handOnRows(tx, orgId, { ...filter, after: readCursor(cursor, place), limit: limit + 1 })
    const show = await handOnShower(tx, orgId, rows)
    return pageFrom(rows, limit, (row) => [row.created_at.toISOString(), row.id], show)
  })

const kindWords: Record<HandOnKind, string> = { inbox: 'to answer', insight: 'as an insight' }

export interface HandingOn {
  id: string
  kind: HandOnKind
  reason: string
  /** null: whoever routing finds; what is no work of the inbox waits for somebody. */
  assigneeId: string | null
  /** By which account it is to be answered; null: the first of its network. */
  accountId: string | null
  /** Though its author is not to be contacted. */
  anyway: boolean
}

/**
 * @throws Refusal `already-handed-on`, `author-not-to-be-contacted` (once: `anyway` goes over it), `author-objected`, `assignee-missing`, or
 * where the assignee is not (any more) of the organisation, or the account of none or of another network.
 */
export const handOn = (
  services: Deps,
  { orgId, memberId, actor }: Caller,
  { id, kind, reason, assigneeId, accountId, anyway }: HandingOn,
) =>
  inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const mention = await mustFind(tx, orgId, id)
    if (kind === 'insight' && assigneeId === null) throw new Refusal('assignee-missing', { field: 'assigneeId' })
    if (assigneeId !== null && !(await isActiveMember(tx, orgId, assigneeId)))
      throw new Refusal('not-in-organisation', { field: 'assigneeId' })
    if (accountId !== null) await mustAnswerThere(tx, orgId, accountId, mention)
    if (kind === 'inbox') await mustMayContact(tx, orgId, mention, anyway)
    const made = await insertHandOn(tx, {
      ...{ org_id: orgId, mention_id: id, kind, reason, assignee_id: assigneeId, account_id: accountId, anyway },
      ...{ topic_id: null, created_at: at, created_by: memberId },
    })
    if (!made) throw new Refusal('already-handed-on', { status: 409, field: 'kind' })
    const subject = { kind: 'hand-on', id: made }
    if (assigneeId !== null && assigneeId !== memberId)
      await notify(tx, services, orgId, {
        memberIds: [assigneeId],
        ...{ kind: 'mention-handed-on', facts: { kind, reason }, subject },
        mail: {
          subject: `A mention was handed to you ${kindWords[kind]}`,
          text: `${reason}\n\nLook at it: ${linkTo(services.publicUrl, orgId, 'listen/kept')}\n`,
        },
      })
    const shown = await shownOne(tx, orgId, made)
    await record(tx, orgId, actor, at, { verb: 'mention.handed-on', subject, facts: { kind, reason, mentionId: id } })
    return shown
  })

export const takeBack = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const ended = await endHandOn(tx, orgId, id, { at, by: memberId })
    if (!ended) throw notFound('hand-over')
    const shown = await shownOne(tx, orgId, id)
    const facts = { kind: ended.kind, mentionId: ended.mention_id }
    await record(tx, orgId, actor, at, { verb: 'mention.taken-back', subject: { kind: 'hand-on', id }, facts })
    return shown
  })

async function mustAnswerThere(tx: Tx, orgId: string, accountId: string, { network }: MentionRow): Promise<void> {
  const account = await accountOf(tx, orgId, accountId)
  if (account.connector !== network || account.state !== 'connected')
    throw new Refusal('account-of-another-network', { field: 'accountId' })
}

async function shownOne(tx: Tx, orgId: string, id: string) {
  const rows: HandOnRow[] = await handOnRows(tx, orgId, { id, state: 'all', after: null, limit: 1 })
  return (await handOnShower(tx, orgId, rows))(rows[0]!)
}

/** Its words as a quote and its address as a link: whoever works on the brief sees where it came from. */
export const briefMention = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const row = await mustFind(tx, orgId, id)
    const words = briefFrom({ ...row, author: row.author_name ?? row.author_handle })
    return { briefId: await noteBrief(tx, orgId, { words, actor, by: memberId, at: clock() }) }
  })
