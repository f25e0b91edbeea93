// Where what could be had is lost: in what is chosen, in what finds a place, in what is done. Each beside the best of the same minutes.

import { bestItems, valuesOf } from './baselines.ts'
import type { Lived } from './live.ts'
import { worthOf } from './truth.ts'

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0)

/** Items of lines by week, as a share of what the same minutes could bring from a week on. */
function shareOf({ world, year }: Lived, items: readonly (readonly number[])[], from: number): number {
  const minutes = items.map((own) => sumOf(own.map((count, line) => count * world.lines[line]!.minutes)))
  const value = items.map((own, week) =>
    sumOf(own.map((count, line) => worthOf(year.first[line]![week]!, world.lines[line]!.decay, count))),
  )
  const best = valuesOf('knows the truth', { world, year, minutes })
  return sumOf(value.slice(from)) / sumOf(best.slice(from))
}

/** `for nothing`: share of the minutes that went into pieces which were never finished. */
export function lossesOf(lived: Lived, from: number): string {
  const { world, minutes, asked, placed, done } = lived
  const worked = sumOf(minutes.slice(from))
  const out = sumOf(done.slice(from).flatMap((own) => own.map((count, line) => count * world.lines[line]!.minutes)))
  const steps = Object.entries({ 'as the plan asks': asked, 'as it has a place': placed, 'as it is done': done })
  const shares = steps.map(([name, items]) => `${name} ${shareOf(lived, items, from).toFixed(2)}`)
  return `${shares.join(', ')}; for nothing ${(100 * Math.max(0, 1 - out / worked)).toFixed(1)} % of the minutes`
}

/** Line by line, items a week: asked for, with a place, done, and what the best would be. */
export function linesOf(lived: Lived, from: number): string[] {
  const { world, year, minutes, asked, placed, done } = lived
  const best = bestItems({ world, year, minutes }).map(({ counts }) => counts)
  const mean = (items: readonly (readonly number[])[], line: number) => {
    const some = items.slice(from)
    return (sumOf(some.map((own) => own[line]!)) / some.length).toFixed(2)
  }
  return world.lines.map(
    ({ channel, kind }, line) =>
      `${`${channel}, ${kind}`.padEnd(28)} asked ${mean(asked, line)} · placed ${mean(placed, line)} · done ${mean(done, line)} · best ${mean(best, line)}`,
  )
}
