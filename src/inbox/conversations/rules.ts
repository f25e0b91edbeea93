// What may be done with a conversation in which state. Pure.

import type { CloseReason, ConversationState } from '../types.ts'

export type MoveFault = 'conversation-there-already' | 'reason-missing' | 'until-missing' | 'until-past'

export interface Move {
  to: ConversationState
  reason: CloseReason | null
  until: Date | null
}

/** null: it may be done. Putting off again moves the time. */
export function moveFault(from: ConversationState, { to, reason, until }: Move, now: Date): MoveFault | null {
  if (to === from && to !== 'snoozed') return 'conversation-there-already'
  if (to === 'closed' && reason === null) return 'reason-missing'
  if (to === 'snoozed' && until === null) return 'until-missing'
  if (to === 'snoozed' && until! <= now) return 'until-past'
  return null
}

/** Field of the input that each fault is about. */
export const faultField = {
  'conversation-there-already': 'to',
  'reason-missing': 'reason',
  'until-missing': 'until',
  'until-past': 'until',
} as const satisfies Record<MoveFault, string>
