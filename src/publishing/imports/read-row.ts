// Reads one row of a file into a post, or says in which cell it fails and why. Pure: what the names mean comes with the question.

import type { z } from 'zod'
import { timeZone } from '../../lib/route.ts'
import { firstOf } from '../../lib/storable.ts'
import { instantOf } from '../times.ts'
import { draft, initiators, origins } from '../types.ts'
import { namesIn, unguarded } from './cells.ts'
import { contentOfCells, type Details, details, withEditedCells } from './post-cells.ts'
import type { ImportField, ImportFormat, ImportSettings, RowIssue } from './types.ts'
import { readWhen } from './when.ts'

type Draft = z.infer<typeof draft>

export interface Names {
  /** Ids by what an account, campaign, department or member is called, in lower case: several where the name is not unique. */
  accounts: Map<string, string[]>
  campaigns: Map<string, string[]>
  departments: Map<string, string[]>
  members: Map<string, string[]>
}

export interface ReadRow {
  row: number
  content: Draft | null
  variants: { accountId: string; content: Draft | null }[]
  wall: string | null
  zone: string
  campaignId: string | null
  departmentId: string | null
  ownerId: string | null
  initiator: (typeof initiators)[number] | undefined
  origin: (typeof origins)[number] | undefined
  adaptedFor: string | null
  originPostId: string | null
  /** The file itself says that it is a draft. */
  isDraft: boolean
  /** Addresses of its files, which the import fetches. */
  pictures: string[]
  alt: string
  unknownAccounts: string[]
  issues: RowIssue[]
}

export interface Reading {
  format: ImportFormat
  columnCount: number
  settings: ImportSettings
  names: Names
  now: Date
}

type Cell = (field: ImportField) => string
type Say = (level: RowIssue['level'], field: string, code: string, params?: RowIssue['params']) => void

export function readRow(cells: string[], row: number, reading: Reading): ReadRow {
  const { settings, format } = reading
  const issues: RowIssue[] = []
  const say: Say = (level, field, code, params = {}) => void issues.push({ row, level, field, code, params })
  if (cells.slice(reading.columnCount).some((cell) => cell.trim() !== '')) say('error', 'row', 'too-many-cells')
  const cell: Cell = (field) => {
    const raw = cells[settings.mapping.indexOf(field)] ?? ''
    return format === 'longrun' ? unguarded(raw) : raw.replaceAll('\r\n', '\n').trim()
  }
  const more = detailsOf(cell('longrun'), say)
  const content = contentOf(cell, more, say)
  const accounts = accountsOf(cell('accounts'), reading, say)
  const own = new Map(more.variants?.map((each) => [each.accountId, each.content]))
  const isDraft = format === 'longrun' && cell('state') === 'draft'
  return {
    ...{ row, content, isDraft, issues, unknownAccounts: accounts.unknown },
    ...{ pictures: picturesOf(cell('media'), say), alt: firstOf(cell('alt'), 2000) },
    variants: accounts.ids.map((accountId) => ({ accountId, content: own.get(accountId) ?? null })),
    ...whenOf(cell, reading, settings.as === 'scheduled' && !isDraft, say),
    campaignId: named(cell('campaign'), reading.names.campaigns, 'campaign', say) ?? settings.campaignId,
    departmentId: named(cell('department'), reading.names.departments, 'department', say) ?? settings.departmentId,
    ownerId: named(cell('owner'), reading.names.members, 'owner', say),
    initiator: oneOf(initiators, cell('initiator'), 'initiator', say),
    origin: oneOf(origins, cell('origin'), 'origin', say),
    adaptedFor: firstOf(cell('adaptedFor'), 200) || null,
    originPostId: more.originPostId ?? null,
  }
}

const mostPictures = 20

/** Several in one cell: with signs between them, or one after another. */
function picturesOf(cell: string, say: Say): string[] {
  const named = [...new Set(cell.split(/[;\n]|(?<![\s,|])[\s,|]+(?=https?:)/i).map((each) => each.trim()))].filter(
    Boolean,
  )
  const addresses = named.filter(isAddress)
  for (const other of named.filter((each) => !isAddress(each)))
    say('warning', 'media', 'media-no-address', { address: other.slice(0, 200) })
  if (addresses.length > mostPictures) say('error', 'media', 'too-many-pictures', { most: mostPictures })
  return addresses.slice(0, mostPictures)
}

