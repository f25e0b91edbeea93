// Issues in words of people: where they stand, why they were closed, what stands in their timeline.

import type { client, Output } from '../../../kit/api.ts'
import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'

export type Issue = Output<typeof client.issues.read>
export type Entry = Output<typeof client.issues.timeline>['items'][number]

export const stateLook: Record<Issue['state'], { label: string; tone: Tone }> = {
  open: { label: 'Open', tone: 'crimson' },
  handled: { label: 'Being handled', tone: 'amber' },
  closed: { label: 'Closed', tone: 'quiet' },
}

export const reasonWords: Record<NonNullable<Issue['reason']>, { label: string; means: string }> = {
  real: { label: 'Real', means: 'It was an issue, and what had to be done is done.' },
  false: { label: 'False', means: 'It was none.' },
  planned: { label: 'Planned', means: 'We knew that it would come.' },
  over: { label: 'Over', means: 'It went away.' },
}

/** What an entry tells, without who and when. */
export function entryWords(entry: Entry): string {
  const { kind, from, to, reason } = entry
  switch (kind) {
    case 'opened':
      if (!entry.by) return 'An alert opened it'
      return entry.alert ? 'opened it from an alert' : 'opened it'
    case 'alert':
      return entry.by ? 'put another alert in' : 'Another alert joined it'
    case 'evidence':
      return 'attached a mention'
    case 'note':
      return 'wrote'
    case 'title':
      return `called it “${to}”, before: “${from}”`
    case 'owner':
      return to ? `gave it to ${to}` : `took it from ${from}`
    case 'state':
      return stateSentence(to, from, reason) + (entry.byAnswer ? ', by the answer to its alert' : '')
  }
}

function stateSentence(to: string | null, from: string | null, reason: Entry['reason']): string {
  if (to === 'closed') return `closed it: ${reason ? reasonWords[reason].label.toLowerCase() : ''}`
  if (from === 'closed') return 'opened it again'
  return to === 'handled' ? 'took it up' : 'let it wait again'
}

learnWords({
  'issue-closed': { what: 'It is closed.', next: 'Open it again first.' },
  'issue-there-already': { what: 'Somebody else was faster: it stands like that already.', next: 'Reload to see it.' },
  'issue-not-closed': { what: 'It is not closed.', next: 'Reload to see it.' },
  'issue-other-open': {
    what: 'Another issue was opened for this topic since then.',
    next: 'Go on there, or close that one first.',
  },
  'reason-missing': { what: 'A reason is missing.', next: 'Say why it is closed.' },
  'topic-missing': { what: 'It is not clear which topic this is about.', next: 'Choose one.' },
})
