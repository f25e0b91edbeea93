// Gives the items of a week to people of a group: whole items, within the minutes and skills of each. What fits nobody is left out, and what is left over is filled.

import { perMinute, valueOfItems } from './bounds.ts'
import { canDo, type Prepared } from './prepare.ts'
import type { PlanItem } from './types.ts'

/** What is left of each person's minutes in a week, and how many items of each line each does. */
export interface PackedWeek {
  week: number
  left: number[]
  /** By line, then by person. */
  given: Map<number, number>[]
}

export const emptyWeek = ({ lines, minutes }: Prepared, week: number): PackedWeek => ({
  week,
  left: minutes.map((own) => own[week]!),
  given: lines.map(() => new Map()),
})

export const countOf = ({ given }: PackedWeek, line: number): number => {
  let count = 0
  for (const each of given[line]!.values()) count += each
  return count
}

export const worthOf = ({ lines }: Prepared, weeks: readonly PackedWeek[]): number =>
  weeks.reduce(
    (sum, packed) => sum + lines.reduce((all, line, index) => all + valueOfItems(line, countOf(packed, index)), 0),
    0,
  )

export const itemsOf = ({ lines, people }: Prepared, weeks: readonly PackedWeek[]): PlanItem[] =>
  weeks.flatMap(({ week, given }) =>
    given.flatMap((own, line) =>
      [...own].map(([person, count]) => ({ week, line: lines[line]!.id, person: people[person]!.id, count })),
    ),
  )

/** Items of a line that a group should do in a week. */
export interface Wanted {
  line: number
  group: number
  count: number
}

/** Gives what is wanted, the large first; what fits nobody of its group is tried with everybody. Answers how many items of each line fitted nobody. */
export function packWeek(prepared: Prepared, packed: PackedWeek, wanted: readonly Wanted[]): Map<number, number> {
  const lost = new Map<number, number>()
  const order = wanted.toSorted((a, b) => prepared.lines[b.line]!.minutes - prepared.lines[a.line]!.minutes)
  const over: number[] = []
  for (const { line, group, count } of order)
    for (let item = 0; item < count; item++)
      if (!giveTo(prepared, packed, { line, people: prepared.groups[group]!.people })) over.push(line)
  for (const line of over) if (!give(prepared, packed, line)) lost.set(line, (lost.get(line) ?? 0) + 1)
  return lost
}

/** One more item of a line to whoever has room for it; if nobody has, room is made by handing something on. */
export function give(prepared: Prepared, packed: PackedWeek, line: number): boolean {
  const people = [...prepared.people.keys()]
  return giveTo(prepared, packed, { line, people }) || makeRoom(prepared, packed, line)
}

/** To whom least is left over: so room for large items stays whole. Among equals to whom can do the fewest lines. */
function giveTo(prepared: Prepared, packed: PackedWeek, given: { line: number; people: readonly number[] }): boolean {
  const { line } = given
  const { minutes } = prepared.lines[line]!
  let best = -1
  for (const person of given.people)
    if (
      packed.left[person]! >= minutes &&
      canDo(prepared, person, line, packed.week) &&
      (best < 0 || packed.left[person]! < packed.left[best]!)
    )
      best = person
  if (best < 0) return false
  addItems(prepared, packed, { line, person: best, count: 1 })
  return true
}

export function addItems(
  { lines }: Prepared,
  packed: PackedWeek,
  { line, person, count }: { line: number; person: number; count: number },
): void {
  const own = packed.given[line]!
  const now = (own.get(person) ?? 0) + count
  if (now === 0) own.delete(person)
  else own.set(person, now)
  packed.left[person]! -= count * lines[line]!.minutes
}

/** Somebody who could do it hands one item of another line to somebody else. */
function makeRoom(prepared: Prepared, packed: PackedWeek, line: number): boolean {
  const { minutes } = prepared.lines[line]!
  for (const person of prepared.people.keys()) {
    if (!canDo(prepared, person, line, packed.week)) continue
    const missing = minutes - packed.left[person]!
    for (const [other, { minutes: freed }] of prepared.lines.entries()) {
      if (freed < missing || !packed.given[other]!.has(person)) continue
      const taker = [...prepared.people.keys()].find(
        (each) => each !== person && packed.left[each]! >= freed && canDo(prepared, each, other, packed.week),
      )
      if (taker === undefined) continue
      addItems(prepared, packed, { line: other, person, count: -1 })
      addItems(prepared, packed, { line: other, person: taker, count: 1 })
      addItems(prepared, packed, { line, person, count: 1 })
      return true
    }
  }
  return false
}

/** Fills what is left by value per minute. `room`: how many more items of each line the review permits; it is used up. */
export function fillWeek(prepared: Prepared, packed: PackedWeek, room: number[]): void {
  const open = new Set(prepared.lines.keys())
  while (open.size > 0) {
    let [best, worth] = [-1, 0]
    for (const line of open) {
      const { most } = prepared.lines[line]!
      const count = countOf(packed, line)
      const next = perMinute(prepared.lines[line]!, count)
      if (count >= most || room[line]! <= 0) open.delete(line)
      else if (next > worth) [best, worth] = [line, next]
    }
    if (best < 0) return
    const people = [...prepared.people.keys()]
    if (giveTo(prepared, packed, { line: best, people })) room[best]!--
    else open.delete(best)
  }
}
