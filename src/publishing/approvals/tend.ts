// Looks after requests by the minute: tells who is asked, reminds, climbs to deputies and managers, ends time boxes, tells how it ended.

import { asSystem } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { changePosts, lockPost, moveVariant } from '../store.ts'
import { makeLink } from './links.ts'
import { type Rung, rungTimes, type Standing } from './rules.ts'
import { grantRequest, isLiving, settleRequest, type Whole, wholeOf } from './standing.ts'
import { changeRequest, lockRequest, markStep } from './store.ts'
import { linksOf } from './store-links.ts'
import { type Telling, tellAsked, tellBox, tellEnd, tellLate } from './tell.ts'
import type { Open } from './vote.ts'

/** Everything that is due. Answers how many requests were looked at. One that fails does not keep the others waiting. */
export async function tendRequests(services: Services, only?: Only): Promise<number> {
  const now = services.clock()
  const due = await asSystem(services.db, (tx) => {
    const query = tx.selectFrom('approval_requests').select(['org_id', 'id', 'post_id']).where('look_at', '<=', now)
    return (only ? query.where(only.column, '=', only.id) : query).orderBy('look_at').limit(1000).execute()
  })
  for (const { org_id: orgId, id, post_id: postId } of due)
    await tendRequest(services, { orgId, id, postId }).catch((error) =>
      services.log.error('A request for approval could not be looked after', { error, requestId: id }),
    )
  return due.length
}

/** Of an organisation, of a post, or one request. */
export interface Only {
  column: 'org_id' | 'post_id' | 'id'
  id: string
}

/** What is due there is done now rather than at the next minute. Trouble here waits for that minute. */
export const tendSoon = (services: Services, column: Only['column'], id: string): Promise<unknown> =>
  tendRequests(services, { column, id }).catch((error) =>
    services.log.warn('Approvers are told at the next minute instead of now', { error }),
  )

function tendRequest(services: Services, { orgId, id, postId }: { orgId: string; id: string; postId: string }) {
  return changePosts(services.db, orgId, async (tx) => {
    const found = await lockPost(tx, orgId, postId)
    const request = await lockRequest(tx, orgId, id)
    if (!found || !request) return
    const open: Open = { tx, found, request, now: services.clock() }
    const events = request.state === 'open' ? await tendOpen(services, open) : await tendEnded(services, open)
    await refreshPostStates(tx, [[orgId, postId]])
    await recordAll(tx, orgId, longrunItself, open.now, events)
  })
}

async function tendEnded(services: Services, { tx, found, request, now }: Open): Promise<NewEvent[]> {
  if (!request.end_told_at) await tellEnd(tx, services, found.post, request)
  await changeRequest(tx, request, { end_told_at: request.end_told_at ?? now, look_at: null })
  return []
}

/** People leave, change their roles, come back: then what was missing may be there, or somebody else be due, without any vote. */
const peopleChangeMs = 60 * 60_000

async function tendOpen(services: Services, open: Open): Promise<NewEvent[]> {
  const { tx, found, request, now } = open
  if (found.post.deleted_at) {
    await changeRequest(tx, request, { state: 'withdrawn', ended_at: now, end_told_at: now, look_at: null })
    return []
  }
  // People and lanes may have changed since the last vote, so that what was missing is there now.
  const settled = await settleRequest(tx, { found, request, now })
  if (settled.length > 0) return settled
  const whole = await wholeOf(tx, found.post, request)
  const boxed = await endBox(services, open, whole)
  if (boxed.granted) return boxed.events
  const climbed = await climb(services, open, whole)
  const late = await tellWhenLate(services, open, climbed.whole)
  const { box_ends_at: boxEnds, box_over_at: boxOver, due_at: dueAt, at_once: atOnce } = request
  const times = [
    ...climbed.whole.standings.filter(({ state }) => state === 'open').flatMap((each) => rungTimes(each)),
    { at: boxOver ? null : boxEnds },
    { at: request.late_told_at || atOnce || late.length > 0 ? null : dueAt },
  ].flatMap(({ at }) => (at && at > now ? [at.getTime()] : []))
  await changeRequest(tx, request, { look_at: new Date(Math.min(now.getTime() + peopleChangeMs, ...times)) })
  return [...boxed.events, ...climbed.events, ...late]
}

/** Each rung once: its time on the step is its mark, written in the transaction that tells. */
async function climb(services: Services, open: Open, first: Whole): Promise<{ whole: Whole; events: NewEvent[] }> {
  const { tx, found, request, now } = open
  const events: NewEvent[] = []
  let whole = first
  // A rung may make others due: deputies that are too few, then the manager.
  for (let round = 0; round < 4; round++) {
    const due = whole.standings.filter(({ state }) => state === 'open').flatMap((each) => dueRungs(each, now))
    if (due.length === 0) break
    for (const { standing, rung } of due) {
      await markStep(tx, request.org_id, standing.step.id, { [`${rung}_at`]: now })
      if (rung === 'told' || rung === 'reminded') continue
      const facts = { requestId: request.id, rung, lane: laneName(whole, standing) }
      events.push({ verb: 'approval.climbed', subject: { kind: 'post', id: found.post.id }, facts })
    }
    whole = await wholeOf(tx, found.post, request)
    await tellRungs(services, open, whole, due)
  }
  return { whole, events }
}

