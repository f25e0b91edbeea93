// Lets planned variants go, or asks for the consent that they need first; also when lanes, guardrails or times have changed since.

import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { canonicalJson } from '../../lib/hash.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Actor } from '../../people/types.ts'
import { contentHash } from '../keys.ts'
import { moveVariant, type PostWithVariants, type VariantRow } from '../store.ts'
import { idsOf, peopleOf } from './approvers.ts'
import { type AskedLane, lanesFor } from './lanes-asked.ts'
import { needsOf } from './needs.ts'
import { continueRequest, openRequest, overtakeRequest } from './requests.ts'
import { afterConsent } from './rules.ts'
import { lockLiveRequest, type RenditionRow, type RequestRow, renditionsOf, setConsent, stepsOf } from './store.ts'
import type { LaneRow } from './store-lanes.ts'
import type { Finding } from './types.ts'

export interface Submission {
  found: PostWithVariants
  /** Those that are planned, with exactly what they would say. */
  variants: { variant: VariantRow; content: Draft }[]
  dueAt: Date
  /** The same as a person chose it. */
  planned?: { wall: string | null; zone: string | null }
  /** To go out as soon as it may. */
  atOnce: boolean
  note?: string
  fastLaneId?: string
  by: { memberId: string; actor: Actor }
  /** Whether who asks may let it go where no lane applies. */
  mayLetGo: boolean
  /** Nothing was planned anew: what needs no other state keeps its own. */
  again?: boolean
  now: Date
}

/** A variant with what it would say and the lanes that it has to pass. */
export interface Plan {
  variant: VariantRow
  words: Draft
  content: Draft
  hash: string
  lanes: AskedLane[]
}

export interface Asked extends Submission {
  waiting: Plan[]
  findings: Finding[]
  fast: LaneRow | null
}

/** The post is locked and planned by the caller. Answers what is to be recorded. */
export async function submitVariants(tx: Tx, submission: Submission): Promise<NewEvent[]> {
  const { post } = submission.found
  const prior = await lockLiveRequest(tx, post.org_id, post.id)
  const shown = prior ? (await renditionsOf(tx, post.org_id, [prior.id])).filter((each) => !each.voided_at) : []
  const { plans, findings, fast } = await plansOf(tx, submission, { prior, shown })
  const going = plans.filter(({ lanes }) => lanes.length === 0)
  const waiting = plans.filter(({ lanes }) => lanes.length > 0)
  for (const plan of going) await letGo(tx, plan, submission)
  const scheduled = scheduledEvent(
    submission,
    going.filter(({ variant }) => !submission.again || variant.state === 'in-review'),
  )
  if (waiting.length === 0) return [...scheduled, ...(prior ? await overtakeRequest(tx, prior, submission) : [])]
  const asked: Asked = { ...submission, waiting, findings, fast }
  const covered = waiting.every(({ variant, hash }) =>
    shown.some((each) => each.variant_id === variant.id && each.content_hash === hash),
  )
  // Where no lane applies, somebody let it go at that time; another time is another question. So is what was held since: whoever
  // may not release it asks again.
  const anew =
    prior?.state === 'granted' &&
    waiting.some(
      ({ lanes, variant }) => lanes.some(({ id }) => id === null) || (!submission.mayLetGo && variant.state === 'held'),
    )
  const request =
    prior && covered && !anew ? await continueRequest(tx, prior, asked) : await openRequest(tx, prior, asked)
  return [...scheduled, ...request]
}

async function plansOf(
  tx: Tx,
  submission: Submission,
  { prior, shown }: { prior: RequestRow | null; shown: RenditionRow[] },
) {
  const { found, variants, dueAt, mayLetGo } = submission
  const { post } = found
  const wordsOf = (variant: VariantRow) => variant.content ?? post.content
  const needs = await needsOf(tx, post.org_id, {
    ...{ campaignId: post.campaign_id, departmentId: post.department_id, dueAt },
    accounts: found.variants.length,
    variants: variants.map(({ variant }) => ({ accountId: variant.account_id, words: wordsOf(variant) })),
  })
  const fast = await fastLane(tx, needs.lanes, submission, prior)
  const plans = variants.map(({ variant, content: frozen }): Plan => {
    const words = wordsOf(variant)
    const content = shownContent(shown, variant, words) ?? frozen
    const lanes = lanesFor(needs.byAccount.get(variant.account_id) ?? [], { fast, mayLetGo })
    return { variant, words, content, hash: contentHash(content, variant.account_id), lanes }
  })
  return { plans, findings: needs.findings, fast }
}

/** What was shown for the same words stays exactly as it was shown. */
const shownContent = (shown: RenditionRow[], variant: VariantRow, words: Draft): Draft | undefined =>
  shown.find((each) => each.variant_id === variant.id && canonicalJson(each.words) === canonicalJson(words))?.content

/** The fast lane that was chosen now, or for the request that is still open. */
async function fastLane(
  tx: Tx,
  lanes: LaneRow[],
  { fastLaneId, by, found }: Submission,
  prior: RequestRow | null,
): Promise<LaneRow | null> {
  const orgId = found.post.org_id
  if (fastLaneId === undefined) {
    const used = prior ? (await stepsOf(tx, orgId, [prior.id])).find(({ kind }) => kind === 'fast') : undefined
    return lanes.find(({ id }) => id === used?.lane_id) ?? null
  }
  const lane = lanes.find(({ id }) => id === fastLaneId)
  if (lane?.kind !== 'fast' || !lane.fast) throw new Refusal('lane-not-found', { field: 'fastLaneId' })
  if (!idsOf(await peopleOf(tx, orgId), lane.fast.users).includes(by.memberId))
    throw new Refusal('fast-lane-not-yours', { status: 403, field: 'fastLaneId', params: { lane: lane.name } })
  return lane
}

async function letGo(tx: Tx, { variant, content }: Plan, submission: Submission): Promise<void> {
  const { dueAt, atOnce, again, now } = submission
  if (again && variant.state !== 'in-review') {
    if (variant.needs_approval) await setConsent(tx, variant.org_id, variant.id, { needed: false, hash: null })
    return
  }
  const freezing = { content, needsApproval: false }
  const next = again ? afterConsent({ dueAt, atOnce }, now) : ({ kind: 'scheduled', dueAt, wakeAt: dueAt } as const)
  if (next.kind === 'held') {
    const reason = { code: 'approved-too-late' }
    await moveVariant(tx, variant, { state: 'held', reason, dueAt, wakeAt: null }, now, freezing)
  } else {
    const { wakeAt } = next
    await moveVariant(tx, variant, { state: 'scheduled', reason: null, dueAt: next.dueAt, wakeAt }, now, freezing)
  }
}

const scheduledEvent = ({ found: { post }, dueAt, planned }: Submission, plans: Plan[]): NewEvent[] =>
  plans.length === 0
    ? []
    : [
        {
          verb: 'post.scheduled',
          subject: { kind: 'post', id: post.id },
          facts: { dueAt, ...planned, variantIds: plans.map(({ variant }) => variant.id) },
        },
      ]
