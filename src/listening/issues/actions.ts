// Verbs of issues: list, look at, open, say who handles them, write and attach, close with a reason and undo that.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, record, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findMention } from '../mentions/store-read.ts'
import { moveFault, reopenedState } from './rules.ts'
import {
  deleteEvidence,
  entriesOf,
  entryRows,
  type IssueChange,
  type IssueQuery,
  type IssueRow,
  insertEntry,
  issueRows,
  lockIssue,
  lockLiveIssue,
  type NewEntry,
  updateIssue,
} from './store.ts'
import type { CloseReason, IssueState } from './types.ts'
import { entryShower, type IssueShown, issueShower } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const listIssues = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { limit, cursor, topicId, state }: Pick<IssueQuery, 'limit' | 'topicId' | 'state'> & { cursor?: string | undefined },
) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await issueRows(tx, orgId, { limit: limit + 1, after: readCursor(cursor, place), topicId, state })
    const show = await issueShower(tx, orgId, rows)
    return pageFrom(rows, limit, ({ changed_at, id }) => [changed_at.toISOString(), id], show)
  })

export const readIssue = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, (tx) => issueShown(tx, orgId, id))

export async function issueShown(tx: Tx, orgId: string, id: string): Promise<IssueShown> {
  const rows = await issueRows(tx, orgId, { id, state: 'all', after: null, limit: 1 })
  if (!rows[0]) throw notFound('issue')
  return (await issueShower(tx, orgId, rows))(rows[0])
}

export const readTimeline = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
) =>
  inOrg(db, orgId, async (tx) => {
    await issueShown(tx, orgId, id)
    const rows = await entryRows(tx, orgId, { issueId: id, after: readCursor(cursor, place), limit: limit + 1 })
    const show = await entryShower(tx, orgId, rows)
    return pageFrom(rows, limit, (row) => [row.at.toISOString(), row.id], show)
  })

interface Done {
  change: IssueChange
  entry: NewEntry | null
  event: NewEvent['verb']
  facts?: Record<string, unknown>
}

/** Under a lock: what somebody else did a moment ago is seen. */
const change = (
  services: Deps,
  caller: Caller,
  id: string,
  decide: (tx: Tx, issue: IssueRow, at: Date) => Promise<Done[]>,
): Promise<IssueShown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const issue = await lockIssue(tx, caller.orgId, id)
    if (!issue) throw notFound('issue')
    const done = await decide(tx, issue, at)
    for (const { change: values, entry } of done) {
      await updateIssue(tx, caller.orgId, id, { ...values, changed_at: at })
      if (entry) await insertEntry(tx, caller.orgId, id, entry)
    }
    const shown = await issueShown(tx, caller.orgId, id)
    const events = done.map(({ event, facts }) => ({
      verb: event,
      subject: { kind: 'issue', id },
      facts: { title: shown.title, ...facts },
    }))
    await recordAll(tx, caller.orgId, caller.actor, at, events)
    return shown
  })

/** @throws Refusal where the owner is not (any more) of the organisation. */
export const changeIssue = (
  services: Deps,
  caller: Caller,
  { id, title, ownerId }: { id: string; title?: string | undefined; ownerId?: string | null | undefined },
) =>
  change(services, caller, id, async (tx, issue, at) => {
    const done: Done[] = []
    const by = caller.memberId
    if (title !== undefined && title !== issue.title) {
      const facts = { from: issue.title, to: title }
      done.push({ change: { title }, entry: { kind: 'title', at, by, facts }, event: 'issue.renamed', facts })
    }
    if (ownerId !== undefined && ownerId !== issue.owner_id) {
      if (ownerId !== null && !(await isActiveMember(tx, caller.orgId, ownerId)))
        throw new Refusal('not-in-organisation', { field: 'ownerId' })
      const facts = { from: issue.owner_id, to: ownerId }
      done.push({
        change: { owner_id: ownerId },
        entry: { kind: 'owner', at, by, facts },
        event: 'issue.assigned',
        facts,
      })
      if (ownerId !== null && ownerId !== caller.memberId) await tellOwner(services, tx, issue, ownerId)
    }
    return done
  })

