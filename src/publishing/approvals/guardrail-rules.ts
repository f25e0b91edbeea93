// What guardrails see in a post: links, sums of money, names, words, its time and how many accounts it goes to.

import type { Draft } from '../../connectors/contract.ts'
import { findLinks } from '../../connectors/text.ts'
import { wallOf } from '../times.ts'
import type { Finding, GuardrailKind, GuardrailSettings } from './types.ts'

export interface Guardrail {
  id: string
  name: string
  kind: GuardrailKind
  settings: GuardrailSettings
  /** Empty: all accounts. */
  accountIds: string[]
  laneId: string
}

export interface Looked {
  accountId: string
  words: Draft
  /** When it is planned; null: not yet. */
  dueAt: Date | null
  /** To how many accounts the post goes. */
  accounts: number
  /** Whether Longrun has published anything on this account before. */
  firstPost: boolean
}

/** Every match, each guardrail once an account, with what it found: `“$4 million”`. */
export function findingsOf(guardrails: Guardrail[], looked: Looked): Finding[] {
  return guardrails
    .filter(({ accountIds }) => accountIds.length === 0 || accountIds.includes(looked.accountId))
    .flatMap((guardrail) => {
      const match = matchOf(guardrail, looked)
      if (match === null) return []
      const { id, name, kind, laneId } = guardrail
      return [{ guardrailId: id, name, kind, match, accountId: looked.accountId, laneId }]
    })
}

function matchOf({ kind, settings }: Guardrail, looked: Looked): string | null {
  switch (kind) {
    case 'domain-listed':
      return (
        domainsOf(looked.words).find((domain) => isListed(domain, settings.list)) ??
        bareDomainIn(textOf(looked.words), settings.list)
      )
    case 'domain-not-listed':
      return domainsOf(looked.words).find((domain) => !isListed(domain, settings.list)) ?? null
    case 'money':
      return moneyIn(textOf(looked.words)) ?? wordIn(textOf(looked.words), settings.list)
    case 'competitors':
    case 'words':
      return wordIn(textOf(looked.words), settings.list)
    case 'quiet-period':
      return quietDay(settings, looked.dueAt)
    case 'first-post':
      return looked.firstPost ? '' : null
    case 'many-accounts':
      return looked.accounts > (settings.most ?? 1) ? String(looked.accounts) : null
  }
}

/** Everything of a draft that people read, in one text. Invisible signs, which could hide a word, are taken out. */
export function textOf(draft: Draft): string {
  const parts = [
    draft.title,
    draft.excerpt,
    ...draft.segments.flatMap(({ text, media, link }) => [
      text,
      ...media.map(({ alt }) => alt),
      ...(link ? [link.title, link.description, link.url] : []),
    ]),
    draft.firstComment,
    draft.featured?.alt,
    ...(draft.tags ?? []),
  ]
  return plain(parts.filter((part) => part !== undefined && part !== '').join('\n'))
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')

// ── Links ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Addresses without a scheme, which networks turn into links all the same. */
const bareLink = /(?<![\p{L}\p{N}@/._-])(?:www\.)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,24})(?=[/:?#]\S)/giu
const bareWww = /(?<![\p{L}\p{N}@/._-])www\.((?:[\p{L}\p{N}-]+\.)+\p{L}{2,24})/giu

export function domainsOf(draft: Draft): string[] {
  const text = textOf(draft)
  const named = findLinks(text).flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).hostname] : []))
  const bare = [...text.matchAll(bareLink), ...text.matchAll(bareWww)].map((match) => match[1]!)
  return [...new Set([...named, ...bare].map(bareDomain))]
}

