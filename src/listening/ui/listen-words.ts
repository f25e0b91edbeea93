// Words of listening for people: languages, moods, intents, kinds, and why something is missing.

import type { Tone } from '../../kit/state-badge.tsx'

const languageNames = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' })

export function languageWord(code: string): string {
  if (code === 'und') return 'Language not told'
  try {
    return languageNames.of(code) ?? code
  } catch {
    return code
  }
}

export const sentimentWords: Record<string, { label: string; tone: Tone }> = {
  '-1': { label: 'Negative', tone: 'crimson' },
  '0': { label: 'Neutral', tone: 'quiet' },
  '1': { label: 'Positive', tone: 'done' },
}

export const initiatorWords: Record<string, string> = {
  customer: 'Begun by customers',
  industry: 'Begun by the field',
  brand: 'Begun by us',
}

/** “purchase” → “Purchase”: names of labels are words already. */
export const labelWord = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')

export const gapWords: Record<string, string> = {
  'cursor-too-old': 'The server does not keep as much as was missing',
  'replay-limit': 'The server began later than it was asked to',
  'page-limit': 'More was waiting than the server shows',
  'server-restarted': 'The server no longer knew where we were',
}
