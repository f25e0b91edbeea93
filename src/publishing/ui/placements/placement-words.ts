// Words of placements: the ten media, how one runs, and refusals that only these pages meet.

import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'
import type { Run } from '../../placements/rules.ts'
import type { Medium } from '../../placements/types.ts'

export const mediumWords: Record<Medium, string> = {
  'online-advertising': 'Online advertising',
  'web-site': 'Web site',
  'e-mail': 'E-mail',
  mobile: 'Mobile',
  packaging: 'Packaging',
  'direct-mail': 'Direct mail',
  television: 'Television',
  print: 'Print',
  'out-of-home': 'Out of home',
  other: 'Other',
}

export const runLook: Record<Run, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'done' },
  planned: { label: 'Planned', tone: 'slate' },
  over: { label: 'Over', tone: 'quiet' },
}

/** `123400 EUR` in the smallest unit as people write it. */
export function moneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** What was typed as an amount, in the smallest unit; null: it is none. */
export function amountFrom(text: string, currency: string): number | null {
  const value = Number(text.replace(/\s/g, '').replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) return null
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return Math.round(value * 10 ** digits)
}

learnWords({
  'ends-before-it-begins': { what: 'It ends before it begins.', next: 'Choose a later end.' },
  'cost-needs-currency': { what: 'A cost needs its currency.', next: 'Enter both, or neither.' },
  'word-taken': { what: 'Another placement that runs has this word.', next: 'Choose another one.' },
  'link-private': { what: 'This address is in a private network.', next: 'Use one that everybody can open.' },
  'link-own': { what: 'This is a short address of Longrun itself.', next: 'Enter the address of the page.' },
  'link-credentials': { what: 'The address contains a password.', next: 'Leave it out.' },
  'link-not-web': { what: 'This is no web address.', next: 'Enter one that begins with https://.' },
  'link-too-long': { what: 'The address is too long.', next: 'Use a shorter one.' },
})
