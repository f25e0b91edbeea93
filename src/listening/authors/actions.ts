// Verbs of people who speak: list, look at, spot, decide the next step, keep for a purpose, respect an objection.

import { sql } from 'kysely'
import { z } from 'zod'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { removeFrom, whileNobodyObjects, whileNobodyStores } from './objections.ts'
import { type AuthorState, expiresAt, type MoveFacts, moves, type Purpose, refuseMove } from './states.ts'
import {
  type AuthorFilter,
  type AuthorRow,
  authorRows,
  basisRow,
  deleteAuthor,
  findAuthor,
  findSpeaker,
  insertAuthor,
  insertMove,
  insertObjection,
  moveRows,
  updateAuthor,
} from './store.ts'
import { type AuthorShown, authorShown, moveShown, onlyHeard } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Reading = Pick<Services, 'db'>

export const listAuthors = (
  { db }: Reading,
  { orgId }: Caller,
  { limit, cursor, ...filter }: AuthorFilter & { limit: number; cursor?: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const after = readCursor(cursor, z.tuple([z.number().nullable(), z.uuid()]))
    const rows = await authorRows(tx, orgId, filter, { limit: limit + 1, after })
    const who = await approachersOf(tx, orgId, rows)
    return pageFrom(
      rows,
      limit,
      ({ score_low, id }) => [score_low, id],
      (row) => authorShown(row, who),
    )
  })

const approachersOf = (tx: Tx, orgId: string, rows: readonly AuthorRow[]) =>
  readActors(
    tx,
    orgId,
    rows.map(({ approacher_id }) => approacher_id),
  )

export const readBasis = ({ db }: Reading, { orgId }: Caller) =>
  inOrg(db, orgId, async (tx) => {
    const row = await basisRow(tx, orgId)
    if (!row) return null
    const { at, since, looked_at: mentions, spoke: people, scored } = row
    return { at: at.toISOString(), since: since.toISOString(), mentions, people, scored }
  })

/** Also of somebody of whom nothing is stored but what they said. @throws Refusal `not-found`. */
export const readAuthor = ({ db }: Reading, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const row = await findAuthor(tx, orgId, id)
    if (!row) {
      const speaker = await findSpeaker(tx, orgId, id)
      if (!speaker) throw notFound('author')
      return { ...onlyHeard(id, speaker), moves: [], next: [] }
    }
    const made = await moveRows(tx, orgId, id)
    const who = await readActors(tx, orgId, [...made.map(({ by }) => by), row.approacher_id])
    const next = row.objected_at ? [] : [...moves[row.state as AuthorState]]
    return { ...authorShown(row, who), moves: made.map((each) => moveShown(each, who)), next }
  })

/** A second time changes nothing. @throws Refusal `not-found` of somebody who was not heard. */
export const spotAuthor = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<AuthorShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const now = clock()
    await whileNobodyObjects(tx)
    const speaker = await findSpeaker(tx, orgId, id)
    if (!speaker) throw notFound('author')
    if (!(await findAuthor(tx, orgId, id))) {
      const kept = {
        state: 'spotted' as const,
        purpose: 'research' as const,
        lastSpokeAt: speaker.at,
        lastContactAt: null,
      }
      const ends = expiresAt(kept)
      if (ends && ends <= now) throw new Refusal('spoke-too-long-ago')
      await insertAuthor(tx, orgId, id, speaker, { at: now, expiresAt: ends })
      await record(tx, orgId, actor, now, { verb: 'author.spotted', subject: { kind: 'author', id }, facts: {} })
    }
    return showOne(tx, orgId, id)
  })

type Move = MoveFacts & { id: string; to: AuthorState; note: string }

