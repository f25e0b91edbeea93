// The ground for tests of links: rules, words for their templates, and short addresses that are given as they are asked for.

import type { Draft } from '../../connectors/contract.ts'
import { type Decoration, decorate, wordsFor } from './decorate.ts'
import type { FindLinks } from './rules.ts'
import { defaultRules, type LinkRules } from './types.ts'

export const own = ['https://go.example.net/', 'https://longrun.example.net/l/']
export const named = {
  connector: 'fake',
  handle: '@runners@example.org',
  campaign: 'Autumn Fair 2026!',
  postId: '0193a8a0-0000-7000-8000-0000aaaaaaaa',
  variantId: '0193a8a0-0000-7000-8000-00005a5a5a5a',
}
export const utm = 'utm_source=fake&utm_medium=social&utm_campaign=autumn-fair-2026&utm_content=5a5a5a5a'
const words = wordsFor(named)

export const using = (rules: Partial<LinkRules> = {}, more: Partial<Decoration> = {}): Decoration => {
  const codes = new Map<string, string>()
  const shortOf = (target: string) => {
    if (!codes.has(target)) codes.set(target, `${own[0]}bcdfgh${String(22 + codes.size)}`)
    return codes.get(target)!
  }
  return { rules: { ...defaultRules, ...rules }, words, own, shortOf, ...more }
}
export const saying = (text: string): Draft => ({ segments: [{ text, media: [] }] })
export const textOf = (draft: Draft) => draft.segments[0]!.text
export const decorated = (text: string, rules?: Partial<LinkRules>, find?: FindLinks): string =>
  textOf(decorate(saying(text), using(rules), find))
