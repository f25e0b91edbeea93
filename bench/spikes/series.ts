// Reads the stored benchmark series: counts, labelled windows, and what three published detectors said about them.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Span } from './score.ts'

export interface Series {
  name: string
  /** Milliseconds since 1970; the stored times are taken as UTC. */
  times: number[]
  values: number[]
  windows: Span[]
}

/** Beside the checkout, and beside a worktree of it. */
export const spikeData = ['../shared/data/spikes', '../../shared/data/spikes']
  .map((path) => resolve(import.meta.dirname, '../..', path))
  .find(existsSync)

export function readSeries(folder: string): Series[] {
  const windows = JSON.parse(readFileSync(join(folder, 'combined_windows.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >
  return readdirSync(join(folder, 'realTweets'))
    .sort()
    .map((file) => {
      const rows = readRows(join(folder, 'realTweets', file))
      const times = rows.map(([at]) => timeOf(at!))
      return {
        name: file.replace(/^.*_|\.csv$/g, ''),
        times,
        values: rows.map(([, value]) => Number(value)),
        windows: (windows[`realTweets/${file}`] ?? []).map(([from, to]) => spanOf(times, timeOf(from), timeOf(to))),
      }
    })
}

/** What a published detector gave for each row of each series, in the order of `readSeries`. */
export function readScores(folder: string, detector: string): number[][] {
  const own = join(folder, 'detectors', detector)
  return readdirSync(own)
    .sort()
    .map((file) => readRows(join(own, file)).map(([, score]) => Number(score)))
}

/** The thresholds at which the published detectors alert, by profile. */
export function readThresholds(folder: string): Record<string, Record<string, { threshold: number }>> {
  return JSON.parse(readFileSync(join(folder, 'thresholds.json'), 'utf8'))
}

const readRows = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

const timeOf = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)

/** First and last row within the window. */
const spanOf = (times: number[], from: number, to: number): Span => ({
  first: times.findIndex((at) => at >= from),
  last: times.findLastIndex((at) => at <= to),
})