/** @throws Refusal with the reason why this step is not allowed, and the field that is missing. */
export const moveAuthor = (
  { db, clock }: Deps,
  caller: Caller,
  { id, to, note, ...facts }: Move,
): Promise<AuthorShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const now = clock()
    const row = await mustFind(tx, orgId, id)
    const from = row.state as AuthorState
    const refusal = refuseMove(from, to, facts, row.objected_at !== null)
    if (refusal) throw new Refusal(refusal, { field: fieldOf[refusal] ?? 'to' })
    if (facts.approacherId && !(await isActiveMember(tx, orgId, facts.approacherId)))
      throw new Refusal('approacher-missing', { field: 'approacherId' })
    const contact = to === 'in-contact' || to === 'advocate' || to === 'critic-followed'
    const lastContactAt = contact ? now : row.last_contact_at
    const kept = { state: to, purpose: row.purpose as Purpose, lastSpokeAt: row.last_spoke_at, lastContactAt }
    await updateAuthor(tx, orgId, id, {
      ...{ state: to, changed_at: now, last_contact_at: lastContactAt, expires_at: expiresAt(kept) },
      ...(to === 'approach-decided'
        ? { channel: facts.channel ?? null, approacher_id: facts.approacherId ?? null }
        : {}),
      ...(to === 'do-not-contact' ? nothingElse : {}),
    })
    // Of somebody to be left alone nothing is kept but the name.
    if (to === 'do-not-contact')
      await sql`update author_moves set note = '', facts = '{}' where org_id = ${orgId} and author_id = ${id}`.execute(
        tx,
      )
    await insertMove(tx, orgId, { authorId: id, from, to, facts, note, at: now, by: memberId })
    // No name enters the log: it can never be taken out again.
    await record(tx, orgId, actor, now, { verb: 'author.moved', subject: { kind: 'author', id }, facts: { from, to } })
    return showOne(tx, orgId, id)
  })

const fieldOf: Record<string, string> = {
  'channel-missing': 'channel',
  'approacher-missing': 'approacherId',
  'reason-missing': 'reason',
}

/** Of those not to contact only the name stays. */
const nothingElse = {
  ...{ note: '', channel: null, approacher_id: null, followers: null },
  ...{ score: null, score_low: null, side: null, mentions: 0 },
}

export const changeAuthor = (
  { db, clock }: Deps,
  caller: Caller,
  { id, purpose, note }: { id: string; purpose: Purpose; note: string },
): Promise<AuthorShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const now = clock()
    const row = await mustFind(tx, orgId, id)
    const kept = {
      state: row.state as AuthorState,
      purpose,
      lastSpokeAt: row.last_spoke_at,
      lastContactAt: row.last_contact_at,
    }
    await updateAuthor(tx, orgId, id, { purpose, note, changed_at: now, expires_at: expiresAt(kept) })
    await record(tx, orgId, actor, now, { verb: 'author.changed', subject: { kind: 'author', id }, facts: { purpose } })
    return showOne(tx, orgId, id)
  })

/** @throws Refusal `not-found` of somebody of whom nothing is stored. */
export const objectFor = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<{ removed: number }> =>
  asSystem(db, async (tx) => {
    const { orgId, actor } = caller
    const now = clock()
    // First: whoever stores people waits for rows that are held below.
    await whileNobodyStores(tx)
    const network = (await findAuthor(tx, orgId, id, true))?.network ?? (await findSpeaker(tx, orgId, id))?.network
    if (network === undefined) throw notFound('author')
    await insertObjection(tx, orgId, id, network, now)
    await deleteAuthor(tx, orgId, id)
    const removed = await removeFrom(tx, orgId, id)
    await record(tx, orgId, actor, now, {
      verb: 'author.objected',
      subject: { kind: 'author', id },
      facts: { network, removed },
    })
    return { removed }
  })

/** `id`: of the entry in the list; what is said from now on has a name again. */
export const liftObjection = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, caller.orgId, async (tx) => {
    const row = await mustFind(tx, caller.orgId, id)
    if (!row.objected_at) throw notFound('objection')
    await deleteAuthor(tx, caller.orgId, id)
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'author.objection-lifted',
      subject: { kind: 'author', id },
      facts: { network: row.network },
    })
  })

async function mustFind(tx: Tx, orgId: string, id: string): Promise<AuthorRow> {
  const row = await findAuthor(tx, orgId, id, true)
  if (!row) throw notFound('author')
  return row
}

async function showOne(tx: Tx, orgId: string, id: string): Promise<AuthorShown> {
  const row = await mustFind(tx, orgId, id)
  return authorShown(row, await approachersOf(tx, orgId, [row]))
}