const isAddress = (given: string): boolean =>
  given.length <= 2000 && URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)

function detailsOf(cell: string, say: Say): Details {
  if (cell.trim() === '') return {}
  try {
    const parsed = details.safeParse(JSON.parse(cell))
    if (parsed.success) return parsed.data
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  say('error', 'longrun', 'details-not-readable')
  return {}
}

function contentOf(cell: Cell, more: Details, say: Say): Draft | null {
  const words = {
    ...{ text: withLink(cell('text'), cell('link')), title: cell('title'), tags: cell('tags') },
    ...{ comment: cell('comment'), excerpt: cell('excerpt'), slug: cell('slug'), language: cell('language') },
  }
  if (!more.content && words.text.trim() === '' && words.title.trim() === '') {
    say('error', 'text', 'nothing-to-post')
    return null
  }
  const made = more.content ? withEditedCells(more.content, words) : contentOfCells(words)
  if (made === null) {
    say('error', 'text', 'thread-parts-differ')
    return null
  }
  const parsed = draft.safeParse(made)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path[0]
  say('error', field === 'segments' ? 'text' : String(field ?? 'text'), 'too-long')
  return null
}

/** A link in a column of its own goes where people would have put it: at the end, unless it is there already. */
const withLink = (text: string, link: string): string =>
  link.trim() === '' || text.includes(link.trim()) ? text : [text, link.trim()].filter(Boolean).join('\n')

function accountsOf(cell: string, { names, settings }: Reading, say: Say): { ids: string[]; unknown: string[] } {
  const ids: string[] = []
  const unknown: string[] = []
  for (const name of namesIn(cell)) {
    const chosen = Object.hasOwn(settings.accountNames, name) && settings.accountNames[name]
    const found = chosen ? [chosen] : (names.accounts.get(name.toLowerCase()) ?? [])
    if (found.length === 1) ids.push(found[0]!)
    else if (found.length > 1) say('error', 'accounts', 'name-not-unique', { name: name.slice(0, 200) })
    else {
      unknown.push(name)
      say('error', 'accounts', 'account-unknown', { name: name.slice(0, 200) })
    }
  }
  if (ids.length === 0 && unknown.length === 0) ids.push(...settings.accountIds)
  if (ids.length === 0 && unknown.length === 0)
    say(settings.as === 'scheduled' ? 'error' : 'warning', 'accounts', 'no-account')
  return { ids: [...new Set(ids)], unknown }
}

function whenOf(
  cell: Cell,
  { settings, now }: Reading,
  scheduled: boolean,
  say: Say,
): { wall: string | null; zone: string } {
  const asked = cell('zone').trim()
  const zone = asked || settings.zone
  if (asked && !timeZone.safeParse(asked).success) {
    say('error', 'zone', 'zone-unknown', { zone: asked.slice(0, 100) })
    return { wall: null, zone: settings.zone }
  }
  const when = readWhen(cell('date'), cell('time'), { order: settings.dayOrder, zone })
  if (when.kind === 'wrong')
    say('error', when.code.startsWith('time') ? 'time' : 'date', when.code, { cell: cell('date').slice(0, 100) })
  if (when.kind === 'none') say(scheduled ? 'error' : 'warning', 'date', 'no-time')
  if (when.kind !== 'wall') return { wall: null, zone }
  const meaning = instantOf({ wall: when.wall, zone })
  if (meaning.kind === 'never') {
    say('error', 'time', 'time-does-not-exist', { suggested: meaning.suggested })
    return { wall: null, zone }
  }
  if (meaning.at < now) say(scheduled ? 'error' : 'warning', 'date', 'time-has-passed')
  if (meaning.kind === 'twice') say('warning', 'time', 'time-twice')
  return { wall: when.wall, zone }
}

function named(cell: string, names: Map<string, string[]>, field: string, say: Say): string | null {
  const name = cell.trim()
  if (name === '') return null
  const found = names.get(name.toLowerCase()) ?? []
  if (found.length === 1) return found[0]!
  say('error', field, found.length > 1 ? 'name-not-unique' : 'name-unknown', { name: name.slice(0, 200) })
  return null
}

function oneOf<T extends string>(known: readonly T[], cell: string, field: string, say: Say): T | undefined {
  if (cell.trim() === '') return undefined
  const found = known.find((each) => each === cell.trim().toLowerCase())
  if (!found) say('error', field, 'word-unknown', { name: cell.slice(0, 100) })
  return found
}
