// Pure decisions about links: which of a draft's links change and how, and what stands against them.

import type { Draft, Issue } from '../../connectors/contract.ts'
import { findLinks } from '../../connectors/text.ts'
import { addressFault, isUnder } from './addresses.ts'
import { type FindLinks, withLinks } from './rules.ts'
import { alwaysOn, type LinkRules, type Placeholder, utmNames } from './types.ts'

export interface Decoration {
  rules: LinkRules
  /** What the placeholders of the templates stand for. */
  words: Record<Placeholder, string>
  /** Beginnings of our own short links, with a trailing slash. */
  own: readonly string[]
  /** The short address that leads to this target; null: it stays long. */
  shortOf: (target: string) => string | null
}

/** The draft with its links as they go out. Nothing but addresses changes, and doing it twice is doing it once. */
export const decorate = (draft: Draft, decoration: Decoration, find: FindLinks = findLinks): Draft =>
  withLinks(draft, (url) => decorateLink(url, decoration), find)

export function decorateLink(url: string, decoration: Decoration): string {
  if (!isReached(url, decoration)) return url
  const target = decoration.rules.utm ? withUtm(url, decoration) : url
  if (!decoration.rules.short || addressFault(target, decoration.own)) return target
  return decoration.shortOf(target) ?? target
}

/** Every target for which a short address will be asked, in the order of the draft. */
export function shortTargets(draft: Draft, decoration: Omit<Decoration, 'shortOf'>, find: FindLinks): string[] {
  const targets = new Set<string>()
  const shortOf = (target: string) => {
    targets.add(target)
    return null
  }
  decorate(draft, { ...decoration, shortOf }, find)
  return [...targets]
}

/** Private addresses and those with a password are nothing to count or to pass on: they stay as somebody wrote them. */
function isReached(url: string, { rules, own }: Pick<Decoration, 'rules' | 'own'>): boolean {
  const fault = addressFault(url, own)
  if (fault !== null && fault !== 'too-long') return false
  return isUnder(new URL(url).hostname, rules.domains) === (rules.reach === 'only')
}

// ── UTM parameters ──────────────────────────────────────────────────────────────────────────────────────────────────

const withUtm = (url: string, { rules, words }: Pick<Decoration, 'rules' | 'words'>): string =>
  withParameters(url, new Map(utmNames.map((name) => [`utm_${name}`, filled(rules[name], words)])))

/** Parameters that the address has already are kept; the missing ones follow its query, before the fragment. Empty ones are left out. */
export function withParameters(url: string, wanted: ReadonlyMap<string, string>): string {
  const hash = url.indexOf('#')
  const [address, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  const there = namesIn(address)
  const added = [...wanted].flatMap(([name, value]) =>
    value === '' || there.has(name) ? [] : [`${name}=${encoded(value)}`],
  )
  if (added.length === 0) return url
  const query = address.indexOf('?')
  // A second question mark belongs to a value, not to the address.
  const joint = query < 0 ? '?' : query === address.length - 1 || address.endsWith('&') ? '' : '&'
  return `${address}${joint}${added.join('&')}${fragment}`
}

function namesIn(address: string): Set<string> {
  const query = address.includes('?') ? address.slice(address.indexOf('?') + 1) : ''
  return new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()))
}

const filled = (template: string, words: Decoration['words']): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: Placeholder) => words[name] ?? '').trim()

/** Nothing stays bare that could end the address for somebody who looks for it in a text. */
const encoded = (value: string): string =>
  encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*~]/g, inHex)
    .replace(/[._]$/, inHex)

const inHex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

// ── Words for the placeholders ──────────────────────────────────────────────────────────────────────────────────────

export interface NamedFor {
  connector: string
  handle: string
  /** null: always-on. */
  campaign: string | null
  /** null: not stored yet. */
  postId: string | null
  variantId: string | null
}

export const wordsFor = ({ connector, handle, campaign, postId, variantId }: NamedFor): Decoration['words'] => ({
  network: connector,
  account: slugOf(handle),
  campaign: campaign === null ? alwaysOn : slugOf(campaign),
  post: shortId(postId),
  variant: shortId(variantId),
})

/** Letters and digits of any script, in lower case, joined by hyphens. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
  return plain
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .toWellFormed()
    .replace(/^-+|-+$/g, '')
}

/** The end of an id is its random part. One that is not known yet will be as long. */
const shortId = (id: string | null): string => id?.slice(-8) ?? '00000000'

// ── What stands against a link ──────────────────────────────────────────────────────────────────────────────────────

/** Links that readers will hardly be glad of. They are told, and go out as they are. */
export function linkIssues(draft: Draft, own: readonly string[], find: FindLinks = findLinks): Issue[] {
  return draft.segments.flatMap(({ text, link }, index) => [
    ...find(text).flatMap(({ url }) => issueOf(url, own, `segments.${index}.text`)),
    ...(link ? issueOf(link.url, own, `segments.${index}.link`) : []),
  ])
}

function issueOf(address: string, own: readonly string[], field: string): Issue[] {
  const fault = addressFault(address, own)
  if (fault !== 'credentials' && fault !== 'private') return []
  return [{ level: 'warning', code: `link.${fault}`, field, params: { host: new URL(address).host } }]
}
