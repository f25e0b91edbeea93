// When nothing fits: the smallest set of wishes that cannot be had together, each of which is needed for that, in words.
//
// QuickXplain (Junker 2004): halves the wishes again and again, so that few of many need few questions to the solver.

import { mayDo } from './bounds.ts'
import { steadyOf } from './greedy.ts'
import { buildModel } from './linear-model.ts'
import type { Tools } from './make-plan.ts'
import type { Prepared } from './prepare.ts'
import type { Conflict, Wish } from './types.ts'

/** Longest that one question may take. */
const askMs = 3000

export function findConflict(prepared: Prepared, tools: Pick<Tools, 'solve'>): Conflict {
  const scope = scopeOf(prepared, tools)
  if (!scope)
    return { wishes: [], words: 'No plan was found that gives everything promised to people with room for it.' }
  const wishes = smallestConflict(wishesIn(prepared, scope), (some) => fits(prepared, tools, { scope, wishes: some }))
  return { wishes, words: wordsOf(prepared, wishes) }
}

/** Needed: `all` does not fit, and nothing does. Every wish that is answered is needed for the conflict. */
export function smallestConflict<Item>(all: readonly Item[], fitsTogether: (some: Item[]) => boolean): Item[] {
  const search = (background: Item[], added: boolean, open: readonly Item[]): Item[] => {
    if (added && !fitsTogether(background)) return []
    if (open.length <= 1) return [...open]
    const half = Math.ceil(open.length / 2)
    const [first, second] = [open.slice(0, half), open.slice(half)]
    const inSecond = search([...background, ...first], first.length > 0, second)
    const inFirst = search([...background, ...inSecond], inSecond.length > 0, first)
    return [...inFirst, ...inSecond]
  }
  return search([], false, all)
}

interface Scope {
  /** What was before the first of them counts where it is the first of all. */
  periods: number[]
}

/** One review if it is enough, which is asked quickly; otherwise all from the first to the one in which it becomes impossible. */
function scopeOf(prepared: Prepared, tools: Pick<Tools, 'solve'>): Scope | null {
  const impossible = (scope: Scope) => !fits(prepared, tools, { scope, wishes: wishesIn(prepared, scope) })
  for (const period of prepared.periods.keys()) {
    const scope = { periods: [period] }
    if (impossible(scope)) return scope
  }
  for (const last of prepared.periods.keys()) {
    const scope = { periods: Array.from({ length: last + 1 }, (_, period) => period) }
    if (last > 0 && impossible(scope)) return scope
  }
  return null
}

/** A wish for what does not fall too far is one of each line and review. */
function wishesIn(prepared: Prepared, { periods }: Scope): Wish[] {
  const weeks = new Set(periods.flatMap((period) => prepared.periods[period]!))
  const first =
    periods[0] === 0
      ? steadyOf(
          prepared,
          0,
          prepared.lines.map(({ before }) => before),
        )
      : []
  const later = periods.slice(1).flatMap((period) =>
    prepared.lines.map(({ id }) => {
      const [from, to] = [prepared.periods[period]![0]!, prepared.periods[period]!.at(-1)!]
      return { id: `steady:${id}:${period}`, kind: 'steady' as const, line: id, least: 0, from, to }
    }),
  )
  return [...prepared.wishes.filter(({ from }) => weeks.has(from)), ...first, ...later]
}

function fits(
  prepared: Prepared,
  { solve }: Pick<Tools, 'solve'>,
  { scope, wishes }: { scope: Scope; wishes: readonly Wish[] },
): boolean {
  const steady = new Set(wishes.filter(({ kind }) => kind === 'steady').map(({ id }) => id))
  const model = buildModel(prepared, {
    ...{ periods: scope.periods, previous: 'asked', explored: [], extra: null, worthless: true },
    wishes: wishes.filter(({ kind }) => kind !== 'steady'),
    steady: (line, period) => steady.has(`steady:${prepared.lines[line]!.id}:${period}`),
  })
  return solve(model, { gap: 1, timeMs: askMs }).state !== 'infeasible'
}

// ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function wordsOf(prepared: Prepared, wishes: readonly Wish[]): string {
  const only = wishes.length === 1 ? wishes[0]! : null
  if (only) return wordsOfOne(prepared, only)
  const listed = wishes.map((wish) => sayWish(prepared, wish)).join('; ')
  const { needed, there } = minutesOf(prepared, wishes)
  const why =
    needed > there
      ? `Together they take ${said(needed)} minutes, and those who can do them have ${said(there)}.`
      : 'Those who can do them have enough minutes, but not in pieces that hold whole items.'
  return `These cannot be had together: ${listed}. ${why} Without any one of them the others fit.`
}

function wordsOfOne(prepared: Prepared, wish: Wish): string {
  const line = prepared.lines.find(({ id }) => id === wish.line)!
  const asked = sayWish(prepared, wish)
  const weeks = wish.to - wish.from + 1
  if (!prepared.people.some((person) => mayDo(person, line))) return `Nobody may do this or has the skill: ${asked}.`
  if (wish.least > line.most * weeks) return `No more than ${line.most} a week are allowed: ${asked}.`
  const { needed, there } = minutesOf(prepared, [wish])
  if (needed > there)
    return `There is too little time: ${asked} takes ${said(needed)} minutes, and there are ${said(there)}.`
  return `This cannot be had: ${asked}. It would grow faster than one review permits, or nobody has the time for a whole one in a week.`
}

const said = (minutes: number): string => String(Math.round(minutes))

const kinds = { promise: 'promised', minimum: 'at least', event: 'for an event', steady: 'steady' } as const

function sayWish({ lines }: Prepared, { line: id, kind, least, from, to }: Wish): string {
  const { name } = lines.find((line) => line.id === id)!
  const when = from === to ? `in week ${from + 1}` : `in weeks ${from + 1} to ${to + 1}`
  if (kind === 'steady') return `${name} not falling further than a review permits ${when}`
  return `${least} × ${name} ${when} (${kinds[kind]})`
}

/** Wishes of one line that overlap are fulfilled by the same items. */
function minutesOf(prepared: Prepared, wishes: readonly Wish[]): { needed: number; there: number } {
  const weeks = new Set(wishes.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const lines = prepared.lines.filter(({ id }) => wishes.some(({ line }) => line === id))
  const needed = lines.reduce((sum, { id, minutes }) => {
    const own = wishes.filter(({ line }) => line === id).toSorted((a, b) => a.to - b.to)
    const apart = own.every((wish, at) => at === 0 || wish.from > own[at - 1]!.to)
    const counts = own.map(({ least }) => least)
    return sum + minutes * (apart ? counts.reduce((all, each) => all + each, 0) : Math.max(...counts))
  }, 0)
  const able = prepared.people.flatMap((person, at) => (lines.some((line) => mayDo(person, line)) ? [at] : []))
  const there = able.reduce(
    (sum, person) => sum + [...weeks].reduce((all, week) => all + prepared.minutes[person]![week]!, 0),
    0,
  )
  return { needed, there }
}
