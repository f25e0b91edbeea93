// Whether a conversation may be handed to another department, or is being played back and forth.

export interface HandOver {
  from: string
  to: string
  at: Date
}

export interface HandOverFacts {
  /** Of this conversation, in order. */
  past: readonly HandOver[]
  /** The last time that something came to the customer or from them: after it, things are new. */
  lastWordAt: Date | null
}

export type HandOverFault = { code: 'same-department' | 'ping-pong'; params: { times: number } }

/**
 * A department may hand on, and get back with an answer. To hand it on the same way again, before the customer heard or said anything,
 * is ping-pong: a person above both has to decide. null: it may.
 */
export function handOverFault({ from, to }: Pick<HandOver, 'from' | 'to'>, facts: HandOverFacts): HandOverFault | null {
  if (from === to) return { code: 'same-department', params: { times: 0 } }
  const recent = facts.past.filter(({ at }) => facts.lastWordAt === null || at > facts.lastWordAt)
  const same = recent.filter((each) => each.from === from && each.to === to).length
  return same > 0 ? { code: 'ping-pong', params: { times: same } } : null
}

/** Rules never route to a department that has handed it on: a person there has said that it is not theirs. */
export const hasDeclined = (departmentId: string, { past, lastWordAt }: HandOverFacts): boolean =>
  past.some(({ from, at }) => from === departmentId && (lastWordAt === null || at > lastWordAt))
