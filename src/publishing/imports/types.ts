// The shapes of imports: formats, the meanings of columns, settings, and what is said about rows. Runs in the browser too.

import { z } from 'zod'
import { instant, timeZone } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

export const importFormats = ['longrun', 'plain', 'buffer', 'hootsuite', 'postiz'] as const
export type ImportFormat = (typeof importFormats)[number]

export const importStates = ['open', 'running', 'stopping', 'done', 'undoing', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** What a column can mean. The same words head the columns of an export. */
export const importFields = [
  'text',
  'title',
  'accounts',
  'date',
  'time',
  'zone',
  'state',
  'campaign',
  'department',
  'owner',
  'tags',
  'link',
  'media',
  'alt',
  'comment',
  'excerpt',
  'slug',
  'language',
  'initiator',
  'origin',
  'adaptedFor',
  'longrun',
] as const
export const importField = z.enum(importFields)
export type ImportField = z.infer<typeof importField>

export const mostRows = 5000
export const mostColumns = 100
export const mostBytes = 10_000_000

export const dayOrders = ['ymd', 'dmy', 'mdy'] as const

export const importSettings = z.object({
  /** One for each column; null: left out. */
  mapping: z.array(importField.nullable()).max(mostColumns),
  dayOrder: z.enum(dayOrders).describe('How days that do not begin with the year are written'),
  zone: timeZone.describe('Of rows that name none'),
  accountIds: z.array(z.uuid()).max(100).describe('For rows that name no account'),
  accountNames: z.record(z.string().max(300), z.uuid()).describe('Accounts by the names that the file gives them'),
  campaignId: z.uuid().nullable().describe('For rows that name no campaign'),
  departmentId: z.uuid().nullable().describe('For rows that name no department'),
  as: z.enum(['draft', 'scheduled']),
  again: z.boolean().describe('Import rows too whose words are there already, at the same time for the same account'),
})
export type ImportSettings = z.infer<typeof importSettings>

/** Something about one row; `row` counts as a spreadsheet does, the line of headings with it. */
export const rowIssue = z.object({
  row: z.number().int(),
  level: z.enum(['error', 'warning']),
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type RowIssue = z.infer<typeof rowIssue>

export const keptPost = z.object({
  postId: z.uuid(),
  row: z.number().int(),
  code: z.enum(['changed', 'under-way', 'published', 'held']),
})
export type KeptPost = z.infer<typeof keptPost>

export const importView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.enum(importFormats),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  rowCount: z.number().int(),
  settings: importSettings,
  state: z.enum(importStates),
  createdAt: instant,
  createdBy: person,
  finishedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  progress: z.number().int().describe('Rows, or of an undo posts, dealt with so far'),
  imported: z.number().int(),
  removed: z.number().int(),
  problems: z.array(rowIssue),
  kept: z.array(keptPost).describe('What an undo left'),
})

export const rowPreview = z.object({
  row: z.number().int(),
  text: z.string(),
  wall: z.string().nullable(),
  zone: z.string().nullable(),
  accountIds: z.array(z.uuid()),
  campaignId: z.uuid().nullable(),
  good: z.boolean(),
})

export const dryRun = z.object({
  rows: z.number().int(),
  good: z.number().int(),
  bad: z.number().int(),
  there: z.number().int().describe('Rows that are left out because the calendar has them already'),
  pictures: z.number().int().describe('Addresses of files that the import will fetch'),
  warned: z.number().int().describe('Good rows with a warning'),
  /** The first thousand. */
  issues: z.array(rowIssue),
  /** The first fifty. */
  previews: z.array(rowPreview),
  /** Names of accounts in the file that nobody here has. */
  unknownAccounts: z.array(z.string()),
  /** Whether a day such as 3/4 could be meant either way. */
  daysUnsure: z.boolean(),
})
export type DryRun = z.infer<typeof dryRun>
