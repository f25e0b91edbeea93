// What a query means, written as plainly as possible and without care for speed: the index must agree with it on every post.

import type { Said } from '../index/sighting.ts'
import { spell } from '../spelling.ts'
import type { Field, Near, Query, QueryWord, Term } from '../types.ts'
import { type Cut, cut } from './cut.ts'

/** A post whose texts are cut, so that many queries can be asked. */
export interface Page {
  said: Said
  title: Cut[]
  text: Cut[]
}

export const pageOf = (said: Said): Page => ({ said, title: cut(said.title ?? ''), text: cut(said.text) })

export function matches(query: Query, page: Page): boolean {
  switch (query.type) {
    case 'and':
      return query.of.every((each) => matches(each, page))
    case 'or':
      return query.of.some((each) => matches(each, page))
    case 'not':
      return !matches(query.of, page)
    case 'term':
      return [page.title, page.text].some((words) => places(query, words).length > 0)
    case 'near':
      return [page.title, page.text].some((words) => isNear(query, words))
    case 'field':
      return fieldMatches(query, page)
  }
}

interface Place {
  from: number
  /** Behind the last word. */
  to: number
}

/** Where a term stands among words. */
function places(term: Term, words: Cut[]): Place[] {
  const wanted = wantedOf(term)
  return words.flatMap((_, from) => {
    const here = wanted.every((word, step) => {
      const there = words[from + step]
      return there !== undefined && isWord(word, there, term)
    })
    return here ? [{ from, to: from + wanted.length }] : []
  })
}

const pieces = new WeakMap<Term, QueryWord[]>()

function wantedOf(term: Term): QueryWord[] {
  const known = pieces.get(term)
  if (known) return known
  const wanted = term.words.flatMap((word) => {
    const parts = word.kind === 'word' && /^[\p{L}\p{N}]/u.test(word.text) ? word.text.split(/['’]/u) : [word.text]
    return parts.map((text, at) => ({ ...word, text, prefix: word.prefix && at === parts.length - 1 }))
  })
  pieces.set(term, wanted)
  return wanted
}

function isWord(wanted: QueryWord, there: Cut, term: Term): boolean {
  // A word is found in a tag as well; a tag or name only as such.
  const kinds = wanted.kind === 'word' ? ['word', 'hashtag'] : [wanted.kind]
  if (!kinds.includes(there.kind)) return false
  return [everyday, term].every((rules) => {
    const [asked, found] = [spelled(wanted.text, rules), spelled(there.text, rules)]
    if (wanted.prefix) return found.startsWith(asked)
    return found === asked || (wanted.kind === 'mention' && found.startsWith(`${asked}@`))
  })
}

const everyday = { exactCase: false, exactAccents: false }

// Nearly all of the time would go into spelling the same words again, for each query and each post.
const known = Array.from({ length: 4 }, () => new Map<string, string>())

function spelled(text: string, rules: Pick<Term, 'exactCase' | 'exactAccents'>): string {
  const spellings = known[Number(rules.exactCase) * 2 + Number(rules.exactAccents)]!
  let made = spellings.get(text)
  if (made === undefined) {
    made = spell(text, rules)
    if (spellings.size > 500_000) spellings.clear()
    spellings.set(text, made)
  }
  return made
}

function isNear({ within, left, right }: Near, words: Cut[]): boolean {
  const all = (terms: Term[]): Place[] => terms.flatMap((term) => places(term, words))
  const [lefts, rights] = [all(left), all(right)]
  return lefts.some((a) =>
    rights.some((b) => (b.from >= a.to && b.from - a.to <= within) || (a.from >= b.to && a.from - b.to <= within)),
  )
}

function fieldMatches({ field, value }: Field, { said, title, text }: Page): boolean {
  const links = [...said.links, ...[...title, ...text].filter(({ kind }) => kind === 'link').map((each) => each.text)]
  const asked = spelled(value, everyday)
  const isAsked = (name: string): boolean => spelled(name, everyday) === asked
  switch (field) {
    case 'author': {
      const names = [said.author?.id ?? '', (said.author?.handle ?? '').replace(/^@/u, '')]
      return names.some((name) => isAsked(name) || (name.indexOf('@') > 0 && isAsked(name.slice(0, name.indexOf('@')))))
    }
    case 'link':
      return links.some((link) => leadsTo(link, value))
    case 'lang':
      return said.languages.some((language) => isAsked(language) || isAsked(language.split('-')[0]!))
    case 'source':
      return said.sources.some(isAsked)
    case 'has':
      if (value === 'link') return links.length > 0
      return said.media.some((medium) => value === 'media' || medium === value)
    case 'kind':
      return said.kind === value
    case 'place':
      return holdsPlace(value, said.place ?? '')
  }
}

function leadsTo(link: string, value: string): boolean {
  const address = /^(?:[^/?#]*:\/\/)?(?:[^/?#]*@)?([^/?#:]*)(?::[^/?#]*)?(.*)$/su.exec(link.toLowerCase())
  if (!address) return false
  const [, host = '', rest = ''] = address
  const asked = /^([^/]*)(.*)$/u.exec(value)!
  if (!`.${ascii(host)}`.endsWith(`.${ascii(asked[1]!)}`)) return false
  return rest.startsWith(asked[2]!) && /^(?:[/?#]|$)/u.test(asked[2] === '' ? '' : rest.slice(asked[2]!.length))
}

function holdsPlace(value: string, place: string): boolean {
  const [asked, there] = [cut(value).filter(isName), cut(place)]
  return there.some((_, from) =>
    asked.every((word, step) => {
      const found = there[from + step]
      return found !== undefined && isName(found) && spelled(found.text, everyday) === spelled(word.text, everyday)
    }),
  )
}

const isName = ({ kind }: Cut): boolean => kind === 'word' || kind === 'hashtag'

function ascii(host: string): string {
  return /[^\0-\x7f]/u.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host
}
