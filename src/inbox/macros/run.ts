// Running a macro on one conversation: each step is the verb that a person would use, with its own record; and the preview of it.

import { inOrg, lookEverywhere, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { filledReply, insertReply, readDraft } from '../answers/drafts.ts'
import { assignConversation, moveConversation, noteOnConversation, readConversation } from '../conversations/actions.ts'
import { departmentName, findConversation } from '../conversations/store.ts'
import type { ConversationShown } from '../conversations/views.ts'
import { findReply } from '../replies/store.ts'
import { markConversation } from '../routing/considered.ts'
import { planSteps, type StepPlan, withTags } from './rules.ts'
import { findMacro, type MacroRow } from './store.ts'
import type { Effect, MacroStep } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface On {
  id: string
  macroId: string
}

export const previewMacro = ({ db }: Pick<Services, 'db'>, caller: Caller, on: On) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const { plan } = await planned(tx, caller, on)
    return Promise.all(
      plan.map(async ({ step, effect, code }) => {
        const isDraft = step.kind === 'reply' && effect === 'does'
        return {
          step,
          effect,
          code,
          words: isDraft ? (await filledReply(tx, caller, on.id, step.replyId)).words : null,
        }
      }),
    )
  })

interface Ran {
  step: MacroStep
  effect: Effect | 'did'
  code: string | null
}

/** The first step that is refused ends it; what was done before stays done and is told. */
export async function runMacro(services: Deps, caller: Caller, { text, ...on }: On & { text: string }) {
  const { plan, macro } = await readInOrg(services.db, caller.orgId, (tx) => planned(tx, caller, on))
  const before = await readConversation(services, caller, { id: on.id })
  const ran: Ran[] = []
  let begun = text
  for (const { step, effect, code } of plan) {
    const isOver = ran.some((each) => each.effect === 'cannot')
    if (isOver) ran.push({ step, effect: 'cannot', code: 'step-before-failed' })
    else if (effect !== 'does') ran.push({ step, effect, code })
    else {
      const refused = await done(services, caller, { id: on.id, step, text: begun, name: macro.name })
      ran.push(refused ? { step, effect: 'cannot', code: refused } : { step, effect: 'did', code: null })
      if (step.kind === 'reply') begun = (await readDraft(services, caller, { id: on.id })).text
    }
  }
  const facts = {
    name: macro.name,
    macroId: macro.id,
    steps: ran.map(({ step, effect }) => ({ kind: step.kind, effect })),
  }
  await inOrg(services.db, caller.orgId, async (tx) => {
    // A step may have led it behind a wall that this person is not behind.
    await lookEverywhere(tx)
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'macro.run',
      subject: { kind: 'conversation', id: on.id },
      facts,
    })
  })
  return { conversation: await lastLook(services, caller, on.id, before), steps: ran }
}

/** As it stands now, or as it stood before where it went behind a wall. */
const lastLook = (services: Deps, caller: Caller, id: string, before: ConversationShown): Promise<ConversationShown> =>
  readConversation(services, caller, { id }).catch((error) => {
    if (error instanceof Refusal && error.status === 404) return before
    throw error
  })

async function planned(tx: Tx, caller: Caller, { id, macroId }: On): Promise<{ plan: StepPlan[]; macro: MacroRow }> {
  const { orgId, memberId } = caller
  const [conversation, macro] = [await findConversation(tx, orgId, id), await findMacro(tx, orgId, macroId)]
  if (!conversation) throw notFound('conversation')
  if (!macro) throw notFound('macro')
  if (macro.retired_at) throw new Refusal('macro-retired', { status: 409, field: 'macroId' })
  const { state, reason, owner_id: ownerId, department_id: departmentId, priority, tags } = conversation
  const [departments, replies] = [new Set<string>(), new Set<string>()]
  for (const step of macro.steps) {
    if (step.kind === 'department' && step.departmentId && (await departmentName(tx, orgId, step.departmentId)))
      departments.add(step.departmentId)
    if (step.kind === 'reply' && (await findReply(tx, orgId, step.replyId))?.retired_at === null)
      replies.add(step.replyId)
  }
  const members = new Set((await readActiveMembers(tx, orgId)).map((member) => member.id))
  const around = { me: memberId, members, departments, replies, mayAnswer: callerMay(caller, 'inbox.answer') }
  return { plan: planSteps(macro.steps, { state, reason, ownerId, departmentId, priority, tags }, around), macro }
}

/** Answers the code of a refusal; null: it is done. */
async function done(
  services: Deps,
  caller: Caller,
  given: { id: string; step: MacroStep; text: string; name: string },
): Promise<string | null> {
  try {
    await doStep(services, caller, given)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

async function doStep(
  services: Deps,
  caller: Caller,
  { id, step, text, name }: { id: string; step: MacroStep; text: string; name: string },
): Promise<void> {
  if (step.kind === 'owner')
    await assignConversation(services, caller, { id, ownerId: step.to === 'me' ? caller.memberId : step.to, note: '' })
  if (step.kind === 'department')
    await assignConversation(services, caller, { id, departmentId: step.departmentId, note: name })
  if (step.kind === 'priority') await markConversation(services, caller, { id, priority: step.priority })
  if (step.kind === 'tags')
    await markConversation(services, caller, { id, of: ({ tags }) => ({ tags: withTags(tags, step.tags) }) })
  if (step.kind === 'reply') await insertReply(services, caller, { id, replyId: step.replyId, text, at: text.length })
  if (step.kind === 'note') await noteOnConversation(services, caller, { id, note: step.note })
  if (step.kind === 'close')
    await moveConversation(services, caller, { id, to: 'closed', reason: step.reason, note: '' })
  if (step.kind === 'snooze') {
    const until = new Date(services.clock().getTime() + step.hours * 3_600_000).toISOString()
    await moveConversation(services, caller, { id, to: 'snoozed', until, note: '' })
  }
}
