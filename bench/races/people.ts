// What people do to the post while delivery takes it: each word, when it was said, when the answer came, and what it was.

import { inOrg } from '../../src/db/tx.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import { reviewAllAgain } from '../../src/publishing/approvals/again.ts'
import { memberVoter, voteOn, withdrawRequest } from '../../src/publishing/approvals/vote.ts'
import { assignPost } from '../../src/publishing/belonging.ts'
import { beginHold } from '../../src/publishing/holds/begin-hold.ts'
import { endHold } from '../../src/publishing/holds/end-hold.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { cancelPost, holdPost, releasePost, removePost } from '../../src/publishing/stop-post.ts'
import { findPost } from '../../src/publishing/store.ts'
import { savePost } from '../../src/publishing/write-post.ts'
import type { HoldOf, Run, Step } from './plan.ts'
import type { Schedule } from './schedule.ts'
import { addLane, consent, draftOf, openRequest, type Scene, type Stage } from './stage.ts'

export interface Deed {
  step: Step
  /** Before anything of it was done. */
  said: number
  answered: number
  ok: boolean
  /** Variants to which it applied; of a hold, those it stopped are not told, only whom it could not. */
  variants: string[]
  /** Of a hold: which one, what it is of, and what was being written already. */
  hold?: { id: string; of: HoldOf; underWay: string[] }
  ended?: string
  /** Of an edit: its words, and the revision they became. Of consent: to which words. */
  text?: string
  texts?: string[]
  revision?: number
  /** Of a move: whether the post may go out at once. */
  now?: boolean
}

export interface Folk {
  stage: Stage
  scene: Scene
  run: Run
  schedule: Schedule
  deeds: Deed[]
  /** Holds that somebody has begun and nobody ended. */
  active: string[]
  edits: number
}

export async function takeStep(folk: Folk, step: Step): Promise<void> {
  const deed: Deed = { step, said: folk.schedule.tick(), answered: Number.POSITIVE_INFINITY, ok: false, variants: [] }
  folk.deeds.push(deed)
  try {
    Object.assign(deed, await acts[step](folk))
    deed.ok = true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  deed.answered = folk.schedule.tick()
}

type Act = (folk: Folk) => Promise<Partial<Deed>>

const touched = ({ variants }: { variants: { id: string; state: string }[] }, ...states: string[]) =>
  variants.filter(({ state }) => states.includes(state)).map(({ id }) => id)

const acts: Record<Step, Act> = {
  async edit({ stage, scene, run, ...folk }) {
    const { services } = stage
    const { caller, postId } = scene
    const found = await inOrg(services.db, caller.orgId, (tx) => findPost(tx, caller.orgId, postId))
    const text = `${scene.text.replace(/ v1$/, '')} v${found!.post.revision + 1}.${found!.post.revision}${folk.deeds.length}`
    const saved = await savePost(services, caller, {
      id: postId,
      revision: found!.post.revision,
      content: draftOf(text, run.parts),
    })
    return { text, revision: saved.revision, variants: touched(saved, 'draft') }
  },
  consent: async ({ stage, scene }) => ({ texts: await consent(stage, scene) }),
  async refuse({ stage, scene }) {
    await voteOn(stage.services, memberVoter(scene.approvers[0]!), {
      ...{ id: await openRequest(stage, scene), vote: 'reject', reason: 'Not like this' },
    })
    return {}
  },
  async 'withdraw-request'({ stage, scene }) {
    await withdrawRequest(stage.services, scene.caller, { id: await openRequest(stage, scene) })
    return {}
  },
  async 'another-lane'({ stage, scene, run }) {
    if (!run.needsConsent) throw new Refusal('no-lanes-here')
    await addLane(stage, scene, 1)
    await reviewAllAgain(stage.services, scene.caller.orgId)
    const { variants } = (await inOrg(stage.services.db, scene.caller.orgId, (tx) =>
      findPost(tx, scene.caller.orgId, scene.postId),
    ))!
    // Also what is held asks anew; what is on its way does not.
    return { variants: variants.flatMap((each) => (each.needs_approval && !each.approved_hash ? [each.id] : [])) }
  },
  hold: async ({ stage, scene }) => ({
    variants: touched(await holdPost(stage.services, scene.caller, { id: scene.postId, reason: 'Stop' }), 'held'),
  }),
  release: async ({ stage, scene }) => ({
    variants: touched(await releasePost(stage.services, scene.caller, { id: scene.postId }), 'scheduled'),
  }),
  async 'begin-hold'(folk) {
    const { stage, scene, run } = folk
    const ids = { campaign: scene.campaignId, account: scene.accountIds[0]!, department: scene.departmentId }
    const scopeId = run.holdOf === 'everything' || run.holdOf === 'campaigns' ? null : ids[run.holdOf]
    const { hold, underWay } = await beginHold(stage.services, scene.caller, {
      ...{ scope: run.holdOf, scopeId, reason: 'Storm', ends: null },
    })
    folk.active.push(hold.id)
    return { hold: { id: hold.id, of: run.holdOf, underWay: underWay.map(({ variantId }) => variantId) } }
  },
  async 'end-hold'(folk) {
    const id = folk.active.shift()
    if (!id) throw new Refusal('nothing-to-end')
    await endHold(folk.stage.services, folk.scene.caller, { id, missed: 'send', spacingMinutes: 0 })
    return { ended: id }
  },
  'move-ahead': ({ stage, scene }) => move(stage, scene, false),
  'move-now': ({ stage, scene }) => move(stage, scene, true),
  cancel: async ({ stage, scene }) => ({
    variants: touched(await cancelPost(stage.services, scene.caller, { id: scene.postId }), 'cancelled', 'published'),
  }),
  delete: async ({ stage, scene }) => {
    await removePost(stage.services, scene.caller, { id: scene.postId })
    return { variants: scene.variantIds }
  },
  assign: async ({ stage, scene }) => {
    await assignPost(stage.services, scene.caller, { id: scene.postId, campaignId: scene.campaignId })
    return {}
  },
}

async function move(stage: Stage, scene: Scene, now: boolean): Promise<Partial<Deed>> {
  const wall = new Date(stage.services.clock().getTime() + 3_600_000).toISOString().slice(0, 19)
  const when = now ? ({ kind: 'now' } as const) : ({ kind: 'at', wall, zone: 'UTC' } as const)
  const post = await schedulePost(stage.services, scene.caller, { id: scene.postId, when })
  return { now, variants: touched(post, 'scheduled', 'held') }
}
