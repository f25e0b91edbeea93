// Imports in words: formats, fields, what is wrong with a row, why an undo left a post.

import { learnWords, plainCode, refusalWords } from '../../../kit/words.ts'
import type { ImportField, ImportFormat, KeptPost, RowIssue } from '../../imports/types.ts'
import { hasIssueWords, issueWords } from '../words.ts'
import '../refusal-words.ts'

export const formatWords: Record<ImportFormat, string> = {
  longrun: 'An export of Longrun',
  plain: 'A table',
  buffer: 'A file for Buffer',
  hootsuite: 'A file for Hootsuite',
  postiz: 'Posts of Postiz',
}

export const fieldWords: Record<ImportField, string> = {
  text: 'Text',
  title: 'Title',
  accounts: 'Accounts',
  date: 'Date (and time)',
  time: 'Time',
  zone: 'Time zone',
  state: 'State',
  campaign: 'Campaign',
  department: 'Department',
  owner: 'Owner',
  tags: 'Tags',
  link: 'Link',
  media: 'Address of a picture',
  alt: 'What the picture shows',
  comment: 'First comment',
  excerpt: 'Excerpt',
  slug: 'Short address',
  language: 'Language',
  initiator: 'Who began it',
  origin: 'Original, adapted or recycled',
  adaptedFor: 'Adapted for',
  longrun: 'Further details of Longrun',
}

const fetchWords: Record<string, string> = {
  'file-not-there': 'There is nothing at this address.',
  'file-refused': 'Its server does not hand it out.',
  'host-not-answering': 'Its server did not answer three times, so it was not asked again.',
  'address-refused': 'This address lies in a private network.',
  'host-not-found': 'There is no server of this name.',
  'answer-too-large': 'It is larger than an upload may be.',
  timeout: 'It took too long.',
}

function whyNot(code: string): string {
  const known = fetchWords[code]
  if (known) return known
  return code.startsWith('media.') ? refusalWords({ code, params: {} }).what : 'Its server cannot be reached.'
}

const refused = (code: string, params: RowIssue['params']): string =>
  hasIssueWords(code) ? issueWords({ code, params }) : refusalWords({ code, params }).what

const rowWords: Record<string, (params: RowIssue['params']) => string> = {
  'too-many-cells': () => 'The row has more cells than there are headings. Perhaps a text with commas is not quoted.',
  'nothing-to-post': () => 'There is no text.',
  'too-long': () => 'This is longer than Longrun keeps.',
  'details-not-readable': () => 'The column “longrun” was changed and cannot be read.',
  'thread-parts-differ': () =>
    'The thread has another number of parts than in its details. Keep the lines of three dashes.',
  'media-not-fetched': ({ address, column, because }) =>
    `Column “${column}”: the file at ${address} did not come. ${whyNot(String(because))} The post is a draft without it.`,
  'media-no-address': ({ address }) => `“${address}” is no address of a file, so the row comes without it.`,
  'too-many-pictures': ({ most }) => `It names more than ${most} files.`,
  'import-stopped': () => 'the import was stopped before.',
  'import-broke-off': () => 'Longrun could not go on. Open the file again: what is there already is left out.',
  'already-there': () => 'The calendar has it already: the same words, time and account.',
  'media-behind-wall': () => 'A picture of it stands behind the wall of a department.',
  'media-not-found': () => 'A picture of it is not in this library.',
  'account-unknown': ({ name }) => `No account here is called “${name}”.`,
  'name-not-unique': ({ name }) => `Several are called “${name}”.`,
  'name-unknown': ({ name }) => `Nothing here is called “${name}”.`,
  'word-unknown': ({ name }) => `“${name}” is none of the words that can stand here.`,
  'no-account': () => 'It names no account.',
  'zone-unknown': ({ zone }) => `“${zone}” is no time zone. Write it like Europe/Berlin.`,
  'day-not-readable': ({ cell }) => `“${cell}” is no date.`,
  'day-does-not-exist': ({ cell }) => `“${cell}” is a day that the calendar does not have.`,
  'time-not-readable': ({ cell }) => `“${cell}” has no time that can be read.`,
  'time-missing': ({ cell }) => `“${cell}” is a day without a time.`,
  'no-time': () => 'It has no date.',
  'time-does-not-exist': ({ suggested }) =>
    `The clock is set forward over this time; ${String(suggested).slice(11, 16)} would do.`,
  'time-has-passed': () => 'Its time has passed.',
  'time-twice': () => 'The clock is set back and this time comes twice; the first one is meant.',
  'same-as-row': ({ other }) => `It says the same at the same time as row ${other}.`,
  'stays-draft': ({ because, ...params }) =>
    `It came as a draft, for it could not be scheduled. ${refused(String(because), params)}`,
}

export function rowIssueWords({ code, params }: Pick<RowIssue, 'code' | 'params'>): string {
  const known = rowWords[code]
  if (known) return known(params)
  const words = hasIssueWords(code) ? issueWords({ code, params }) : `${plainCode(code)}.`
  return params.account ? `${params.account}: ${words}` : words
}

/** What says nothing about the row itself is told apart. */
export function groupOf({ code }: Pick<RowIssue, 'code'>): 'there' | 'unreached' | 'others' {
  if (code === 'already-there') return 'there'
  return code === 'import-stopped' || code === 'import-broke-off' ? 'unreached' : 'others'
}

const places: Record<string, string> = { row: 'Row', segments: fieldWords.text, firstComment: fieldWords.comment }

export function placeWords(field: string): string {
  const first = field.split('.')[0] ?? ''
  return fieldWords[first as ImportField] ?? places[first] ?? plainCode(first)
}

export const keptWords: Record<KeptPost['code'], string> = {
  changed: 'it was changed since.',
  'under-way': 'it was on its way.',
  published: 'it, or a part of it, is published.',
  held: 'somebody held or cancelled it.',
}

learnWords({
  'import.empty': { what: 'There are no rows in this file.', next: 'Choose another one.' },
  'import.archive': {
    what: 'This is a workbook or an archive, not a table of text.',
    next: 'Save it as CSV, then choose it again.',
  },
  'import.binary': { what: 'This is no table of text.', next: 'Choose a CSV file, or save yours as one.' },
  'import.quote-open': {
    what: 'In line {line} a quote begins that never ends.',
    next: 'Mend it in the file, then choose it again.',
  },
  'import.unreadable': {
    what: 'Line {line} cannot be read as a table.',
    next: 'Mend it in the file, then choose it again.',
  },
  'import.too-large': { what: 'The file is larger than {megabytes} MB.', next: 'Divide it, then import the parts.' },
  'import.too-many-rows': { what: 'The file has more than {most} rows.', next: 'Divide it, then import the parts.' },
  'import.too-many-columns': {
    what: 'The file has more than {most} columns.',
    next: 'Remove some, then choose it again.',
  },
  'import.field-twice': { what: 'Two columns mean the same.', next: 'Leave one of them out.' },
  'import.not-open': { what: 'This import has already been run.', next: 'Open the file again to import it once more.' },
  'import.another-runs': {
    what: 'Another import is running.',
    next: 'Wait until it is done, so that no row comes in twice; then look at the dry run again.',
  },
  'import.not-running': { what: 'This import has ended already.', next: 'Load the page again to see how it stands.' },
  'import.not-done': { what: 'There is nothing to undo here now.', next: 'Load the page again to see how it stands.' },
})
