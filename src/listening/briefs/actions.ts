// Verbs of listening briefs: draft, write, publish to readers, confirm reading, withdraw and put back.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { day } from '../../lib/route.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import { mustBelong } from '../../publishing/belonging.ts'
import type { Services } from '../../services.ts'
import type { listeningBriefView } from './contract.ts'
import { draftBrief } from './draft-briefs.ts'
import { sendBriefMails } from './jobs-sent.ts'
import { makeFigures } from './make-figures.ts'
import { weekText } from './rules.ts'
import {
  addReaders,
  type BriefChange,
  type BriefRow,
  listListeningBriefs,
  lockListeningBrief,
  markRead,
  updateListeningBrief,
} from './store.ts'
import { addMails, leaveOutMails, reviveMails } from './store-mails.ts'
import type { BriefState, BriefWords } from './types.ts'
import { briefView, lineOf } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>
const place = z.tuple([day])

type View = z.infer<typeof listeningBriefView>

export const listBriefs = ({ db }: Deps, { orgId }: Caller, { limit, cursor }: { limit: number; cursor?: string }) =>
  inOrg(db, orgId, async (tx) => {
    const before = readCursor(cursor, place)?.[0] ?? null
    const rows = await listListeningBriefs(tx, orgId, { before, limit: limit + 1 })
    const names = await memberNames(
      tx,
      orgId,
      rows.flatMap(({ published_by }) => published_by ?? []),
    )
    return pageFrom(
      rows,
      limit,
      ({ week }) => [week],
      (row) => lineOf(row, whoIsIn(names)),
    )
  })

export const readBrief = ({ db, publicUrl }: Deps, { orgId }: Caller, { id }: { id: string }): Promise<View> =>
  inOrg(db, orgId, (tx) => briefView(tx, orgId, id, publicUrl))

export const askForDraft = (services: Deps, { orgId, actor, memberId }: Caller): Promise<View> =>
  inOrg(services.db, orgId, async (tx) => {
    const { id } = await draftBrief(services, tx, orgId, { actor, by: memberId })
    return briefView(tx, orgId, id, services.publicUrl)
  })

/** @throws Refusal `edited-elsewhere` where somebody was faster, `not-in-this-state` where it is no draft. */
export const changeBrief = (
  services: Deps,
  caller: Caller,
  { id, revision, ...words }: Partial<BriefWords> & { id: string; revision: number },
): Promise<View> =>
  work(services, caller, id, ['draft'], async (tx, brief, at) => {
    mustBeSeen(brief, revision)
    // What stood there before may be gone; publishing passes over it.
    for (const ownerId of words.readerIds ?? [])
      if (!brief.reader_ids.includes(ownerId)) await mustBelong(tx, caller.orgId, { ownerId }, 'readers.')
    for (const departmentId of words.departmentIds ?? [])
      if (!brief.department_ids.includes(departmentId)) await mustBelong(tx, caller.orgId, { departmentId }, '')
    const change: BriefChange = {
      ...(words.heard !== undefined && { heard: words.heard }),
      ...(words.learnt !== undefined && { learnt: words.learnt }),
      ...(words.next !== undefined && { next: words.next }),
      ...(words.readerIds && { reader_ids: words.readerIds }),
      ...(words.departmentIds && { department_ids: words.departmentIds }),
      ...{ revision: revision + 1, edited_at: at, edited_by: caller.memberId },
    }
    await updateListeningBrief(tx, caller.orgId, id, change)
    return { verb: 'listening-brief.changed', facts: { fields: Object.keys(words) } }
  })

export const refreshFigures = (services: Deps, caller: Caller, { id }: { id: string }): Promise<View> =>
  work(services, caller, id, ['draft'], async (tx, brief, at) => {
    const zone = await readOrganisationZone(tx, caller.orgId)
    const figures = await makeFigures(tx, caller.orgId, { week: brief.week, zone, now: at })
    await updateListeningBrief(tx, caller.orgId, id, { figures: JSON.stringify(figures), figures_at: at })
    return { verb: 'listening-brief.refreshed' }
  })

