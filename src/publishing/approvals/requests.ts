// Opens a request for consent, goes on with one that is about the same words, and ends one that nobody has to answer any more.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { findPost, moveVariant, type PostRow } from '../store.ts'
import { type AskedLane, joined } from './lanes-asked.ts'
import { settleRequest } from './standing.ts'
import {
  changeRequest,
  deleteSteps,
  insertRenditions,
  insertRequest,
  insertSteps,
  lockRequest,
  type RequestRow,
  renditionsOf,
  type StepRow,
  setConsent,
  stepsOf,
  voidRenditions,
} from './store.ts'
import type { Asked, Plan, Submission } from './submit.ts'

export async function openRequest(tx: Tx, prior: RequestRow | null, asked: Asked): Promise<NewEvent[]> {
  const { found, waiting, by, note = '', dueAt, atOnce, now } = asked
  const { post } = found
  if (prior) await closePrior(tx, prior, asked)
  const lanes = joined(waiting.flatMap((plan) => plan.lanes))
  const id = newId()
  await insertRequest(tx, {
    ...{ org_id: post.org_id, id, post_id: post.id, asked_by: by.memberId, asked_at: now, note },
    ...{ authors: await authorsOf(tx, post), due_at: dueAt, at_once: atOnce, findings: asked.findings },
    ...{ state: 'open', look_at: now, ...boxOf(lanes, asked) },
  })
  await insertRenditions(
    tx,
    waiting.map(({ variant, words, content, hash }) => ({
      ...{ org_id: post.org_id, request_id: id, variant_id: variant.id, account_id: variant.account_id },
      ...{ content_hash: hash, words, content },
    })),
  )
  await insertSteps(tx, rowsOf(post, id, lanes))
  for (const plan of waiting) await intoReview(tx, plan, asked)
  const settled = await settle(tx, post, id, now)
  return [
    {
      verb: 'approval.asked',
      subject: { kind: 'post', id: post.id },
      facts: {
        ...{ requestId: id, dueAt, lanes: lanes.map(({ name }) => name), ...(note ? { note } : {}) },
        ...{ variantIds: waiting.map(({ variant }) => variant.id), by: by.memberId },
      },
    },
    ...settled,
  ]
}

/** The words are those that were asked about, so votes stay; lanes come and go with what applies now. */
export async function continueRequest(tx: Tx, prior: RequestRow, asked: Asked): Promise<NewEvent[]> {
  const { found, waiting, dueAt, atOnce, now } = asked
  const { post } = found
  const lanes = joined(waiting.flatMap((plan) => plan.lanes))
  const steps = await stepsOf(tx, post.org_id, [prior.id])
  const has = (lane: AskedLane) => steps.some((row) => row.lane_id === lane.id && row.kind !== 'invited')
  const added = lanes.filter((lane) => !has(lane))
  const dropped = steps.filter((row) => row.kind !== 'invited' && !lanes.some(({ id }) => id === row.lane_id))
  await deleteSteps(
    tx,
    post.org_id,
    dropped.map(({ id }) => id),
  )
  await insertSteps(tx, rowsOf(post, prior.id, added))
  // What went without consent because no lane applied has none to show for a lane that applies again.
  const wentFreely = prior.state === 'granted' && prior.reason === 'let-go'
  const reopened = wentFreely || (prior.state === 'granted' && added.length > 0)
  const state = prior.state === 'granted' && !reopened ? 'granted' : 'open'
  await changeRequest(tx, prior, {
    ...{ due_at: dueAt, at_once: atOnce, findings: asked.findings, state, look_at: now },
    ...(reopened ? { ended_at: null, ended_by: null, end_told_at: null } : {}),
    ...(wentFreely ? { granted_at: null, reason: null } : {}),
    ...(dueAt > now ? { late_told_at: null } : {}),
    ...([...added, ...dropped].some(({ kind }) => kind === 'fast')
      ? { ...boxOf(lanes, asked), box_over_at: null }
      : {}),
  })
  for (const plan of waiting) await (state === 'granted' ? onTheWay(tx, plan, asked) : intoReview(tx, plan, asked))
  const settled = state === 'open' ? await settle(tx, post, prior.id, now) : []
  const changed = reopened || added.length > 0 || dropped.length > 0
  if (asked.again && !changed) return settled
  const facts = { requestId: prior.id, dueAt, ...(added.length > 0 ? { lanes: added.map(({ name }) => name) } : {}) }
  const verb = reopened ? 'approval.reopened' : changed ? 'approval.changed' : 'approval.moved'
  return [{ verb, subject: { kind: 'post', id: post.id }, facts }, ...settled]
}

