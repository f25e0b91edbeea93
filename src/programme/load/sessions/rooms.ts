// Minutes that people have left week by week, taken by work that some of them may do: no minute is promised twice, whichever names overlap.

import { addDays } from '../../../lib/days.ts'
import { type Ledger, leftBelowCeiling, leftOfPlan, weekOf } from './ledger.ts'
import type { WorkItem } from './types.ts'
import { hair } from './work-items.ts'

export interface Rooms {
  /** In the week of these days that has most left; false: none has so much, however what was taken before is shared. */
  take(item: Pick<WorkItem, 'people' | 'minutes'>, first: string, last: string): boolean
}

export function roomsOf(ledger: Ledger): Rooms {
  const weeks = new Map<string, Week>()
  const weekIn = (monday: string): Week => {
    const known = weeks.get(monday) ?? { left: new Map(), taken: new Map() }
    weeks.set(monday, known)
    return known
  }
  const leftIn = ({ left }: Week, monday: string, id: string): number => {
    const known = left.get(id)
    if (known !== undefined) return known
    const own = ledger.get(id)
    const found = own ? Math.max(0, Math.min(leftOfPlan(own, monday), leftBelowCeiling(own, monday))) : 0
    left.set(id, found)
    return found
  }
  return {
    take({ people, minutes }, first, last) {
      const tries: { week: Week; room: number }[] = []
      for (let monday = weekOf(first)[0]!; monday <= last; monday = addDays(monday, 7)) {
        const week = weekIn(monday)
        // Whoever could be relieved has to be known too, so that their minutes are looked at.
        for (const id of people) leftIn(week, monday, id)
        tries.push({ week, room: reachOf(week, people).reduce((sum, id) => sum + week.left.get(id)!, 0) })
      }
      return tries
        .toSorted((a, b) => b.room - a.room)
        .some(({ week, room }) => room >= minutes - hair && takeIn(week, people, minutes))
    },
  }
}

interface Week {
  /** By person. */
  left: Map<string, number>
  /** By the people of the work, as one word: how much of it each of them gives. */
  taken: Map<string, Map<string, number>>
}

const teamOf = (people: readonly string[]): string => [...people].sort().join(' ')

/** Those whose minutes could serve these people: their own, and of those who could take work off them. */
function reachOf({ taken }: Week, people: readonly string[]): string[] {
  const reached = new Set(people)
  for (const id of reached)
    for (const [team, given] of taken)
      if ((given.get(id) ?? 0) > hair) for (const other of team.split(' ')) reached.add(other)
  return [...reached]
}

/** All of it or nothing. What was taken before goes to others who may do it, where that makes room (augmenting paths of a flow). */
function takeIn(week: Week, people: readonly string[], minutes: number): boolean {
  const team = teamOf(people)
  const before = {
    left: new Map(week.left),
    taken: new Map([...week.taken].map(([key, given]) => [key, new Map(given)])),
  }
  let wanted = minutes
  while (wanted > hair) {
    const path = pathFrom(week, people)
    if (!path) {
      week.left = before.left
      week.taken = before.taken
      return false
    }
    const most = Math.min(
      wanted,
      week.left.get(path.end)!,
      ...path.moves.map(({ from, team: of }) => week.taken.get(of)!.get(from)!),
    )
    for (const { from, to, team: of } of path.moves) {
      give(week, { team: of, id: from, minutes: -most })
      give(week, { team: of, id: to, minutes: most })
    }
    give(week, { team, id: path.first, minutes: most })
    week.left.set(path.end, week.left.get(path.end)! - most)
    wanted -= most
  }
  return true
}

function give({ taken }: Week, { team, id, minutes }: { team: string; id: string; minutes: number }): void {
  const given = taken.get(team) ?? new Map<string, number>()
  taken.set(team, given)
  given.set(id, (given.get(id) ?? 0) + minutes)
}

interface Path {
  /** Who gives minutes to the new work, and who has them left: the same person where nothing has to move. */
  first: string
  end: string
  moves: { from: string; to: string; team: string }[]
}

/** The shortest way to somebody who has anything left. */
function pathFrom({ left, taken }: Week, people: readonly string[]): Path | null {
  const paths = new Map<string, Path>(people.map((id) => [id, { first: id, end: id, moves: [] }]))
  for (const [id, path] of paths) {
    if ((left.get(id) ?? 0) > hair) return path
    for (const [team, given] of taken) {
      if ((given.get(id) ?? 0) <= hair) continue
      for (const to of team.split(' '))
        if (!paths.has(to))
          paths.set(to, { first: path.first, end: to, moves: [...path.moves, { from: id, to, team }] })
    }
  }
  return null
}
