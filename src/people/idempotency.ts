// Answers a repeated write with its first answer instead of doing it again.

import { ORPCError, os } from '@orpc/server'
import { asSystem, type Db, inOrg, type Tx } from '../db/tx.ts'
import { hashJson, sha256Hex } from '../lib/hash.ts'
import { Refusal } from '../lib/refusal.ts'
import type { RouteMeta } from '../lib/route.ts'
import type { Services } from '../services.ts'
import { refusalAnswer } from './answer-errors.ts'
import type { RouteContext } from './serve.ts'

export const idempotencyHeader = 'idempotency-key'

/** After this long without an answer the first request counts as crashed. */
const abandonedAfterMs = 60_000
export const keptForMs = 24 * 3_600_000

/** The first answer, as it is kept: what the handler returned, or the refusal it threw. */
type Answer = { output: unknown } | { refusal: { code: string; status: number; message: string; data: unknown } }

interface Claim {
  orgId: string | null
  actorId: string
  key: string
  requestHash: string
  at: Date
}

export const answerOnce = os
  .$context<RouteContext>()
  .middleware(async ({ context, procedure, next }, input, output) => {
    const { verb } = procedure['~orpc'].meta as unknown as RouteMeta
    const key = context.request.headers.get(idempotencyHeader)
    // Public writes know no actor whose key it could be; each of them can succeed only once by its nature.
    if (key === null || context.request.method === 'GET' || verb === 'public') return next()
    const claim = await claimOf(context, verb, key, input)
    const kept = await takeKey(context.services, claim)
    if (kept) {
      context.resHeaders?.set('idempotency-replayed', 'true')
      if ('output' in kept) return output(kept.output)
      throw new ORPCError(kept.refusal.code, kept.refusal)
    }
    try {
      const result = await next()
      await keepAnswer(context.services, claim, procedure['~orpc'].route.successStatus ?? 200, {
        output: result.output,
      })
      return result
    } catch (error) {
      await keepRefusal(context.services, claim, error)
      throw error
    }
  })

async function claimOf(
  { caller, person, request, services }: RouteContext,
  verb: string,
  key: string,
  input: unknown,
): Promise<Claim> {
  if (key.length < 1 || key.length > 200)
    throw new Refusal('idempotency-key-unusable', { status: 400, field: 'Idempotency-Key' })
  const who =
    verb === 'signed-in' ? { orgId: null, actorId: person.userId } : { orgId: caller.orgId, actorId: caller.actor.id! }
  return {
    ...who,
    key,
    requestHash: hashJson([request.method, request.path, await withoutFiles(input)]),
    at: services.clock(),
  }
}

/** Files count by their content. */
async function withoutFiles(input: unknown): Promise<unknown> {
  if (input instanceof Blob)
    return {
      bytes: sha256Hex(new Uint8Array(await input.arrayBuffer())),
      type: input.type,
      name: input instanceof File ? input.name : '',
    }
  if (Array.isArray(input)) return Promise.all(input.map(withoutFiles))
  if (input === null || typeof input !== 'object') return input
  return Object.fromEntries(
    await Promise.all(Object.entries(input).map(async ([name, value]) => [name, await withoutFiles(value)])),
  )
}

const within = <T>(db: Db, claim: Claim, work: (tx: Tx) => Promise<T>): Promise<T> =>
  claim.orgId ? inOrg(db, claim.orgId, work) : asSystem(db, work)

/** The kept answer, or null when the key is ours now. @throws Refusal when another request has it. */
function takeKey({ db, sealer }: Services, claim: Claim): Promise<Answer | null> {
  return within(db, claim, async (tx) => {
    const fresh = await tx
      .insertInto('idempotency_keys')
      .values({
        org_id: claim.orgId,
        actor_id: claim.actorId,
        key: claim.key,
        request_hash: claim.requestHash,
        claimed_at: claim.at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (fresh) return null
    const found = await rowOf(tx, claim)
      .select(['request_hash', 'claimed_at', 'answer_sealed'])
      .forUpdate()
      .executeTakeFirst()
    // Let go between the two statements: its request failed, and ours may well be tried again.
    if (!found) throw new Refusal('idempotency-key-in-use', { status: 409, field: 'Idempotency-Key' })
    const expired =
      claim.at.getTime() - found.claimed_at.getTime() > (found.answer_sealed ? keptForMs : abandonedAfterMs)
    if (!expired && found.request_hash !== claim.requestHash)
      throw new Refusal('idempotency-key-reused', { status: 409, field: 'Idempotency-Key' })
    if (!expired && found.answer_sealed)
      return JSON.parse(sealer.open(found.answer_sealed, answerPurpose(claim))) as Answer
    if (!expired) throw new Refusal('idempotency-key-in-use', { status: 409, field: 'Idempotency-Key' })
    if (!found.answer_sealed && found.request_hash !== claim.requestHash)
      throw new Refusal('idempotency-key-reused', { status: 409, field: 'Idempotency-Key' })
    await ownRow(tx, { ...claim, at: found.claimed_at })
      .set({ claimed_at: claim.at, request_hash: claim.requestHash, status: null, answer_sealed: null })
      .execute()
    return null
  })
}

export const answerPurpose = ({ orgId, actorId, key }: Pick<Claim, 'orgId' | 'actorId' | 'key'>): string =>
  `idempotency:${orgId ?? ''}:${actorId}:${key}`

const rowOf = (tx: Tx, { orgId, actorId, key }: Claim) =>
  tx
    .selectFrom('idempotency_keys')
    .where('org_id', 'is not distinct from', orgId)
    .where('actor_id', '=', actorId)
    .where('key', '=', key)

/** The row while it is still this request's: nobody has taken it over since. */
const ownRow = (tx: Tx, { orgId, actorId, key, at }: Claim) =>
  tx
    .updateTable('idempotency_keys')
    .where('org_id', 'is not distinct from', orgId)
    .where('actor_id', '=', actorId)
    .where('key', '=', key)
    .where('claimed_at', '=', at)

function keepAnswer({ db, sealer }: Services, claim: Claim, status: number, answer: Answer): Promise<unknown> {
  const sealed = sealer.seal(JSON.stringify(answer), answerPurpose(claim))
  return within(db, claim, (tx) => ownRow(tx, claim).set({ status, answer_sealed: sealed }).execute())
}

/** Refusals are answers too, except those that another sign-in or another minute would change. */
async function keepRefusal(services: Services, claim: Claim, error: unknown): Promise<void> {
  const answer = error instanceof Refusal ? refusalAnswer(error) : error instanceof ORPCError ? error : null
  if (
    answer &&
    answer.status >= 400 &&
    answer.status < 500 &&
    ![401, 403, 429].includes(answer.status) &&
    !(answer.cause instanceof Error)
  ) {
    const { code, status, message, data } = answer
    await keepAnswer(services, claim, status, { refusal: { code, status, message, data } })
    return
  }
  await within(services.db, claim, (tx) =>
    tx
      .deleteFrom('idempotency_keys')
      .where('org_id', 'is not distinct from', claim.orgId)
      .where('actor_id', '=', claim.actorId)
      .where('key', '=', claim.key)
      .where('claimed_at', '=', claim.at)
      .execute(),
  )
}