/** The time box begins when the fast lane is chosen, be it for a question that is asked already. */
const boxOf = (lanes: AskedLane[], { fast, now }: Pick<Asked, 'fast' | 'now'>) =>
  fast?.fast && lanes.some(({ kind }) => kind === 'fast')
    ? { box_ends_at: new Date(now.getTime() + fast.fast.minutes * 60_000), when_silent: fast.fast.whenSilent }
    : { box_ends_at: null, when_silent: null }

/** No lane applies any more, and who acts may let it go. */
export async function overtakeRequest(tx: Tx, prior: RequestRow, { by, now }: Submission): Promise<NewEvent[]> {
  if (prior.state !== 'open') return []
  await changeRequest(tx, prior, {
    ...{ state: 'granted', granted_at: now, ended_at: now, ended_by: by.memberId, reason: 'let-go', look_at: now },
  })
  return [{ verb: 'approval.let-go', subject: { kind: 'post', id: prior.post_id }, facts: { requestId: prior.id } }]
}

async function closePrior(tx: Tx, prior: RequestRow, { waiting, by, now }: Asked): Promise<void> {
  const again = waiting.map(({ variant }) => variant.id)
  await voidRenditions(tx, prior, again, now)
  const left = (await renditionsOf(tx, prior.org_id, [prior.id])).some((each) => each.voided_at === null)
  if (prior.state === 'open' || !left)
    await changeRequest(tx, prior, {
      ...{
        state: 'voided',
        ended_at: now,
        ended_by: by.memberId,
        reason: 'asked-again',
        end_told_at: now,
        look_at: null,
      },
    })
}

const rowsOf = (post: PostRow, requestId: string, lanes: AskedLane[]) =>
  lanes.flatMap((lane) =>
    lane.steps.map(
      (
        rule,
        position,
      ): Pick<
        StepRow,
        'org_id' | 'id' | 'request_id' | 'lane_id' | 'lane_name' | 'kind' | 'position' | 'rule' | 'reasons'
      > => ({
        ...{ org_id: post.org_id, id: newId(), request_id: requestId, lane_id: lane.id, lane_name: lane.name },
        ...{ kind: lane.kind, position, rule, reasons: lane.reasons },
      }),
    ),
  )

/** What a person holds, or what waits for its account, stays where it is; it only has no consent any more. */
async function intoReview(tx: Tx, { variant, content, hash }: Plan, { dueAt, again, now }: Asked): Promise<void> {
  const keeps = again && (variant.state === 'held' || variant.state === 'parked')
  if (!keeps && !(again && variant.state === 'in-review')) {
    const reason = { code: 'waits-for-approval' }
    const freezing = { content, needsApproval: true }
    await moveVariant(tx, variant, { state: 'in-review', reason, dueAt, wakeAt: null }, now, freezing)
  }
  if (keeps && variant.content_hash !== hash) return
  await setConsent(tx, variant.org_id, variant.id, { needed: true, hash: null })
}

/** Consent holds for another time too. */
async function onTheWay(tx: Tx, { variant, content, hash }: Plan, { dueAt, again, now }: Asked): Promise<void> {
  if (again) return
  const freezing = { content, needsApproval: true }
  await moveVariant(tx, variant, { state: 'scheduled', reason: null, dueAt, wakeAt: dueAt }, now, freezing)
  await setConsent(tx, variant.org_id, variant.id, { needed: true, hash })
}

async function settle(tx: Tx, { org_id: orgId, id }: PostRow, requestId: string, now: Date): Promise<NewEvent[]> {
  const found = (await findPost(tx, orgId, id))!
  return settleRequest(tx, { found, request: (await lockRequest(tx, orgId, requestId))!, now })
}

/** Everybody who wrote or changed its words, be it through a token of theirs. */
async function authorsOf(tx: Tx, post: PostRow): Promise<string[]> {
  const rows = await tx
    .selectFrom('events')
    .leftJoin('api_tokens', (join) =>
      join.onRef('api_tokens.org_id', '=', 'events.org_id').onRef('api_tokens.id', '=', 'events.actor_id'),
    )
    .select((eb) => eb.fn.coalesce('api_tokens.member_id', 'events.actor_id').as('id'))
    .distinct()
    .where('events.org_id', '=', post.org_id)
    .where('subject_id', '=', post.id)
    .where('verb', 'in', ['post.created', 'post.saved'])
    .where('actor_kind', 'in', ['member', 'token'])
    .execute()
  return [...new Set([post.created_by, post.updated_by, ...rows.flatMap(({ id }) => id ?? [])])]
}
