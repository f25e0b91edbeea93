// What every benchmark prints: the machine, a table, and whether each target is met; with --assert a missed one fails the run.

import { cpus, loadavg } from 'node:os'
import type { Summary } from './statistics.ts'

export type Row = (string | number)[]

export interface Target {
  what: string
  value: number
  /** `most`: met when the value is not above the limit. */
  most?: number
  least?: number
  unit?: string
}

/** Load belongs to the figures: on a busy machine only the ratios to a reference of the same run mean much. */
export function printMachine(more: Record<string, string> = {}): void {
  const facts = {
    processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    'load over the last minute': loadavg()[0]!.toFixed(2),
    node: process.version,
    ...more,
  }
  console.log(
    `\n${Object.entries(facts)
      .map(([name, value]) => `${name}: ${value}`)
      .join(' · ')}`,
  )
}

export function printTable(title: string, columns: string[], rows: Row[]): void {
  const cells = [columns, ...rows.map((row) => row.map(shown))]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const line = (row: string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')
  console.log(`\n${title}\n${line(cells[0]!)}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`)
  for (const row of cells.slice(1)) console.log(line(row))
}

/** Says what is met and what is missed. Exit code 1 only where `--assert` asks for it: a noisy machine is no defect. */
export function judge(targets: Target[]): void {
  const missed = targets.filter((target) => !isMet(target))
  console.log('')
  for (const target of targets) {
    const limit = target.most !== undefined ? `≤ ${target.most}` : `≥ ${target.least}`
    const unit = target.unit ? ` ${target.unit}` : ''
    console.log(
      `${isMet(target) ? 'met   ' : 'MISSED'}  ${target.what}: ${shown(target.value)}${unit} (target ${limit}${unit})`,
    )
  }
  if (missed.length > 0 && process.argv.includes('--assert')) process.exitCode = 1
}

const isMet = ({ value, most, least }: Target): boolean =>
  Number.isFinite(value) && (most === undefined || value <= most) && (least === undefined || value >= least)

export const shown = (value: string | number): string => {
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) return '–'
  return Math.abs(value) >= 100 ? Math.round(value).toString() : value.toFixed(2).replace(/\.?0+$/, '')
}

export const percentiles = ({ p50, p95, p99 }: Summary): Row => [p50, p95, p99]
