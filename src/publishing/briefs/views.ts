// Briefs as the API shows them.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { memberNames, whoIsIn } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { settingsOf } from '../stock/store.ts'
import type { briefView } from './contract.ts'
import { lacksMaterial } from './rules.ts'
import { type BriefFilter, type BriefRow, findBrief, listBriefRows, postsOfBrief } from './store.ts'

type BriefView = z.infer<typeof briefView>

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const readBrief = (
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<BriefView> => inOrg(services.db, caller.orgId, (tx) => viewById(tx, caller.orgId, id, services.clock()))

export function listBriefs(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  given: Omit<BriefFilter, 'after' | 'bareUntil'> & { cursor?: string; lacking?: boolean },
) {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const bareUntil = given.lacking ? await nearestDue(tx, caller.orgId, now) : undefined
    const rows = await listBriefRows(tx, caller.orgId, { ...given, bareUntil, after, limit: given.limit + 1 })
    const show = await shower(tx, caller.orgId, rows, now)
    return pageFrom(
      rows,
      given.limit,
      (row) => [row.updated_at.toISOString(), row.id],
      (row) => ({ ...show(row), postCount: row.post_count }),
    )
  })
}

export async function viewById(tx: Tx, orgId: string, id: string, now: Date): Promise<BriefView> {
  const brief = await findBrief(tx, orgId, id)
  if (!brief) throw notFound('brief')
  const posts = await postsOfBrief(tx, orgId, id)
  return {
    ...(await shower(tx, orgId, [brief], now))(brief),
    posts: posts.map(({ due_at, ...post }) => ({ ...post, dueAt: due_at?.toISOString() ?? null })),
  }
}

/** Today as the organisation's calendar has it. */
const todayOf = async (tx: Tx, orgId: string, now: Date): Promise<string> =>
  dayIn(now, await readOrganisationZone(tx, orgId))

/** What is due until this day should have its material by now. */
export const nearestDue = async (tx: Tx, orgId: string, now: Date): Promise<string> =>
  addDays(await todayOf(tx, orgId, now), (await settingsOf(tx, orgId)).materialDays)

async function shower(tx: Tx, orgId: string, rows: BriefRow[], now: Date) {
  const people = rows.flatMap((row) => [row.created_by, row.begun_by, row.ended_by].filter((id) => id !== null))
  const names = await memberNames(tx, orgId, people)
  const [today, { materialDays }] = [await todayOf(tx, orgId, now), await settingsOf(tx, orgId)]
  const person = whoIsIn(names)
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return (row: BriefRow) => ({
    ...{ id: row.id, title: row.title, kind: row.kind, use: row.use, state: row.state, revision: row.revision },
    ...{ material: row.material, links: row.links, mediaIds: row.media_ids, askedBy: row.asked_by },
    ...{ contact: row.contact, departmentId: row.department_id, campaignId: row.campaign_id, ownerId: row.owner_id },
    ...{ dueOn: row.due_on, createdAt: row.created_at.toISOString(), createdBy: person(row.created_by) },
    ...{ updatedAt: row.updated_at.toISOString(), begunAt: iso(row.begun_at), begunBy: person(row.begun_by) },
    ...{ endedAt: iso(row.ended_at), endedBy: person(row.ended_by), declineReason: row.decline_reason },
    lacksMaterial: lacksMaterial(
      { ...row, links: row.links, mediaIds: row.media_ids, dueOn: row.due_on },
      today,
      materialDays,
    ),
  })
}
