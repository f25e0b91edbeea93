// Words about topics: their kinds, what is wrong with a query, and what may not have been meant.

import { learnWords, type Words } from '../../../kit/words.ts'
import type { QueryError, QueryErrorCode, QueryHint } from '../../topics/language/types.ts'
import type { TopicKind } from '../../topics/types.ts'

export const kindWords: Record<TopicKind, { label: string; help: string }> = {
  brand: { label: 'Brand', help: 'What is said about you.' },
  product: { label: 'Product', help: 'One of your products or services.' },
  competitor: { label: 'Competitor', help: 'Somebody your customers could choose instead.' },
  industry: { label: 'Industry', help: 'The words of your field, whoever says them.' },
  campaign: { label: 'Campaign', help: 'A tag, a claim or an event of yours.' },
  person: { label: 'Person', help: 'Somebody who speaks for you or about your field.' },
}

const errors: Record<QueryErrorCode, Words> = {
  empty: { what: 'Nothing is asked for yet.', next: 'Enter a name or word.' },
  'too-long': { what: 'A query has at most {limit} characters.', next: 'Make two topics of it.' },
  'too-many-terms': { what: 'A query has at most {limit} words and phrases.', next: 'Make two topics of it.' },
  'too-deep': { what: 'At most {limit} brackets may stand within each other.' },
  'phrase-too-long': { what: 'A phrase has at most {limit} words.', next: 'Keep the part that nobody else says.' },
  'word-too-long': { what: 'No word is that long.', next: 'At most {limit} characters.' },
  'near-too-large': {
    what: 'These NEAR compare too many words with each other.',
    next: 'Shorten the lists on both sides.',
  },
  'near-number': { what: 'NEAR needs a number: how many words may stand between.', next: 'Write {suggestion}.' },
  'near-range': { what: 'NEAR reaches at most {limit} words.' },
  'near-side': {
    what: 'Beside NEAR stand words or phrases, or several with OR between them in brackets.',
    next: 'Put AND, NOT and fields outside of it.',
  },
  'near-chain': { what: 'NEAR joins two sides.', next: 'For a third write: (a NEAR/3 b) (b NEAR/3 c).' },
  'unclosed-quote': { what: 'A quotation mark is not closed.' },
  'unclosed-bracket': { what: 'A bracket is not closed.' },
  'stray-bracket': { what: 'This bracket closes nothing.' },
  'missing-term': { what: 'A word is missing here.' },
  'nothing-to-find': {
    what: 'Signs alone cannot be found.',
    next: 'Leave them out, or put the words beside them in quotes.',
  },
  'star-place': { what: 'A * stands directly behind a word and ends it: boot*.' },
  'star-short': { what: 'At least {limit} letters stand before a *.' },
  'unknown-field': { what: '“{field}:” is not known.', next: 'Perhaps {suggestion}?' },
  'field-value': { what: 'This cannot stand behind {field}:', next: 'Allowed: {allowed}.' },
  'only-not': { what: 'Only what is not wanted is said.', next: 'Say what is wanted as well.' },
  'or-not': { what: 'OR NOT matches nearly everything.', next: 'Join the NOT with AND, in brackets.' },
  'too-broad': {
    what: 'This would match nearly everything.',
    next: 'Add a word, name, tag, author, link or source beside language, media and kind.',
  },
}

// What the server refuses bears the same codes.
learnWords(Object.fromEntries(Object.entries(errors).map(([code, words]) => [`query-${code}`, withoutHoles(words)])))

function withoutHoles({ what, next }: Words): Words {
  return { what, ...(next && !/\{(?:suggestion|allowed)\}/u.test(next) && { next }) }
}

/** What is wrong, in a sentence or two. */
export function errorSentence({ code, suggestion, values }: QueryError): string {
  const filled: Record<string, unknown> = { ...values, suggestion }
  const fill = (text: string): string => text.replace(/\{(\w+)\}/gu, (_, name: string) => String(filled[name] ?? ''))
  const { what, next = '' } = errors[code]
  const canSay = [...next.matchAll(/\{(\w+)\}/gu)].every(([, name]) => filled[name!])
  return [fill(what), canSay && fill(next)].filter(Boolean).join(' ')
}

const hints: Record<QueryHint['code'], string> = {
  'lowercase-operator': 'is looked for as a word. For the operator write it in capitals:',
  'mixed-and-or': 'AND binds before OR. If you meant it otherwise, set brackets.',
  'signs-ignored': 'Signs within words are not looked at, so more than this may be found.',
  'short-word': 'is very short and will be found often.',
}

/** What may not have been meant, about the part of `text` that it is about. */
export function hintSentence({ code, at, end, suggestion }: QueryHint, text: string): string {
  const part = text.slice(at, end)
  if (code === 'mixed-and-or') return hints[code]
  if (code === 'signs-ignored') return `${part}: ${hints[code]}`
  return `“${part}” ${hints[code]}${suggestion ? ` ${suggestion}` : ''}`
}