/** A listed domain that stands there as a mere word: which words are links is not guessed where the domain is known. */
function bareDomainIn(text: string, list: string[]): string | null {
  for (const host of list.map(hostIn)) {
    if (!host.includes('.')) continue
    const body = host.replaceAll(/[\\^$.|?+()[\]{}*/]/g, '\\$&')
    const found = new RegExp(
      `(?<![\\p{L}\\p{N}@._-])(?:[\\p{L}\\p{N}-]{1,63}\\.){0,4}${body}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`,
      'iu',
    ).exec(text)
    if (found) return found[0].toLowerCase()
  }
  return null
}

const bareDomain = (domain: string): string =>
  domain
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^(?:\*|www)\./, '')

/** A listed domain stands for what is below it too. */
function isListed(domain: string, list: string[]): boolean {
  return list.map(hostIn).some((listed) => domain === listed || domain.endsWith(`.${listed}`))
}

/** What a person wrote into the list: a domain, or a whole address. */
const hostIn = (entry: string): string => {
  const address = /^https?:\/\//i.test(entry) ? entry : `https://${entry}`
  return bareDomain(URL.canParse(address) ? new URL(address).hostname : entry)
}

// ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const currency =
  '(?:[$€£¥₹₽₩₺₪]|(?:US|A|C|HK)\\$|(?:USD|EUR|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|INR|AUD|CAD)(?![\\p{L}\\p{N}]))'
const currencyWord = '(?:dollars?|euros?|pounds?|francs?|yen|cents?|kronor|kroner)(?![\\p{L}\\p{N}])'
// Bounded: a text made of nothing but numbers must not keep the server busy.
const amount = "\\d[\\d.,'’\\u00a0\\u202f]{0,40}(?:\\s\\d{3}){0,8}"
const scale = '(?:\\s?(?:thousand|million|billion|trillion|tsd|mio|mrd|bn|mn|m|k)(?![\\p{L}\\p{N}])\\.?)'
const money = new RegExp(
  `(?<![\\p{L}\\p{N}])${currency}\\s?${amount}${scale}?|(?<![\\p{L}\\p{N}.,])${amount}${scale}?\\s?(?:${currency}|${currencyWord})`,
  'iu',
)

/** The first sum of money, as it stands there. */
export const moneyIn = (text: string): string | null =>
  money
    .exec(text)?.[0]
    .trim()
    .replace(/[.,]+$/, '') ?? null

/** The first whole word or phrase of the list, as it stands in the text. */
export function wordIn(text: string, list: string[]): string | null {
  for (const entry of list) {
    const wanted = plain(entry).trim()
    // A list made of stars alone would match everything.
    if (!/[^*\s]/.test(wanted)) continue
    const found = patternOf(wanted).exec(text)
    if (found) return found[0]
  }
  return null
}

/** Not a regular expression of the person's own: some of those would keep the server busy for hours. */
function patternOf(entry: string): RegExp {
  const body = entry
    .replaceAll(/\*+/g, '*')
    .split('*')
    .slice(0, 4)
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}/]/g, '\\$&').replaceAll(/\s+/g, '\\s+'))
    .join('[\\p{L}\\p{N}]{0,40}')
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'iu')
}

// ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Quiet periods that a time lies in, for whoever plans before there are words. */
export const quietOf = (
  guardrails: Guardrail[],
  { dueAt, accountIds }: { dueAt: Date; accountIds: string[] },
): { name: string; days: string }[] =>
  guardrails.flatMap(({ kind, name, settings, accountIds: of }) => {
    const holds = of.length === 0 || of.some((id) => accountIds.includes(id))
    const days = kind === 'quiet-period' && holds ? quietDay(settings, dueAt) : null
    return days === null ? [] : [{ name, days }]
  })

/** “2026-11-02 to 2026-11-16”, when it is planned for one of those days. */
function quietDay({ from, to, zone }: GuardrailSettings, dueAt: Date | null): string | null {
  if (!from || !to || !dueAt) return null
  const day = wallOf(dueAt, zone ?? 'UTC').slice(0, 10)
  return day >= from && day <= to ? `${from} to ${to}` : null
}
