// The words of money, and the refusals that only its page meets.

import { learnWords } from '../../../kit/words.ts'
import type { VersionState } from '../../budget/rules.ts'
import type { Kind } from '../../budget/types.ts'
import '../refusal-words.ts'

learnWords({
  'no-budget': { what: 'There is no budget for {year} yet.', next: 'Write one first: it says the currency.' },
  'currency-fixed': { what: 'This budget is in {currency}.', next: 'A budget has one currency.' },
  'line-twice': { what: 'This line is there twice.' },
  'reference-there': { what: 'This reference counts already.', next: 'It is written down with another entry.' },
  'never-ordered': { what: 'This was written down when it was paid.', next: 'Take it away, and write it down anew.' },
  'asked-yourself': { what: 'Nobody approves what they wrote or asked for.', next: 'Somebody else who may has to.' },
  'not-asked': { what: 'Nobody asked for approval of this version.' },
  'decided-already': { what: 'This was decided already.', next: 'Load the page again to see it.' },
  outrun: { what: 'There is a newer version.', next: 'Ask for approval of that one.' },
  'reason-needed': { what: 'A sentence that says why is needed.' },
  'role-or-person': { what: 'Choose a role or a person, one of them.' },
})

export const kindWords: Record<Kind, string> = {
  time: 'Time of our people',
  advertising: 'Advertising',
  content: 'Content',
  tools: 'Tools',
  training: 'Training',
  other: 'Other',
}

export const versionLook: Record<VersionState, { label: string; tone: 'quiet' | 'amber' | 'done' | 'crimson' }> = {
  draft: { label: 'Written', tone: 'quiet' },
  asked: { label: 'Waits for approval', tone: 'amber' },
  approved: { label: 'Approved', tone: 'done' },
  declined: { label: 'Declined', tone: 'crimson' },
}

export const lineLook = {
  'on-its-way': { label: 'On its way above', tone: 'amber' },
  above: { label: 'Above its plan', tone: 'crimson' },
} as const

/** What is wrong with a line of a file. */
export const lineWords: Record<string, string> = {
  'column-missing': 'there is no such column',
  'days-unsure': 'days such as 3/4 may be meant either way; the month is taken to come first',
  'day-not-readable': 'no day that can be read',
  'day-ahead': 'this day has not come yet',
  'amount-not-readable': 'no amount that can be read: digits, and a point or a comma before the cents',
  'currency-differs': 'another currency than that of the budget',
  'kind-unknown': 'none of the kinds',
  'campaign-unknown': 'no campaign of this name',
  'name-not-unique': 'several campaigns have this name',
  'reference-twice': 'this reference is in the file twice',
  'another-year': 'not in the year of this budget',
  required: 'this is needed',
  'not-accepted': 'too long, or not accepted as it is',
}

export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Sums and lists of money hang on each other: all of it is asked for again. */
export const allMoney = { key: (): readonly unknown[] => [] }
