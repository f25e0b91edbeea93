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
import { makeLane } from '../../src/publishing/approvals/lanes.ts'
import { renditionsOf } from '../../src/publishing/approvals/store.ts'
import { stepRule } from '../../src/publishing/approvals/types.ts'
import { memberVoter, voteOn } from '../../src/publishing/approvals/vote.ts'
import type { HoldServices } from '../../src/publishing/holds/begin-hold.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { createPost } from '../../src/publishing/write-post.ts'
import type { Services } from '../../src/services.ts'
import {
  aDraft,
  aMember,
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
  /** The first is asked where consent is needed, the second by another lane. */
  approvers: Caller[]
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
  const approvers = [await aMember(services.db, caller, 'approver'), await aMember(services.db, caller, 'approver')]
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
    ...{ caller, approvers, postId: post.id, accountIds, campaignId, departmentId, text },
    variantIds: post.variants.map(({ id }) => id),
  }
  if (run.needsConsent) await addLane(stage, scene, 0)
  await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
  if (run.consented) await consent(stage, scene)
  return scene
}

/** Everything that this organisation publishes needs the consent of one more person. */
export async function addLane({ services }: Stage, { caller, approvers }: Scene, approver: number): Promise<void> {
  const { memberId } = approvers[approver]!
  await makeLane(services as Services, caller, {
    ...{ name: `Lane ${newId()}`, kind: 'ordinary', fast: null, scopes: [{ scope: 'organisation', id: null }] },
    steps: [stepRule.parse({ approvers: [{ kind: 'member', id: memberId }] })],
  })
}

/** @throws Refusal where nobody is asked. */
export const openRequest = ({ services }: Stage, { caller, postId }: Scene): Promise<string> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const open = await tx
      .selectFrom('approval_requests')
      .select('id')
      .where('org_id', '=', caller.orgId)
      .where('post_id', '=', postId)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (!open) throw new Refusal('nothing-to-decide')
    return open.id
  })

/** Everybody who is asked agrees, one after the other. Answers to which words. */
export async function consent(stage: Stage, scene: Scene): Promise<string[]> {
  const id = await openRequest(stage, scene)
  const shown = await inOrg(stage.services.db, scene.caller.orgId, (tx) => renditionsOf(tx, scene.caller.orgId, [id]))
  const votes: unknown[] = []
  for (const approver of scene.approvers) {
    const vote = { id, vote: 'approve', reason: '' } as const
    await voteOn(stage.services, memberVoter(approver), vote).catch((error) => votes.push(error))
  }
  if (votes.length === scene.approvers.length) throw votes[0]
  return shown.flatMap(({ content }) => content.segments.map(({ text }) => text))
}

/** What is left of earlier runs must not be claimed by this one. */
export const clear = (db: Db) =>
  asSystem(db, (tx) => sql`update variants set wake_at = null, worker_id = null where wake_at is not null`.execute(tx))
