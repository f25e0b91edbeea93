// The ground of the races: a database, the practice network that notes when each write arrives, and an organisation for each run.

import { sql } from 'kysely'
import { type FakeNetwork, startFakeNetwork } from '../../src/connectors/fake/server.ts'
import { type FaultServer, startFaultServer } from '../../src/connectors/testing/fault-server.ts'
import { closeAfter, closeBefore, rateLimited } from '../../src/connectors/testing/faults.ts'
import { asSystem, type Db, inOrg } from '../../src/db/tx.ts'
import { guardedFetch } from '../../src/lib/guarded-fetch.ts'
import { newId } from '../../src/lib/ids.ts'
import { createMailer } from '../../src/lib/mail.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import type { Caller } from '../../src/people/types.ts'
import { refreshPostStates } from '../../src/publishing/delivery/claim.ts'
import type { HoldServices } from '../../src/publishing/holds/begin-hold.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { lockPost, moveVariant } from '../../src/publishing/store.ts'
import { createPost } from '../../src/publishing/write-post.ts'
import {
  aDraft,
  anOrganisation,
  aPracticeAccount,
  type PracticeServices,
  practiceServices,
} from '../../test/world/practice.ts'
import type { Run } from './plan.ts'
import { actorNow, pass, type Schedule } from './schedule.ts'

/** A write as the network saw it come in. */
export interface Arrival {
  at: number
  text: string
  account: string
  /** When Longrun permitted it. */
  permitted: number
}

export interface Stage {
  services: PracticeServices & HoldServices
  network: FakeNetwork
  faults: FaultServer
  moved: { ms: number }
  /** Of the run in progress. */
  arrivals: Arrival[]
  schedule: Schedule | null
  stop(): Promise<void>
}

export async function setStage(db: Db): Promise<Stage> {
  const moved = { ms: 0 }
  const clock = () => new Date(Date.now() + moved.ms)
  const network = await startFakeNetwork({ now: clock, tokenLifetime: 400 * 86_400 })
  const faults = await startFaultServer(network.url)
  const inner = guardedFetch({ allowedPrivate: ['127.0.0.1'] })
  const fetch: PracticeServices['fetch'] = async (url, request = {}) => {
    await pass(`request ${request.method ?? 'GET'}`)
    const permitted = String(actorNow()?.permitted ?? 0)
    return inner(url, { ...request, headers: { ...request.headers, 'x-permitted': permitted } })
  }
  const services = {
    ...practiceServices(db, { clock, fetch }),
    publicUrl: 'http://localhost',
    mailer: createMailer({ smtpUrl: null, mailFrom: '' }),
    queue: { send: async () => {}, work: async () => {}, stop: async () => {} },
  }
  const stage: Stage = {
    ...{ services, network, faults, moved, arrivals: [], schedule: null },
    async stop() {
      await faults.stop()
      await network.stop()
    },
  }
  return stage
}

/** Every write is noted the moment it is read from the wire, before anything becomes of it. */
export function listen(stage: Stage, run: Run): void {
  stage.faults.reset()
  stage.arrivals = []
  const isWrite = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/api/posts'
  stage.faults.inject(closeBefore, {
    times: Number.POSITIVE_INFINITY,
    match(request) {
      if (isWrite(request))
        stage.arrivals.push({
          at: stage.schedule?.tick() ?? Number.POSITIVE_INFINITY,
          text: JSON.parse(request.body.toString()).text,
          account: String(request.headers.authorization),
          permitted: Number(request.headers['x-permitted']),
        })
      return false
    },
  })
  const kinds = { 'lost-before': closeBefore, 'lost-after': closeAfter, rest: rateLimited(1) }
  for (const fault of run.faults) stage.faults.inject(kinds[fault], { match: isWrite })
}

export interface Scene {
  caller: Caller
  postId: string
  variantIds: string[]
  accountIds: string[]
  campaignId: string
  departmentId: string
  /** What its first words are; every edit makes others. */
  text: string
}

export const partText = (text: string, part: number): string => `${text} part ${part}`

export const draftOf = (text: string, parts: number) =>
  aDraft(partText(text, 0), {
    segments: Array.from({ length: parts }, (_, part) => ({ text: partText(text, part), media: [] })),
  })

/** A post that is due now, in an organisation of its own. */
export async function setScene(stage: Stage, run: Run): Promise<Scene> {
  const { services } = stage
  const caller = await anOrganisation(services.db, `Race ${run.index}`)
  const accountIds: string[] = []
  for (let each = 0; each < run.accounts; each++)
    accountIds.push(await aPracticeAccount(services, caller, stage.network, stage.faults.url))
  const [campaignId, departmentId] = [newId(), newId()]
  await inOrg(services.db, caller.orgId, async (tx) => {
    await sql`insert into departments (org_id, id, name) values (${caller.orgId}, ${departmentId}, 'Marketing')`.execute(
      tx,
    )
    await sql`insert into campaigns (org_id, id, name, kind, begins_on, ends_on, time_zone, owner_id, created_by)
      values (${caller.orgId}, ${campaignId}, 'Sale', 'promotion', '2026-01-01', '2030-01-01', 'UTC', ${caller.memberId}, ${caller.memberId})`.execute(
      tx,
    )
  })
  const text = `race ${run.index} ${newId()} v1`
  const post = await createPost(services, caller, {
    content: draftOf(text, run.parts),
    variants: accountIds.map((accountId) => ({ accountId, content: null })),
    belonging: { departmentId, ...(run.inCampaign ? { campaignId } : {}) },
  })
  const scene = {
    ...{ caller, postId: post.id, accountIds, campaignId, departmentId, text },
    variantIds: post.variants.map(({ id }) => id),
  }
  await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
  if (run.needsConsent) await askForConsent(stage, scene)
  if (run.consented) await consent(stage, scene, true)
  return scene
}

const askForConsent = (stage: Stage, { caller, postId }: Scene) =>
  inOrg(stage.services.db, caller.orgId, async (tx) => {
    const { variants } = (await lockPost(tx, caller.orgId, postId))!
    for (const variant of variants)
      await moveVariant(
        tx,
        variant,
        { state: 'scheduled', reason: null, dueAt: variant.due_at, wakeAt: variant.wake_at },
        stage.services.clock(),
        { content: variant.frozen!, needsApproval: true },
      )
  })

/** Gives consent to exactly what is frozen now, or takes it back: the post's rows first, as every verb. Answers to which content. */
export const consent = (stage: Stage, { caller, postId }: Scene, given: boolean): Promise<string[]> =>
  inOrg(stage.services.db, caller.orgId, async (tx) => {
    const { variants } = (await lockPost(tx, caller.orgId, postId))!
    const waiting = variants.filter(({ state }) => decidable.includes(state))
    if (waiting.length === 0) throw new Refusal('nothing-to-decide')
    for (const { id, state, due_at, content_hash } of waiting)
      await tx
        .updateTable('variants')
        .set({
          approved_hash: given ? content_hash : null,
          ...(given && state === 'in-review' ? { state: 'scheduled', wake_at: due_at, reason: null } : {}),
        })
        .where('org_id', '=', caller.orgId)
        .where('id', '=', id)
        .execute()
    await refreshPostStates(tx, [[caller.orgId, postId]])
    return waiting.flatMap(({ frozen }) => frozen?.segments[0]?.text ?? [])
  })

const decidable = ['in-review', 'scheduled', 'sending', 'held', 'parked']

/** What is left of earlier runs must not be claimed by this one. */
export const clear = (db: Db) =>
  asSystem(db, (tx) => sql`update variants set wake_at = null, worker_id = null where wake_at is not null`.execute(tx))
