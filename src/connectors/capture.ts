// What people bring by hand: rows of a table (a meetup, a shop, calls at the counter) read into what was said.

import { sha256Hex } from '../lib/hash.ts'
import { author, heard, heardId, heardLine, heardText, heardUrl } from './heard.ts'
import { type Heard, heardKinds } from './listen.ts'

export const captureColumns = [
  ...(['text', 'at', 'kind', 'title', 'author', 'handle', 'url', 'language', 'place', 'id'] as const),
] as const
export type CaptureColumn = (typeof captureColumns)[number]

/** What people call these columns. Compared in lower case. */
const names: Record<CaptureColumn, readonly string[]> = {
  text: ['text', 'words', 'what', 'comment', 'message', 'body', 'feedback', 'note', 'quote'],
  at: ['at', 'date', 'time', 'when', 'said at', 'date and time', 'timestamp'],
  kind: ['kind', 'type'],
  title: ['title', 'subject', 'heading'],
  author: ['author', 'name', 'who', 'person', 'from', 'customer'],
  handle: ['handle', 'account', 'user', 'user name', 'username'],
  url: ['url', 'link', 'address', 'web address'],
  language: ['language', 'lang'],
  place: ['place', 'where', 'location', 'city', 'shop', 'event'],
  id: ['id', 'number', 'reference'],
}

export type CaptureTrouble =
  | 'column-missing'
  | 'column-twice'
  | 'text-missing'
  | 'text-cut'
  | 'date-unreadable'
  | 'date-ambiguous'
  | 'date-in-future'
  | 'date-too-old'
  | 'kind-unknown'
  | 'url-invalid'
  | 'language-invalid'
  | 'id-invalid'
  | 'too-many-rows'

export interface CaptureProblem {
  /** Counted from 1, the header with it, as spreadsheets show it; null: the file as a whole. */
  line: number | null
  column: CaptureColumn | null
  code: CaptureTrouble
  /** A warning leaves the row in. */
  level: 'error' | 'warning'
}

export interface Captured {
  rows: { line: number; heard: Heard }[]
  problems: CaptureProblem[]
}

export interface CaptureReading {
  now: Date
  /** The moment of a wall time (`2026-11-20T14:30`) where these things were heard; null: the clock skipped it. */
  momentOf(wall: string): Date | null
}

export const mostCaptured = 10_000

/** `table` is header and rows as they stand in the file, empty rows with them. */
export function readCaptured(table: readonly (readonly string[])[], reading: CaptureReading): Captured {
  const problems: CaptureProblem[] = []
  const columns = columnsOf(table[0] ?? [], problems)
  if (problems.some(({ level }) => level === 'error')) return { rows: [], problems }
  const rows: Captured['rows'] = []
  for (const [index, cells] of table.slice(1, mostCaptured + 1).entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const line = index + 2
    const found = readRow(cells, columns, { ...reading, report: (problem) => problems.push({ line, ...problem }) })
    if (found) rows.push({ line, heard: found })
  }
  if (table.length > mostCaptured + 1) {
    problems.push({ line: null, column: null, code: 'too-many-rows', level: 'error' })
  }
  return { rows, problems }
}

type Columns = Map<CaptureColumn, number>

function columnsOf(header: readonly string[], problems: CaptureProblem[]): Columns {
  const columns: Columns = new Map()
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().toLowerCase().replaceAll('_', ' ')
    const column = captureColumns.find((each) => names[each].includes(name))
    if (column === undefined) continue
    if (columns.has(column)) problems.push({ line: 1, column, code: 'column-twice', level: 'error' })
    else columns.set(column, index)
  }
  if (!columns.has('text')) problems.push({ line: 1, column: 'text', code: 'column-missing', level: 'error' })
  return columns
}

interface RowReading extends CaptureReading {
  report(problem: Omit<CaptureProblem, 'line'>): void
}

