// Tells from bytes what text they are, and from text how its cells are separated. Never trusts a file's name.

import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { Refusal } from '../../lib/refusal.ts'
import { mostColumns, mostRows } from './types.ts'

export interface DecodedFile {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

/** @throws Refusal for archives, for what is no text, and for nothing at all. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  if (bytes.length === 0) throw new Refusal('import.empty', { field: 'file' })
  // Spreadsheets of today are archives; people name them .csv and wonder.
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) throw new Refusal('import.archive', { field: 'file' })
  const encoding = encodingOf(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0') || isMostlyControl(text)) throw new Refusal('import.binary', { field: 'file' })
  if (text.trim() === '') throw new Refusal('import.empty', { field: 'file' })
  return { text, encoding }
}

/** One odd sign in a post is somebody's slip; many are no text at all. */
function isMostlyControl(text: string): boolean {
  const head = text.slice(0, 4000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return (head.match(/[\x01-\x08\x0e-\x1f\x7f]/g)?.length ?? 0) > head.length / 50
}

function encodingOf(bytes: Uint8Array): DecodedFile['encoding'] {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be'
  const head = bytes.subarray(0, 2000)
  // Without a mark at the beginning: in UTF-16 of mostly Latin text every second byte is zero.
  const zeros = [0, 1].map((parity) => head.filter((byte, at) => byte === 0 && at % 2 === parity).length)
  if (zeros[1]! > head.length / 4 && zeros[0] === 0) return 'utf-16le'
  if (zeros[0]! > head.length / 4 && zeros[1] === 0) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

const startsWith = (bytes: Uint8Array, begin: number[]): boolean => begin.every((byte, at) => bytes[at] === byte)

export const delimiters = [',', ';', '\t', '|'] as const

/** The one by which most of the first rows have the same number of cells, more than one; a comma where none does. */
export function delimiterOf(text: string): string {
  const scored = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }))
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}

function scoreOf(text: string, delimiter: string): number {
  let rows: string[][]
  try {
    rows = parse(text, { ...leniently, delimiter, to: 30 })
  } catch {
    return 0
  }
  const widths = rows.filter((row) => row.length > 1 || row[0] !== '').map((row) => row.length)
  const usual = widths[0] ?? 0
  if (usual < 2) return 0
  const alike = widths.filter((width) => width === usual).length / widths.length
  return alike * 100 + Math.min(usual, 20)
}

const leniently = { relax_column_count: true, relax_quotes: true, bom: true } as const

/** All rows as they stand, empty ones with them: people find a row by its number. */
export function rowsOf(text: string, delimiter: string, most = mostRows): string[][] {
  let rows: string[][]
  try {
    rows = parse(text, { ...leniently, delimiter, to: most + 2, max_record_size: 4_000_000 })
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number }
    if (!code?.startsWith('CSV_')) throw error
    throw new Refusal(code === 'CSV_QUOTE_NOT_CLOSED' ? 'import.quote-open' : 'import.unreadable', {
      field: 'file',
      params: { line: lines ?? 0 },
    })
  }
  // The last line end is none of a row.
  while (rows.length > 0 && isBlank(rows.at(-1)!)) rows.pop()
  if (rows.some((row) => row.length > mostColumns))
    throw new Refusal('import.too-many-columns', { field: 'file', params: { most: mostColumns } })
  return rows
}

export const isBlank = (row: string[]): boolean => row.every((cell) => cell.trim() === '')
