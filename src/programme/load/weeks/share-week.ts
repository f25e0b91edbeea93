// A team's week given to its people: evenly by the time each has, and nobody above their ceiling.

export interface Sharer {
  id: string
  /** How much of the work is theirs beside the others: hours they have for it, or 1 each. */
  weight: number
  /** The most they may have in this week, absences taken off; null: none is set. */
  most: number | null
}

export interface SharedWeek {
  minutes: Map<string, number>
  /** What nobody has room for: the plan is larger than the team. */
  left: number
}

/** Whoever is full leaves the rest to the others, by their weights, until all is given or all are full. */
export function shareWeek(minutes: number, people: readonly Sharer[]): SharedWeek {
  const given = new Map(people.map(({ id }) => [id, 0]))
  const roomOf = ({ id, most }: Sharer): number => (most ?? Number.POSITIVE_INFINITY) - given.get(id)!
  let left = Math.max(0, minutes)
  let open = people.filter((each) => each.weight > 0 && roomOf(each) > 0)
  while (left > 0 && open.length > 0) {
    const weights = open.reduce((sum, { weight }) => sum + weight, 0)
    // So much for each unit of weight, until the first of them is full.
    const level = Math.min(left / weights, ...open.map((each) => roomOf(each) / each.weight))
    const full = open.filter((each) => roomOf(each) / each.weight <= level)
    for (const each of open) {
      const isFull = full.includes(each) && each.most !== null
      given.set(each.id, isFull ? each.most! : given.get(each.id)! + level * each.weight)
    }
    left = full.length > 0 ? left - level * weights : 0
    open = open.filter((each) => !full.includes(each))
  }
  return { minutes: given, left: Math.max(0, left) }
}
