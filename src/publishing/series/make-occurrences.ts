// Makes the occurrences of series ahead of their time: each once, whoever else makes them too, and whatever broke off before.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import { may, type Role } from '../../people/permissions.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { setPlace } from '../place-draft.ts'
import { scheduleWithin } from '../schedule-post.ts'
import { changePosts, insertPost, lockPost } from '../store.ts'
import { wallOf } from '../times.ts'
import { type Occurrence, occurrencesFrom } from './recurrence.ts'
import {
  findSeries,
  insertOccurrence,
  lockSeries,
  occurrenceRows,
  type SeriesRow,
  scheduleOf,
  setOccurrence,
} from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log' | 'linkBases'>

/** How far ahead occurrences are real posts, and how many of one series at most. */
export const aheadDays = 90
export const mostAhead = 100
/** Made in one transaction, so that nothing is locked for long. */
const batch = 20
const dayMs = 24 * 3600_000
const againMs = 6 * 3600_000
const leaseMs = 5 * 60_000

/** Everything that is due. Answers how many posts were made. */
export async function makeDueOccurrences(services: Deps, seriesId?: string): Promise<number> {
  const workerId = randomUUID()
  let made = 0
  for (;;) {
    const claimed = await asSystem(services.db, (tx) => claimOne(tx, services.clock(), workerId, seriesId))
    if (!claimed) return made
    try {
      made += await makeOccurrences(services, claimed.org_id, claimed.id)
    } catch (error) {
      // The lease keeps it from being tried again at once; the others go on.
      services.log.warn('Occurrences could not be made', { series: claimed.id, error })
    }
  }
}

async function claimOne(tx: Tx, now: Date, workerId: string, seriesId: string | undefined) {
  const found = await sql<{ org_id: string; id: string }>`
    update series set worker_id = ${workerId}, lease_until = ${new Date(now.getTime() + leaseMs)}
    where (org_id, id) in (select org_id, id from series
      where make_at <= ${now} and (lease_until is null or lease_until < ${now}) ${seriesId ? sql`and id = ${seriesId}` : sql``}
      order by make_at limit 1 for update skip locked)
    returning org_id, id`.execute(tx)
  return found.rows[0] ?? null
}

/** Safe to run twice at the same time: the key of an occurrence and the state of its post decide what is left to do. */
export async function makeOccurrences(services: Deps, orgId: string, id: string): Promise<number> {
  let made = 0
  let step: Step
  do {
    step = await changePosts(services.db, orgId, (tx) => makeSome(services, tx, orgId, id))
    made += step.count
  } while (!step.done)
  await settle(services, orgId, id)
  await inOrg(services.db, orgId, (tx) => layDown(tx, orgId, id, step))
  return made
}

interface Step {
  count: number
  done: boolean
  /** When it was due as this work began, and when it is due again. */
  makeAt: Date | null
  nextAt: Date | null
}

async function makeSome({ clock }: Deps, tx: Tx, orgId: string, id: string): Promise<Step> {
  const found = await lockSeries(tx, orgId, id)
  const makeAt = found?.make_at ?? null
  if (!found || makeAt === null) return { count: 0, done: true, makeAt, nextAt: null }
  const now = clock()
  const series = await withoutWhatIsGone(tx, found)
  const { missing, more } = await missingOccurrences(tx, series, now)
  const some = missing.slice(0, batch)
  const events = []
  for (const each of some) {
    const postId = newId()
    await insertOccurrencePost(tx, series, each, { postId, now })
    events.push({
      verb: 'occurrence.made',
      subject: { kind: 'post', id: postId },
      facts: { seriesId: id, wall: each.wall, zone: series.zone, movedTo: each.movedTo },
    })
  }
  await recordAll(tx, orgId, longrunItself, now, events)
  const nextAt = more ? new Date(now.getTime() + againMs) : null
  return { count: some.length, done: some.length === missing.length, makeAt, nextAt }
}

/** A department that was removed takes no series with it: occurrences go on without one, as those do that were made before. */
async function withoutWhatIsGone(tx: Tx, series: SeriesRow): Promise<SeriesRow> {
  const { departmentId } = series.belonging
  if (!departmentId) return series
  const there = await tx
    .selectFrom('departments')
    .select('id')
    .where('org_id', '=', series.org_id)
    .where('id', '=', departmentId)
    .executeTakeFirst()
  return there ? series : { ...series, belonging: { ...series.belonging, departmentId: null } }
}