/** @throws Refusal where nobody would read it, or nobody wrote anything. */
export const publishBrief = (
  services: Deps,
  caller: Caller,
  { id, revision }: { id: string; revision: number },
): Promise<View> =>
  work(services, caller, id, ['draft'], async (tx, brief, at) => {
    mustBeSeen(brief, revision)
    if (!brief.heard && !brief.learnt && !brief.next) throw new Refusal('brief-without-words', { field: 'heard' })
    const { orgId, memberId } = caller
    const readers = await addReaders(tx, brief)
    if (readers.length === 0) throw new Refusal('brief-without-readers', { field: 'readerIds' })
    await updateListeningBrief(tx, orgId, id, { state: 'published', published_at: at, published_by: memberId })
    await notify(tx, services, orgId, {
      memberIds: readers,
      ...{ kind: 'listening-brief-published', facts: { week: weekText(brief.week) } },
      subject: { kind: 'listening-brief', id },
    })
    if (services.mailer.available) {
      await addMails(tx, orgId, { briefId: id, memberIds: readers, kind: 'brief', at })
      await services.queue.send(tx, sendBriefMails, {}, { key: 'now' })
    }
    return { verb: 'listening-brief.published', facts: { readers: readers.length } }
  })

export const withdrawBrief = (
  services: Deps,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<View> =>
  work(services, caller, id, ['published'], async (tx, _, at) => {
    await updateListeningBrief(tx, caller.orgId, id, {
      ...{ state: 'withdrawn', withdrawn_at: at, withdrawn_by: caller.memberId, withdraw_reason: reason },
    })
    await leaveOutMails(tx, caller.orgId, id, at)
    return { verb: 'listening-brief.withdrawn', facts: { reason } }
  })

export const putBackBrief = (services: Deps, caller: Caller, { id }: { id: string }): Promise<View> =>
  work(services, caller, id, ['withdrawn'], async (tx, _, at) => {
    await updateListeningBrief(tx, caller.orgId, id, {
      ...{ state: 'published', withdrawn_at: null, withdrawn_by: null, withdraw_reason: null },
    })
    await reviveMails(tx, caller.orgId, id, at)
    await services.queue.send(tx, sendBriefMails, {}, { key: 'now' })
    return { verb: 'listening-brief.put-back' }
  })

/** @throws Refusal `not-a-reader`. A second time changes nothing. */
export const confirmReading = (services: Deps, caller: Caller, { id }: { id: string }): Promise<View> =>
  work(services, caller, id, ['published'], async (tx, _, at) => {
    const isNew = await markRead(tx, caller.orgId, { briefId: id, memberId: caller.memberId, by: 'app', at })
    if (isNew === null) throw new Refusal('not-a-reader', { status: 409 })
    return isNew ? { verb: 'listening-brief.read' } : null
  })

type Done = { verb: string; facts?: Record<string, unknown> } | null

const work = (
  services: Deps,
  { orgId, actor }: Caller,
  id: string,
  states: BriefState[],
  change: (tx: Tx, brief: BriefRow, at: Date) => Promise<Done>,
): Promise<View> =>
  inOrg(services.db, orgId, async (tx) => {
    const brief = await lockListeningBrief(tx, orgId, id)
    if (!brief) throw notFound('brief')
    if (!states.includes(brief.state))
      throw new Refusal('brief-not-so', { status: 409, params: { state: brief.state } })
    const at = services.clock()
    const done = await change(tx, brief, at)
    if (done) {
      const facts = { week: weekText(brief.week), ...done.facts }
      await record(tx, orgId, actor, at, { verb: done.verb, subject: { kind: 'listening-brief', id }, facts })
    }
    return briefView(tx, orgId, id, services.publicUrl)
  })

function mustBeSeen(brief: BriefRow, revision: number): void {
  if (brief.revision !== revision)
    throw new Refusal('edited-elsewhere', { status: 409, field: 'revision', params: { revision: brief.revision } })
}
