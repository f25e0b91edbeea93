// What may become of a person who was spotted, what it takes, how long it is kept, and what an objection leaves.

export const authorStates = [
  'spotted',
  'checked',
  'approach-decided',
  'in-contact',
  'advocate',
  'critic-followed',
  'do-not-contact',
] as const
export type AuthorState = (typeof authorStates)[number]

/** Every move that is allowed. Nobody jumps from being seen to being written to. */
export const moves: Record<AuthorState, readonly AuthorState[]> = {
  spotted: ['checked', 'do-not-contact'],
  checked: ['approach-decided', 'spotted', 'do-not-contact'],
  'approach-decided': ['in-contact', 'checked', 'do-not-contact'],
  'in-contact': ['advocate', 'critic-followed', 'approach-decided', 'do-not-contact'],
  advocate: ['in-contact', 'critic-followed', 'do-not-contact'],
  'critic-followed': ['in-contact', 'advocate', 'do-not-contact'],
  'do-not-contact': ['checked'],
}

/** What somebody states with a move. */
export interface MoveFacts {
  /** Three answers of a person: a human, about us, no risk in an approach. */
  real?: boolean
  relevant?: boolean
  safe?: boolean
  /** Where to approach, and who of us does so. */
  channel?: string | null
  approacherId?: string | null
  /** Why not to contact; `objection` binds for good, `theirs` lifts it: they wrote to us themselves. */
  reason?: 'objection' | 'ours' | 'theirs' | null
}

export type MoveRefusal =
  | 'move-not-allowed'
  | 'check-unanswered'
  | 'check-failed'
  | 'channel-missing'
  | 'approacher-missing'
  | 'reason-missing'
  | 'objection-stands'

/** null: allowed. `objected`: the person once objected. */
export function refuseMove(
  from: AuthorState,
  to: AuthorState,
  facts: MoveFacts,
  objected: boolean,
): MoveRefusal | null {
  if (!moves[from].includes(to)) return 'move-not-allowed'
  if (to === 'do-not-contact') return facts.reason === 'objection' || facts.reason === 'ours' ? null : 'reason-missing'
  if (from === 'do-not-contact' && objected && facts.reason !== 'theirs') return 'objection-stands'
  if (to === 'checked' && from !== 'approach-decided') return refuseCheck(facts)
  if (to === 'approach-decided') {
    if (!facts.channel) return 'channel-missing'
    if (!facts.approacherId) return 'approacher-missing'
  }
  return null
}

function refuseCheck({ real, relevant, safe }: MoveFacts): MoveRefusal | null {
  if (real === undefined || relevant === undefined || safe === undefined) return 'check-unanswered'
  return real && relevant && safe ? null : 'check-failed'
}

/** What people's public words are kept for; each purpose has its own end. */
export const purposes = ['answering', 'advocacy', 'research'] as const
export type Purpose = (typeof purposes)[number]

const dayMs = 86_400_000
/** Days after the last thing that the purpose rests on. */
const keptDays: Record<Purpose, number> = { answering: 90, advocacy: 365, research: 180 }
/** Nobody decided anything about them: not kept as long as those with whom one speaks. */
const undecidedDays = 90

export interface Kept {
  state: AuthorState
  purpose: Purpose
  lastSpokeAt: Date
  lastContactAt: Date | null
}

/** When what is stored of a person is deleted. null: a name on the list of those not to contact stays, with nothing else. */
export function expiresAt({ state, purpose, lastSpokeAt, lastContactAt }: Kept): Date | null {
  if (state === 'do-not-contact') return null
  const last = Math.max(lastSpokeAt.getTime(), lastContactAt?.getTime() ?? 0)
  const undecided = state === 'spotted' || state === 'checked'
  const days = undecided ? Math.min(undecidedDays, keptDays[purpose]) : keptDays[purpose]
  return new Date(last + days * dayMs)
}

export interface StoredAuthor {
  key: string
  network: string
  handle: string | null
  name: string | null
  note: string | null
  followers: number | null
}

/** After an objection only a key remains, by which the person is recognised and left alone; `hash` makes it one-way. */
export const afterObjection = (author: StoredAuthor, hash: (text: string) => string): StoredAuthor => ({
  key: hash(`${author.network}\n${author.key}`),
  network: author.network,
  handle: null,
  name: null,
  note: null,
  followers: null,
})