const tellOwner = (services: Deps, tx: Tx, issue: IssueRow, ownerId: string): Promise<void> =>
  notify(tx, services, issue.org_id, {
    memberIds: [ownerId],
    kind: 'issue-assigned',
    facts: { title: issue.title },
    subject: { kind: 'issue', id: issue.id },
    mail: {
      subject: `You answer for an issue: ${issue.title}`,
      text: `Look at it: ${linkTo(services.publicUrl, issue.org_id, `listen/issues/${issue.id}`)}\n`,
    },
  })

/** @throws Refusal `issue-closed`, `issue-there-already`, `reason-missing`. */
export const moveIssue = (
  services: Deps,
  caller: Caller,
  { id, to, reason = null, note }: { id: string; to: IssueState; reason?: CloseReason | null; note: string },
) =>
  change(services, caller, id, async (_, issue, at) => {
    const fault = moveFault(issue.state, to, reason)
    if (fault) throw new Refusal(fault, { status: 409, field: fault === 'reason-missing' ? 'reason' : 'to' })
    const by = caller.memberId
    const closing = to === 'closed'
    const values = closing ? { state: to, reason, closed_at: at, closed_by: by } : { state: to }
    const facts = { from: issue.state, to, ...(closing ? { reason: reason! } : {}) }
    const event = closing ? 'issue.closed' : to === 'handled' ? 'issue.taken-up' : 'issue.put-back'
    return [{ change: values, entry: { kind: 'state', at, by, note, facts }, event, facts }]
  })

/** @throws Refusal `issue-not-closed`, or `issue-other-open`: what was opened since then for the topic goes first. */
export const reopenIssue = (services: Deps, caller: Caller, { id }: { id: string }) =>
  change(services, caller, id, async (tx, issue, at) => {
    if (issue.state !== 'closed') throw new Refusal('issue-not-closed', { status: 409, field: 'id' })
    if (await lockLiveIssue(tx, caller.orgId, issue.topic))
      throw new Refusal('issue-other-open', { status: 409, field: 'id' })
    const to = reopenedState(await entriesOf(tx, caller.orgId, id))
    const entry: NewEntry = { kind: 'state', at, by: caller.memberId, facts: { from: 'closed', to } }
    const values = { state: to, reason: null, closed_at: null, closed_by: null }
    return [{ change: values, entry, event: 'issue.reopened', facts: { state: to } }]
  })

export const noteOnIssue = (services: Deps, caller: Caller, { id, note }: { id: string; note: string }) =>
  change(services, caller, id, async (_, __, at) => [
    { change: {}, entry: { kind: 'note', at, by: caller.memberId, note }, event: 'issue.noted' },
  ])

/** Twice is as once. @throws Refusal `not-found`. */
export const attachMention = (
  { db, clock }: Deps,
  { orgId, actor, memberId }: Caller,
  { id, mentionId, note }: { id: string; mentionId: string; note: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const issue = await lockIssue(tx, orgId, id)
    if (!issue) throw notFound('issue')
    if (!(await findMention(tx, orgId, mentionId))) throw notFound('mention')
    const made = await insertEntry(tx, orgId, id, { kind: 'evidence', at, by: memberId, mentionId, note })
    if (made) await updateIssue(tx, orgId, id, { changed_at: at })
    const shown = await issueShown(tx, orgId, id)
    if (!made) return shown
    const event = { verb: 'issue.evidence-added', subject: { kind: 'issue', id } }
    await record(tx, orgId, actor, at, { ...event, facts: { title: issue.title, mentionId } })
    return shown
  })

/** @throws Refusal `not-found`. */
export const detachMention = (
  services: Deps,
  caller: Caller,
  { id, mentionId }: { id: string; mentionId: string },
): Promise<IssueShown> =>
  change(services, caller, id, async (tx) => {
    if (!(await deleteEvidence(tx, caller.orgId, id, mentionId))) throw notFound('evidence')
    return [{ change: {}, entry: null, event: 'issue.evidence-removed', facts: { mentionId } }]
  })
