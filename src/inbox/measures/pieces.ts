// How a conversation stood from when until when: told backwards from how it stands now, by what was done with it and said in it. Pure.

/** What was done with it; `before` is what it was until then. Null: nobody, no department. */
export interface Turn {
  at: number
  kind: 'state' | 'owner' | 'department'
  before: string | null
}

export interface Word {
  at: number
  isOurs: boolean
}

/** Times are milliseconds. */
export interface ConversationFacts {
  accountId: string
  /** Since when we have it. */
  since: number
  now: Record<Turn['kind'], string | null>
  /** Somebody waited for an answer when the time that is looked at began. */
  wasWaiting: boolean
  /** In that time, in order; at one instant what they said stands before what we said. What is owed no answer is left out. */
  words: readonly Word[]
  /** From its beginning until now, in order. */
  turns: readonly Turn[]
}

/** A time in which it was not closed and nothing of it changed. */
export interface Piece {
  from: number
  /** Infinity: it stands so at the end of the time that is looked at. */
  to: number
  accountId: string
  departmentId: string | null
  ownerId: string | null
  /** Somebody waits for an answer. */
  isWaiting: boolean
  isPutOff: boolean
  /** Conversations of which all of this is true. */
  count: number
}

/** From `from` until and with `until`. */
export function piecesOf(facts: ConversationFacts, { from, until }: { from: number; until: number }): Piece[] {
  const begin = Math.max(from, facts.since)
  if (begin > until) return []
  const changes = [...facts.words, ...facts.turns].flatMap(({ at }) => (at > begin && at <= until ? [at] : []))
  const moments = [...new Set([begin, ...changes])].sort((a, b) => a - b)
  const stateAt = standing(facts, 'state')
  const ownerAt = standing(facts, 'owner')
  const departmentAt = standing(facts, 'department')
  const isWaitingAt = waiting(facts)
  return moments.flatMap((at, index) => {
    const [state, ownerId, departmentId] = [stateAt(at), ownerAt(at), departmentAt(at)]
    const isWaiting = isWaitingAt(at)
    if (state === 'closed') return []
    return [
      {
        ...{ from: at, to: moments[index + 1] ?? Number.POSITIVE_INFINITY, accountId: facts.accountId },
        ...{ departmentId, ownerId, isWaiting, isPutOff: state === 'snoozed', count: 1 },
      },
    ]
  })
}

/** Has to be asked in order of time: what it was is what the next change says it was before. */
function standing({ turns, now }: ConversationFacts, kind: Turn['kind']): (at: number) => string | null {
  const own = turns.filter((turn) => turn.kind === kind)
  let next = 0
  return (at) => {
    while (next < own.length && own[next]!.at <= at) next++
    return next < own.length ? own[next]!.before : now[kind]
  }
}

/** In order of time too: whoever spoke last decides. */
function waiting({ words, wasWaiting }: ConversationFacts): (at: number) => boolean {
  let next = 0
  return (at) => {
    while (next < words.length && words[next]!.at <= at) next++
    return next === 0 ? wasWaiting : !words[next - 1]!.isOurs
  }
}
