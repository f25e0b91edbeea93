// Pure: what each step of a macro does to a conversation as it stands, with the steps before it done.

import type { Priority } from '../promises/types.ts'
import type { CloseReason, ConversationState } from '../types.ts'
import type { Effect, MacroStep } from './types.ts'

export interface Standing {
  state: ConversationState
  reason: CloseReason | null
  ownerId: string | null
  departmentId: string | null
  priority: Priority
  tags: readonly string[]
}

export interface Circumstances {
  me: string
  /** Who and what there is still. */
  members: ReadonlySet<string>
  departments: ReadonlySet<string>
  replies: ReadonlySet<string>
  mayAnswer: boolean
}

export interface StepPlan {
  step: MacroStep
  effect: Effect
  /** Why it cannot be done. */
  code: string | null
}

/** A step that cannot be done ends the plan: what comes after it was meant to follow. */
export function planSteps(steps: readonly MacroStep[], standing: Standing, around: Circumstances): StepPlan[] {
  let now = standing
  let isStopped = false
  return steps.map((step) => {
    if (isStopped) return { step, effect: 'cannot', code: 'step-before-failed' }
    const code = faultOf(step, around)
    if (code) {
      isStopped = true
      return { step, effect: 'cannot', code }
    }
    const next = after(step, now, around)
    const isSo = next === now
    now = next
    return { step, effect: isSo ? 'is-so' : 'does', code: null }
  })
}

function faultOf(step: MacroStep, { members, departments, replies, mayAnswer }: Circumstances): string | null {
  if (step.kind === 'owner' && step.to !== null && step.to !== 'me' && !members.has(step.to))
    return 'not-in-organisation'
  if (step.kind === 'department' && step.departmentId !== null && !departments.has(step.departmentId))
    return 'department-not-found'
  if (step.kind === 'reply' && !replies.has(step.replyId)) return 'reply-retired'
  return step.kind === 'reply' && !mayAnswer ? 'role-forbids' : null
}

/** The same object: nothing changes. */
function after(step: MacroStep, now: Standing, { me }: Circumstances): Standing {
  if (step.kind === 'owner') {
    const ownerId = step.to === 'me' ? me : step.to
    return ownerId === now.ownerId ? now : { ...now, ownerId }
  }
  if (step.kind === 'department')
    return step.departmentId === now.departmentId ? now : { ...now, departmentId: step.departmentId }
  if (step.kind === 'priority') return step.priority === now.priority ? now : { ...now, priority: step.priority }
  if (step.kind === 'tags') {
    const tags = withTags(now.tags, step.tags)
    return tags.length === now.tags.length ? now : { ...now, tags }
  }
  if (step.kind === 'close') return now.state === 'closed' ? now : { ...now, state: 'closed', reason: step.reason }
  if (step.kind === 'snooze') return { ...now, state: 'snoozed' }
  return { ...now }
}

export const withTags = (before: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...before, ...more]),
]

/** What contradicts itself: after it is closed or put off nothing else is done with its state. null: nothing. */
export function stepsFault(steps: readonly MacroStep[]): 'steps-contradict' | null {
  const count = (...kinds: MacroStep['kind'][]) => steps.filter(({ kind }) => kinds.includes(kind)).length
  const isTwice = [count('close', 'snooze'), count('owner'), count('department'), count('priority')].some((n) => n > 1)
  return isTwice ? 'steps-contradict' : null
}
