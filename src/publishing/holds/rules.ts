// Pure decisions about holds: how posts that were missed follow each other instead of all going out in one second.

export interface MissedPost {
  id: string
  accountIds: string[]
  dueAt: Date
}

/**
 * Times for posts that were missed, in the order in which they were planned. Two posts of one account are `spacingMinutes` apart; a
 * post for several accounts waits for the one that is busy longest, so that it goes out everywhere at once.
 */
export function spacedTimes(
  posts: MissedPost[],
  { from, spacingMinutes }: { from: Date; spacingMinutes: number },
): Map<string, Date> {
  const free = new Map<string, number>()
  const inOrder = posts.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
  return new Map(
    inOrder.map(({ id, accountIds }) => {
      const at = Math.max(from.getTime(), ...accountIds.map((account) => free.get(account) ?? 0))
      for (const account of accountIds) free.set(account, at + spacingMinutes * 60_000)
      return [id, new Date(at)]
    }),
  )
}

const usualMinutes = 10
const oneDay = 24 * 60

/** Ten minutes, or less where the busiest account would need more than a day for all of its posts. */
export function suggestedSpacing(posts: Pick<MissedPost, 'accountIds'>[]): number {
  const counts = new Map<string, number>()
  for (const account of posts.flatMap(({ accountIds }) => accountIds))
    counts.set(account, (counts.get(account) ?? 0) + 1)
  const busiest = Math.max(0, ...counts.values())
  return busiest <= 1 ? 0 : Math.max(1, Math.min(usualMinutes, Math.floor(oneDay / busiest)))
}
