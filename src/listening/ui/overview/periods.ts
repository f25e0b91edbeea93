// Periods that the overview offers, and points on the time axis for each.

import type { client, Output } from '../../../kit/api.ts'

export type Unit = 'minute' | 'hour' | 'day'

export interface Period {
  key: string
  label: string
  /** What the period before is called. */
  before: string
  unit: Unit
  hours: number
}

export const periods: readonly Period[] = [
  { key: '24h', label: '24 hours', before: 'the 24 hours before', unit: 'hour', hours: 24 },
  { key: '7d', label: '7 days', before: 'the 7 days before', unit: 'day', hours: 168 },
  { key: '30d', label: '30 days', before: 'the 30 days before', unit: 'day', hours: 720 },
  { key: '90d', label: '90 days', before: 'the 90 days before', unit: 'day', hours: 2160 },
]

export const periodOf = (key: string | undefined): Period => periods.find((each) => each.key === key) ?? periods[1]!

const hourMs = 3_600_000

/** The period until the end of the running hour, so that its answer can be kept for a while. */
export function spanOf({ hours }: Period, now: Date): { from: string; to: string } {
  const to = Math.ceil(now.getTime() / hourMs) * hourMs
  return { from: new Date(to - hours * hourMs).toISOString(), to: new Date(to).toISOString() }
}

export interface Point {
  at: string
  total: number
}

type Answer = Output<typeof client.listeningOverview.series>

/** A topic with its own points, as charts draw them. */
export type Series = Omit<Answer['topics'][number], 'points'> & { points: Point[] }

/** The answer names each moment once for all topics: a year of many topics would be megabytes otherwise. */
export const unfold = ({ at, topics }: Answer): { topics: Series[] } => ({
  topics: topics.map((topic) => ({
    ...topic,
    points: at.map((moment, place) => ({ at: moment, total: topic.points.total[place]! })),
  })),
})

/** The beginnings of all units that occur in any of the series, or lie between them, in order. A unit without a point is zero: it was counted. */
export function axisOf(series: readonly (readonly Point[])[], unit: Unit): string[] {
  const known = new Set(series.flatMap((points) => points.map(({ at }) => at)))
  if (known.size === 0) return []
  const times = [...known].map((at) => new Date(at).getTime()).sort((a, b) => a - b)
  const step = unit === 'minute' ? 60_000 : unit === 'hour' ? hourMs : 24 * hourMs
  const axis: number[] = []
  for (const time of times) {
    let next = (axis.at(-1) ?? time - step) + step
    // Days of a clock change are an hour longer or shorter: what is nearly there is there.
    while (next < time - step / 2) {
      axis.push(next)
      next += step
    }
    axis.push(time)
  }
  return axis.map((time) => new Date(time).toISOString())
}

/** “+25 %”; null: there was nothing before, so there is no change to speak of. */
export function changeText(total: number, before: number): string | null {
  if (before === 0) return null
  const change = Math.round((100 * (total - before)) / before)
  return change > 0 ? `+${change} %` : change < 0 ? `−${-change} %` : 'unchanged'
}
