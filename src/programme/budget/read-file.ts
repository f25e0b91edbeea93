// Pure: reads a table of spending, or says in which line and column it fails and why.

import { amountFrom } from '../../kit/money.ts'
import { type DayOrder, dayOrderOf, readDay } from '../../publishing/imports/when.ts'
import { kinds, type SpendFacts, spendFacts } from './types.ts'

export interface Problem {
  /** As a spreadsheet counts, the headings being line 1. */
  line: number
  field: string
  code: string
  level: 'error' | 'warning'
}

export interface ReadSpend {
  rows: { line: number; facts: SpendFacts }[]
  problems: Problem[]
  /** Lines that are not empty. */
  count: number
}

const fields = ['date', 'amount', 'what', 'kind', 'channel', 'campaign', 'reference', 'currency'] as const
type Field = (typeof fields)[number]

/** What people call their columns. */
const names: Record<Field, readonly string[]> = {
  date: ['date', 'day', 'datum', 'booking date', 'invoice date'],
  amount: ['amount', 'cost', 'spend', 'sum', 'total', 'betrag', 'net amount'],
  what: ['what', 'description', 'text', 'name', 'purpose', 'item'],
  kind: ['kind', 'type', 'category'],
  channel: ['channel', 'network', 'platform'],
  campaign: ['campaign', 'campaign name'],
  reference: ['reference', 'invoice', 'invoice number', 'number', 'id'],
  currency: ['currency'],
}

interface Ground {
  currency: string
  /** Ids by their names in small letters; several where a name is not unique. */
  campaigns: ReadonlyMap<string, readonly string[]>
  today: string
}

export function readSpend(table: readonly string[][], { currency, campaigns, today }: Ground): ReadSpend {
  const [head = [], ...lines] = table
  const place = (field: Field) => head.findIndex((title) => names[field].includes(title.trim().toLowerCase()))
  const missing = (['date', 'amount', 'what'] as const).filter((field) => place(field) < 0)
  if (missing.length > 0)
    return { rows: [], count: 0, problems: missing.map((field) => problem(1, field, 'column-missing')) }
  const dates = lines.map((cells) => cells[place('date')] ?? '')
  const { order, sure } = dayOrderOf(dates)
  const found: ReadSpend = { rows: [], count: 0, problems: [] }
  if (!sure) found.problems.push({ ...problem(1, 'date', 'days-unsure'), level: 'warning' })
  const seen = new Set<string>()
  for (const [index, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    found.count++
    const cell = (field: Field): string => (place(field) < 0 ? '' : (cells[place(field)] ?? '').trim())
    const { facts, faults } = readLine(cell, { currency, campaigns, today, order })
    const reference = facts?.reference
    if (reference && seen.has(reference)) faults.push(['reference', 'reference-twice'])
    if (reference) seen.add(reference)
    for (const [field, code] of faults) found.problems.push(problem(index + 2, field, code))
    if (facts && faults.length === 0) found.rows.push({ line: index + 2, facts })
  }
  return found
}

const problem = (line: number, field: string, code: string): Problem => ({ line, field, code, level: 'error' })

type Fault = [field: Field, code: string]

function readLine(
  cell: (field: Field) => string,
  { currency, campaigns, today, order }: Ground & { order: DayOrder },
): { facts: SpendFacts | null; faults: Fault[] } {
  const faults: Fault[] = []
  const day = dayOf(cell('date'), order)
  if (day === null) faults.push(['date', 'day-not-readable'])
  else if (day > today) faults.push(['date', 'day-ahead'])
  const amount = signed(cell('amount'), currency)
  if (amount === null) faults.push(['amount', 'amount-not-readable'])
  if (cell('currency') && cell('currency').toUpperCase() !== currency) faults.push(['currency', 'currency-differs'])
  const kind = kinds.find((each) => each === cell('kind').toLowerCase())
  if (cell('kind') && !kind) faults.push(['kind', 'kind-unknown'])
  const named = cell('campaign') ? (campaigns.get(cell('campaign').toLowerCase()) ?? []) : []
  if (cell('campaign') && named.length !== 1)
    faults.push(['campaign', named.length > 1 ? 'name-not-unique' : 'campaign-unknown'])
  const parsed = spendFacts.safeParse({
    ...{ day: day ?? today, amount: amount ?? 0, kind: kind ?? 'other', channel: cell('channel') || null },
    ...{ campaignId: named[0] ?? null, what: cell('what'), reference: cell('reference') || null },
  })
  for (const { path } of parsed.error?.issues ?? []) {
    const field = path[0] === 'campaignId' ? 'campaign' : path[0] === 'day' ? 'date' : (path[0] as Field)
    faults.push([field, field === 'what' && cell('what') === '' ? 'required' : 'not-accepted'])
  }
  return { facts: parsed.data ?? null, faults }
}

function dayOf(text: string, order: DayOrder): string | null {
  const written = readDay(text)
  if (!written) return null
  const [a, b, c] = written.parts
  const [year, month, date] = written.yearFirst ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b]
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  const at = new Date(`${day}T00:00Z`)
  // 30 February would become another day.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null
}

/** `-12.50` is money that came back; a sign of the currency beside it says nothing new. */
function signed(text: string, currency: string): number | null {
  const bare = text.replaceAll(/[€$£]/g, '').replace(new RegExp(currency, 'i'), '').trim()
  const minus = /^[-−]/.test(bare)
  const amount = amountFrom(bare.replace(/^[-−+]/, '').trim(), currency)
  return amount === null ? null : minus ? -amount : amount
}