type Due = { standing: Standing; rung: Rung }

const dueRungs = (standing: Standing, now: Date): Due[] =>
  rungTimes(standing).flatMap(({ rung, at }) => (at && at <= now ? [{ standing, rung }] : []))

const laneName = ({ steps }: Whole, { step }: Standing): string =>
  steps.find(({ id }) => id === step.id)?.lane_name ?? ''

/** Whom a rung newly concerns; somebody who is asked at two steps at once is told once. */
async function tellRungs(services: Services, open: Open, whole: Whole, due: Due[]): Promise<void> {
  const { tx, found, request } = open
  const told = new Map<string, Telling['kind']>()
  for (const { standing: before, rung } of due) {
    const standing = whole.standings.find(({ step }) => step.id === before.step.id)!
    const { approvers, deputies, managers, kind } = standing.step
    // Managers are told of an investor lane that waits, but only those who are named can answer.
    const first = kind === 'fast' ? [...approvers, ...deputies] : approvers
    const who = { told: first, reminded: first, deputy: deputies, manager: managers }[rung]
    const asked = who.filter((id) => standing.missing.includes(id) || (rung === 'manager' && kind === 'investor'))
    for (const id of asked) told.set(id, rung)
  }
  const outside = whole.people.outsiders.filter(({ id }) => told.has(id))
  const members = [...told].filter(([id]) => !outside.some((each) => each.id === id))
  for (const [kind, same] of Map.groupBy(members, ([, rung]) => rung))
    await tellAsked(tx, services, found.post, { request, kind, memberIds: same.map(([id]) => id) })
  await sendLinks(
    services,
    open,
    outside.map(({ id }) => ({ id, again: told.get(id) === 'reminded' })),
  )
}

/** People outside get their link by mail. Without a mail server somebody makes one on the page and hands it on. */
async function sendLinks(
  services: Services,
  { tx, request, now }: Open,
  outside: { id: string; again: boolean }[],
): Promise<void> {
  if (!services.mailer.available) return
  const links = await linksOf(tx, request.org_id, [request.id])
  for (const { id, again } of outside) {
    const latest = links.findLast((link) => link.outsider_id === id)
    const has = latest && !latest.revoked_at && latest.expires_at > now
    // A person who ended their link meant it: only a person makes another one.
    if (latest?.revoked_by) continue
    if (!has || again) await makeLink(tx, services, request, { outsiderId: id, by: null, now })
  }
}

/** What happens when nobody answered in time: it stays here, or it goes where that was agreed and no guardrail matched. */
async function endBox(
  services: Services,
  { tx, found, request, now }: Open,
  whole: Whole,
): Promise<{ granted: boolean; events: NewEvent[] }> {
  const { box_ends_at: ends, box_over_at: over, when_silent: silent } = request
  const answered = whole.standings.every(({ step, state }) => step.kind !== 'fast' || state === 'satisfied')
  if (!ends || over || ends > now || answered) return { granted: false, events: [] }
  await changeRequest(tx, request, { box_over_at: now })
  const others = whole.standings.some(({ step, state }) => step.kind !== 'fast' && state !== 'satisfied')
  if (silent === 'go' && request.findings.length === 0 && !others) {
    const { renditions } = whole
    return { granted: true, events: [await grantRequest(tx, { found, request, renditions, now, silence: true })] }
  }
  for (const rendition of whole.renditions.filter((each) => isLiving(each, found.variants))) {
    const variant = found.variants.find(({ id }) => id === rendition.variant_id)!
    if (variant.state !== 'in-review') continue
    const reason = { code: request.findings.length > 0 ? 'nobody-answered-guarded' : 'nobody-answered' }
    await moveVariant(tx, variant, { state: 'in-review', reason, dueAt: variant.due_at, wakeAt: null }, now)
  }
  await tellBox(tx, services, found.post, { request, memberIds: concerned(whole) })
  const facts = { requestId: request.id }
  return {
    granted: false,
    events: [{ verb: 'approval.box-over', subject: { kind: 'post', id: found.post.id }, facts }],
  }
}

/** Its time has come without consent: it stays here, says why, and everybody concerned is told once. */
async function tellWhenLate(services: Services, { tx, found, request, now }: Open, whole: Whole): Promise<NewEvent[]> {
  if (request.late_told_at || request.at_once || request.due_at > now) return []
  await changeRequest(tx, request, { late_told_at: now })
  for (const variant of found.variants) {
    if (variant.state !== 'in-review' || !whole.renditions.some(({ variant_id }) => variant_id === variant.id)) continue
    const reason = { code: 'not-approved-in-time' }
    await moveVariant(tx, variant, { state: 'in-review', reason, dueAt: variant.due_at, wakeAt: null }, now)
  }
  await tellLate(tx, services, found.post, { request, memberIds: concerned(whole) })
  const facts = { requestId: request.id, dueAt: request.due_at }
  return [{ verb: 'approval.late', subject: { kind: 'post', id: found.post.id }, facts }]
}

/** Whoever asked, and every member whose answer is missing. */
function concerned({ request, standings, people }: Whole): string[] {
  const missing = standings.filter(({ state }) => state === 'open').flatMap((each) => each.missing)
  return [request.asked_by, ...missing.filter((id) => people.members.some((member) => member.id === id))]
}