/** Only now is it not due any more: what broke off before is taken up again. A change in between stays due. */
const layDown = (tx: Tx, orgId: string, id: string, { makeAt, nextAt }: Step) =>
  tx
    .updateTable('series')
    .set((eb) => ({
      worker_id: null,
      lease_until: null,
      make_at: eb.case().when('make_at', '=', makeAt).then(nextAt).else(eb.ref('make_at')).end(),
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()

/** What lies within the next days and is not there yet; and whether anything follows later. */
async function missingOccurrences(
  tx: Tx,
  series: SeriesRow,
  now: Date,
): Promise<{ missing: Occurrence[]; more: boolean }> {
  const from = wallOf(now, series.zone)
  const rows = await occurrenceRows(tx, series.org_id, series.id, from)
  const known = new Set(rows.map(({ wall }) => wall))
  const ahead = occurrencesFrom(scheduleOf(series), from, mostAhead + 1).filter(({ at }) => at > now)
  const horizon = new Date(now.getTime() + aheadDays * dayMs)
  const within = ahead.slice(0, mostAhead).filter(({ at }) => at <= horizon)
  return { missing: within.filter(({ wall }) => !known.has(wall)), more: ahead.length > within.length }
}

async function insertOccurrencePost(
  tx: Tx,
  series: SeriesRow,
  occurrence: Occurrence,
  { postId, now }: { postId: string; now: Date },
): Promise<void> {
  const { org_id: orgId, by_member: by, content, variants } = series
  await insertPost(tx, orgId, {
    ...{ id: postId, content, variants, by, at: now },
    // What is said again on purpose: the guard against saying the same twice knows it by this.
    belonging: { ...series.belonging, origin: 'recycled', originPostId: series.first_post_id, adaptedFor: null },
  })
  await setPlace(tx, orgId, postId, {
    ...{ dueWall: occurrence.movedTo ?? occurrence.wall, dueZone: series.zone, dueAt: occurrence.at },
  })
  const { wall, movedTo, twice } = occurrence
  const settled = !series.scheduled
  await insertOccurrence(tx, orgId, series.id, { wall, movedTo, twice, postId, at: now, settled })
}

// ── Scheduling what was made ────────────────────────────────────────────────────────────────────────────────────────

/** By the same verb as a person's: what networks refuse or somebody has to approve is so for occurrences too. */
async function settle(services: Deps, orgId: string, id: string): Promise<void> {
  const { series, open, caller } = await inOrg(services.db, orgId, async (tx) => {
    const found = await findSeries(tx, orgId, id)
    const rows = found ? (await occurrenceRows(tx, orgId, id)).filter((row) => row.settled_at === null) : []
    return { series: found, open: rows, caller: found && (await callerOfSeries(tx, found)) }
  })
  if (!series) return
  const troubles: string[] = []
  for (const row of open) {
    const trouble = row.post_id
      ? caller
        ? await scheduleOccurrence(services, caller, { postId: row.post_id, wall: row.moved_to ?? row.wall, series })
        : 'may-not-schedule'
      : null
    if (trouble) troubles.push(trouble)
    const set = { settled_at: services.clock(), trouble }
    await inOrg(services.db, orgId, (tx) => setOccurrence(tx, orgId, id, row.wall, set))
  }
  if (troubles.length > 0) await tellOfTrouble(services, series, troubles)
}

async function callerOfSeries(tx: Tx, { org_id: orgId, by_member: memberId }: SeriesRow): Promise<Caller | null> {
  const member = await tx
    .selectFrom('members')
    .select(['user_id', 'role', 'ended_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', memberId)
    .executeTakeFirst()
  if (!member || member.ended_at || !may(member.role as Role, 'posts.schedule')) return null
  return { orgId, memberId, userId: member.user_id, role: member.role as Role, actor: longrunItself, scopes: null }
}

/** Answers why it could not be; null when it is scheduled, or when a person was there first. */
async function scheduleOccurrence(
  services: Deps,
  caller: Caller,
  { postId, wall, series }: { postId: string; wall: string; series: SeriesRow },
): Promise<string | null> {
  const { orgId, actor } = caller
  try {
    await changePosts(services.db, orgId, async (tx) => {
      const found = await lockPost(tx, orgId, postId)
      const untouched = found && !found.post.deleted_at && found.post.revision === 1
      if (!untouched || !found.variants.every(({ state }) => state === 'draft')) return
      const now = services.clock()
      const when = { kind: 'at', wall, zone: series.zone } as const
      // A series says the same again by its nature.
      const events = await scheduleWithin(tx, services, caller, { id: postId, when, sameTextAgain: true, now })
      await recordAll(tx, orgId, actor, now, events)
    })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const tellOfTrouble = (services: Deps, series: SeriesRow, troubles: string[]): Promise<void> =>
  inOrg(services.db, series.org_id, async (tx) =>
    notify(tx, services, series.org_id, {
      memberIds: await readWhoAnswers(tx, series.org_id, series.by_member),
      kind: 'series-trouble',
      facts: { summary: series.summary, count: troubles.length, code: troubles[0] },
      subject: { kind: 'series', id: series.id },
      mail: {
        subject: 'Posts of a series wait as drafts',
        text: `${troubles.length === 1 ? 'One post' : `${troubles.length} posts`} of a series could not be scheduled and wait as drafts.\n\n“${series.summary}”\n\n${linkTo(services.publicUrl, series.org_id, `series/${series.id}`)}\n`,
      },
    }),
  )