function readRow(cells: readonly string[], columns: Columns, reading: RowReading): Heard | null {
  const cell = (column: CaptureColumn) => cells[columns.get(column) ?? -1]?.trim() ?? ''
  let sound = true
  const refuse = (column: CaptureColumn, code: CaptureTrouble): null => {
    reading.report({ column, code, level: 'error' })
    sound = false
    return null
  }
  const count = { cut: 0 }
  const text = heardText(cell('text'), count)
  if (text === '') refuse('text', 'text-missing')
  if (count.cut > 0) reading.report({ column: 'text', code: 'text-cut', level: 'warning' })
  const told = cell('at') === '' ? null : readMoment(cell('at'), reading)
  const at = typeof told === 'string' ? refuse('at', told) : notAfter(reading.now, told)
  const kind = cell('kind') === '' ? 'note' : heardKinds.find((each) => each === cell('kind').toLowerCase())
  if (kind === undefined) refuse('kind', 'kind-unknown')
  const url = cell('url') === '' ? null : (heardUrl(cell('url')) ?? refuse('url', 'url-invalid'))
  const languages =
    cell('language') === '' ? [] : [languageOf(cell('language')) ?? refuse('language', 'language-invalid')]
  const given = cell('id') === '' ? null : (heardId(cell('id')) ?? refuse('id', 'id-invalid'))
  if (!sound || at === null || kind === undefined) return null
  const [who, handle] = [heardLine(cell('author')), heardLine(cell('handle'))]
  return heard({
    // By what stands in the row, not by when it is read: tomorrow it is the same thing.
    // Numbers of lines begin anew in each file: a number alone tells nothing apart.
    id: rowId([
      ...(given ? [given] : []),
      told instanceof Date ? told.toISOString() : '',
      who ?? '',
      handle ?? '',
      text,
    ]),
    kind,
    at,
    title: heardLine(cell('title')),
    text,
    url,
    // Whoever is named is told apart by nothing but the name.
    author: (handle ?? who) ? author((handle ?? who)!, { handle, name: who }) : null,
    languages: languages.filter((each) => each !== null),
    place: heardLine(cell('place')),
  })
}

/** The same row of another file is the same thing: it is stored once. */
const rowId = (facts: string[]): string => `row:${sha256Hex(JSON.stringify(facts)).slice(0, 32)}`

function languageOf(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

// ── When ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const day = /^(\d{4})-(\d{1,2})-(\d{1,2})/
/** With points it is day, month, year wherever it is written so. */
const pointed = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})/
const clock = /^(?:[T ]\s*|,\s*)(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/
const zoned = /^[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})$/i

function readMoment(text: string, { now, momentOf }: CaptureReading): Date | CaptureTrouble {
  if (/^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b/.test(text)) return 'date-ambiguous'
  const [whole = '', ...parts] = day.exec(text) ?? []
  const [wholePointed = '', ...reversed] = pointed.exec(text) ?? []
  const [year = '', month = '', dayOfMonth = ''] = whole ? parts : reversed.toReversed()
  if (!year) return 'date-unreadable'
  const date = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
  // The 31st of February is none.
  const exists = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 10) !== date) return 'date-unreadable'
  const rest = text.slice((whole || wholePointed).length)
  const at = momentWith(date, rest, momentOf)
  if (at === null || Number.isNaN(at.getTime())) return 'date-unreadable'
  if (at.getTime() > now.getTime() + 86_400_000) return 'date-in-future'
  if (at.getTime() < Date.UTC(1990, 0, 1)) return 'date-too-old'
  return at
}

/** Today without a time is not later than now; without a day it is now. */
const notAfter = (now: Date, at: Date | null): Date => (at === null || at > now ? now : at)

function momentWith(date: string, rest: string, momentOf: CaptureReading['momentOf']): Date | null {
  if (rest.trim() === '') return momentOf(`${date}T12:00`)
  if (zoned.test(rest)) return new Date(`${date}T${rest.replace(/^[T ]\s*/, '').replace(/\s+/g, '')}`)
  const [, hour = '', minute = ''] = clock.exec(rest) ?? []
  return hour && Number(hour) < 24 && Number(minute) < 60
    ? momentOf(`${date}T${hour.padStart(2, '0')}:${minute}`)
    : null
}
