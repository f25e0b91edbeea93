// Prints what several simulated worlds showed, one by one and together, with the range that their number of crises leaves.

import { wilsonInterval } from '../../src/lib/stats/proportion.ts'
import { printTable, type Row } from '../report.ts'
import type { TopicYear } from './year.ts'

export interface World {
  seed: number
  years: readonly TopicYear[]
}

export interface Pooled {
  /** Share of the crises that were found within ten minutes. */
  quick: number
  /** The least of a single world. */
  leastQuick: number
  /** The most of a single world, for a topic in a month. */
  mostFalse: number
}

const months = 12

/** @param title What the worlds are: tuned on, or held out. */
export function printSeeds(title: string, worlds: readonly World[]): Pooled {
  const each = worlds.map(({ seed, years }) => ({ name: String(seed), ...figuresOf(years) }))
  const all = figuresOf(worlds.flatMap(({ years }) => years))
  printTable(
    title,
    ['seed', 'topics', 'crises', 'in 10 min', '%', '95 % range', 'false a month'],
    [...each, { name: 'together', ...all }].map(rowOf),
  )
  for (const { seed, years } of worlds) printMissed(seed, years)
  return {
    quick: all.share,
    leastQuick: Math.min(...each.map(({ share }) => share)),
    mostFalse: Math.max(...each.map((world) => world.false)),
  }
}

function figuresOf(years: readonly TopicYear[]) {
  const heard = years.flatMap(({ found }) => found).filter((found) => found.heard)
  const quick = heard.filter(({ lag }) => lag !== null && lag <= 10).length
  const falseAlerts = years.reduce((sum, year) => sum + year.falseAlerts.length, 0)
  return {
    topics: years.length,
    crises: heard.length,
    quick,
    ...wilsonInterval(quick, heard.length),
    false: falseAlerts / years.length / months,
  }
}

const percent = (share: number): string => (100 * share).toFixed(1)

const rowOf = ({ name, ...own }: ReturnType<typeof figuresOf> & { name: string }): Row => [
  name,
  own.topics,
  own.crises,
  own.quick,
  percent(own.share),
  `${percent(own.low)} to ${percent(own.high)}`,
  own.false.toFixed(3),
]

/** Which ones came too late, so that whoever reads can see whether anybody could have seen them. */
function printMissed(seed: number, years: readonly TopicYear[]): void {
  for (const { topic, found } of years) {
    for (const { crisis, lag, heard } of found) {
      if (!heard || (lag !== null && lag <= 10)) continue
      console.log(
        `  seed ${seed}, ${topic.name} (${topic.hourly.toFixed(1)} an hour): ${crisis.shape} of ${crisis.size.toFixed(1)} times the usual, ` +
          `${crisis.peak.toFixed(1)} a minute at its height, ${lag === null ? 'never told' : `told after ${lag} minutes`}`,
      )
    }
  }
}
