// Beginnings for each kind of topic, and the other spellings of a name that people use: offered, never taken by themselves.

import type { TopicKind } from '../../types.ts'
import { emptyForm, type TopicForm, type Variant } from '../form/types.ts'
import { fold } from '../spelling.ts'

/** What a starter asks for. */
export interface StarterFacts {
  /** Of the brand, product, competitor, campaign or person; of an industry, its words with commas between. */
  name: string
  /** Of a product: the brand that makes it. */
  brand?: string
  /** A web address. */
  site?: string
  /** A name on a network, with or without @. */
  handle?: string
}

/** A form to begin with; empty where there is no name yet. */
export function starterForm(kind: TopicKind, facts: StarterFacts): TopicForm {
  const names = facts.name
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const form = { ...emptyForm(), any: names }
  if (facts.site?.trim()) form.any.push(domainOf(facts.site))
  if (facts.handle?.trim()) form.any.push(`@${facts.handle.trim().replace(/^@/u, '')}`)
  // A product's name alone is often an everyday word; its brand nearby makes it the product.
  if (kind === 'product' && facts.brand?.trim()) return { ...form, context: [facts.brand.trim()], within: 12 }
  return form
}

/** What each kind most often has to leave out, for the one who wants it. */
export const usualNoise: Record<TopicKind, string[]> = {
  brand: ['hiring', 'job opening', 'vacancy', 'stock price'],
  product: ['for sale', 'second hand', 'giveaway'],
  competitor: ['hiring', 'job opening', 'vacancy', 'stock price'],
  industry: ['hiring', 'job opening', 'webinar'],
  campaign: ['giveaway bot', 'follow for follow'],
  person: ['fan fiction', 'namesake'],
}

const domainOf = (site: string): string =>
  site
    .trim()
    .replace(/^https?:\/\//iu, '')
    .replace(/^www\./iu, '')
    .replace(/\/+$/u, '')
    .toLowerCase()

/**
 * Other spellings of `name`. Not among them what the language finds anyway: capitals, accents, the possessive with an apostrophe, the tag of a
 * single word.
 */
export function variantsOf(name: string): Variant[] {
  const words = name
    .trim()
    .split(/[\s-]+/u)
    .filter(Boolean)
  if (words.length === 0 || /^[#@]/u.test(name.trim())) return []
  const joined = words.join('')
  const found: Variant[] = []
  if (words.length > 1 && /^[\p{L}\p{N}]+$/u.test(joined)) {
    found.push({ item: joined, kind: 'joined' })
  }
  if (words.length === 1) {
    const apart = /^(\p{Lu}\p{Ll}+)(\p{Lu}\p{Ll}+)$/u.exec(joined)
    if (apart) found.push({ item: `${apart[1]} ${apart[2]}`, kind: 'apart' })
    if (/^[\p{sc=Latin}]{3,}[^s]$/iu.test(joined)) found.push({ item: `${joined}s`, kind: 'plural' })
  }
  const longest = words.length === 1 ? fold(joined) : ''
  found.push(...slipsOf(longest).map((item): Variant => ({ item, kind: 'slip' })))
  return found.filter(
    ({ item }, at) => fold(item) !== fold(name) && found.findIndex((each) => fold(each.item) === fold(item)) === at,
  )
}

const mostSlips = 6

/** Slips that hands make in longer words: two letters changed over, a double letter written once, a single one twice. */
function slipsOf(word: string): string[] {
  if (!/^[a-z]{5,}$/u.test(word)) return []
  const slips = new Set<string>()
  for (let at = 1; at < word.length; at++)
    if (word[at] === word[at - 1]) slips.add(word.slice(0, at) + word.slice(at + 1))
  for (let at = 1; at + 1 < word.length; at++)
    if (/[lnrstmp]/u.test(word[at]!) && /[aeiou]/u.test(word[at - 1]!) && word[at] !== word[at + 1])
      slips.add(word.slice(0, at + 1) + word.slice(at))
  for (let at = 1; at + 1 < word.length; at++)
    if (word[at] !== word[at + 1]) slips.add(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2))
  slips.delete(word)
  return [...slips].slice(0, mostSlips)
}

export interface WordUse {
  /** Posts of the sample, those with the word, and of these those with the context or another name of the topic. */
  sampled: number
  withWord: number
  withContext: number
}

/**
 * What the sample says about a word: `common` where it stands in more than one post of two hundred, `other-senses` where it mostly stands without
 * anything else of the topic. null: neither, or too little to say.
 */
export function senseOf({ sampled, withWord, withContext }: WordUse): 'common' | 'other-senses' | null {
  if (sampled < 500 || withWord < 20) return null
  if (withWord / sampled > 1 / 200) return 'common'
  return withContext / withWord < 0.2 ? 'other-senses' : null
}
