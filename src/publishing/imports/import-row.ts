// Makes the post of one row, and plans it, in one transaction: a row that has its post is done, whatever happens to the server.

import { sql } from 'kysely'
import type { DraftMedia } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustBelong } from '../belonging.ts'
import { setPlace } from '../place-draft.ts'
import { scheduleWithin } from '../schedule-post.ts'
import { changePosts, findPost, insertPost } from '../store.ts'
import { instantOf } from '../times.ts'
import { markOf } from './marks.ts'
import { type Fetching, picturesFor, withMedia } from './pictures.ts'
import type { ReadRow } from './read-row.ts'
import { addProblems, claimPost, type ImportRow, isRunning } from './store.ts'
import type { RowIssue } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'linkBases'>

export interface Work {
  found: ImportRow
  caller: Caller
}

/** Answers what is to be said where it made no post; else that is kept with the post. null: somebody has stopped the import. */
export async function importRow(
  services: Deps,
  work: Work,
  row: ReadRow,
  fetching: Fetching,
): Promise<RowIssue[] | null> {
  const { found, caller } = work
  const { org_id: orgId, columns, settings } = found
  const { media, issues } = await picturesFor(row, fetching, columns[settings.mapping.indexOf('media')] ?? '')
  try {
    return await changePosts(services.db, orgId, async (tx) => {
      if (!(await isRunning(tx, orgId, found.id))) return null
      const now = services.clock()
      const said = [...issues]
      const { id, events } = await makePost(tx, work, { row, media, now })
      // Without its pictures nobody meant it to go out.
      if (settings.as === 'scheduled' && !row.isDraft && row.wall && issues.length === 0)
        await schedule(tx, services, caller, { id, row, now }).then(
          (planned) => events.push(...planned),
          (error) => said.push(issueOf(error, row.row, 'stays-draft')),
        )
      const post = (await findPost(tx, orgId, id))!
      await claimPost(tx, orgId, id, { importId: found.id, row: row.row, mark: markOf(post) })
      await recordAll(tx, orgId, caller.actor, now, events)
      await addProblems(tx, orgId, found.id, said)
      return []
    })
  } catch (error) {
    return [...issues, issueOf(error, row.row)]
  }
}

async function makePost(
  tx: Tx,
  { found, caller }: Work,
  { row, media, now }: { row: ReadRow; media: DraftMedia[]; now: Date },
): Promise<{ id: string; events: NewEvent[] }> {
  const { org_id: orgId } = found
  const id = newId()
  const { campaignId, departmentId, ownerId, initiator, origin, originPostId, adaptedFor, variants } = row
  const belonging = {
    ...{ campaignId, departmentId, ownerId, originPostId, adaptedFor },
    ...(initiator ? { initiator } : {}),
    ...(origin ? { origin } : {}),
  }
  await mustBelong(tx, orgId, belonging, '')
  const content = withMedia(row.content!, media)
  await insertPost(tx, orgId, { id, content, variants, belonging, by: caller.memberId, at: now })
  if (row.wall) {
    const meaning = instantOf({ wall: row.wall, zone: row.zone })
    if (meaning.kind !== 'never')
      await setPlace(tx, orgId, id, { dueWall: row.wall, dueZone: row.zone, dueAt: meaning.at })
  }
  const facts = { importId: found.id, row: row.row }
  return { id, events: [{ verb: 'post.created', subject: { kind: 'post', id }, facts }] }
}

/** What is refused leaves the draft as it was: everything that scheduling wrote is taken back, and nothing else. */
async function schedule(
  tx: Tx,
  services: Deps,
  caller: Caller,
  { id, row, now }: { id: string; row: ReadRow; now: Date },
): Promise<NewEvent[]> {
  await sql`savepoint planning`.execute(tx)
  try {
    const when = { kind: 'at' as const, wall: row.wall!, zone: row.zone }
    const events = await scheduleWithin(tx, services, caller, { id, when, only: ['draft'], now })
    await sql`release savepoint planning`.execute(tx)
    return events
  } catch (error) {
    if (error instanceof Refusal) await sql`rollback to savepoint planning`.execute(tx)
    throw error
  }
}

/** @throws what is no refusal: the job tries again. */
function issueOf(error: unknown, row: number, code?: string): RowIssue {
  if (!(error instanceof Refusal)) throw error
  const params = Object.fromEntries(
    Object.entries(error.params).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'boolean' ? String(value) : value]],
    ),
  )
  return {
    ...{ row, level: code ? 'warning' : 'error', field: error.field ?? 'row', code: code ?? error.code },
    params: { ...params, ...(code ? { because: error.code } : {}) },
  }
}
