// One post as cells of a file, and cells back as text: what a spreadsheet would run as a formula is led by an apostrophe, which import takes off.

import type { ImportField } from './types.ts'

/** The columns of an export, in their order; docs/guide/moving-in.md describes them. */
export const exportColumns = [
  'date',
  'zone',
  'text',
  'title',
  'accounts',
  'state',
  'campaign',
  'department',
  'owner',
  'tags',
  'comment',
  'excerpt',
  'slug',
  'language',
  'initiator',
  'origin',
  'adaptedFor',
  'longrun',
] as const satisfies readonly ImportField[]

export type ExportRow = Record<(typeof exportColumns)[number], string>

/**
 * With these a spreadsheet begins a formula; the wide forms count in some languages, and a tab or a line end before one is skipped. A cell that
 * begins with apostrophes and then one of them is led too: so that taking one apostrophe off gives back exactly what was there.
 */
const runs = /^'*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/

export const guarded = (text: string): string => (runs.test(text) ? `'${text}` : text)

export const unguarded = (cell: string): string => (cell.startsWith("'") && runs.test(cell) ? cell.slice(1) : cell)

/** Every cell is quoted: a delimiter inside one begins no new cell, whichever a spreadsheet expects. */
export const lineOf = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${guarded(cell).replaceAll('"', '""')}"`).join(',')}\r\n`

/** The mark at the beginning tells spreadsheets that the text is UTF-8. */
export const headLine = `\ufeff${lineOf(exportColumns)}`

export const linesOf = (rows: ExportRow[]): string =>
  rows.map((row) => lineOf(exportColumns.map((column) => row[column]))).join('')

/** Names in one cell; one that holds the sign between them is told by its id instead. */
export const namesIn = (cell: string): string[] =>
  cell
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter(Boolean)

export const joined = (names: string[]): string => names.join('; ')
