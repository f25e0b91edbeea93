// How far what is said carries: the authors of a window against those of the weeks before, so that one celebrity is not a crowd. Pure.

export interface Voice {
  id: string
  /** null: nobody is named. */
  authorId: string | null
  followers: number | null
  /** The mention that said it first; null: this one. */
  doubleOf: string | null
}

export interface Reach {
  /** Followers where networks tell them, else how often what they said was passed on. */
  unit: 'followers' | 'passed-on'
  authors: number
  now: number
  usual: number
  /** Nobody counted for more than this. */
  cap: number
}

/** With fewer mentions before, nothing is usual. */
const leastBefore = 20
/** Followers of so many authors have to be known; the others are taken for those in the middle. */
const leastKnown = 0.3
/** So many times the author in the middle is the most that anybody counts for. */
const mostTimes = 10
const leastCap = 1_000

/**
 * @param counted How many mentions the window had, of which `now` are some; `expected`: how many it usually has.
 * @returns null where nothing is usual yet, or nobody is named.
 */
export function reachOf(
  now: readonly Voice[],
  before: readonly Voice[],
  { counted, expected }: { counted: number; expected: number },
): Reach | null {
  const [authors, usually] = [authorsOf(now), authorsOf(before)]
  if (before.length < leastBefore || authors.length === 0 || usually.length === 0) return null
  const known = (some: Author[]) => some.flatMap(({ followers }) => followers ?? [])
  const byFollowers =
    known(authors).length >= leastKnown * authors.length && known(usually).length >= leastKnown * usually.length
  // The middle of the weeks before: were it that of the window, a crowd of large accounts would raise its own measure.
  const middle = byFollowers ? median(known(usually)) : 1
  const cap = byFollowers ? Math.max(leastCap, mostTimes * middle) : mostTimes
  const of = ({ followers, passedOn }: Author) => Math.min(cap, byFollowers ? (followers ?? middle) : passedOn)
  const mean = (some: Author[], mentions: number) => some.reduce((sum, author) => sum + of(author), 0) / mentions
  return {
    unit: byFollowers ? 'followers' : 'passed-on',
    authors: authors.length,
    now: mean(authors, now.length) * Math.max(counted, now.length),
    usual: mean(usually, before.length) * expected,
    cap,
  }
}

interface Author {
  followers: number | null
  /** 1, and one more for each other author who said it again. */
  passedOn: number
}

function authorsOf(voices: readonly Voice[]): Author[] {
  const writers = new Map(voices.map(({ id, authorId }) => [id, authorId]))
  const authors = new Map<string, Author>()
  for (const { authorId, followers } of voices) {
    if (authorId === null) continue
    const own = authors.get(authorId) ?? { followers: null, passedOn: 1 }
    if (followers !== null) own.followers = Math.max(own.followers ?? 0, followers)
    authors.set(authorId, own)
  }
  for (const { authorId, doubleOf } of voices) {
    const writer = doubleOf === null ? null : (writers.get(doubleOf) ?? null)
    if (writer !== null && writer !== authorId) authors.get(writer)!.passedOn += 1
  }
  return [...authors.values()]
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? 0 : sorted[Math.floor((sorted.length - 1) / 2)]!
}
