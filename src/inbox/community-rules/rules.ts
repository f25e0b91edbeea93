// Says which rules of a community a comment seems to break, and why. It only suggests: people decide. Pure.

import { findLinks } from '../../connectors/text.ts'
import type { BrokenRule, CommunityRules } from './types.ts'

export interface Comment {
  text: string
  intent: string | null
  sentiment: number | null
}

export interface Broken {
  rule: BrokenRule
  /** In a sentence, for whoever decides. */
  reason: string
}

/** In the order of the rules. */
export function brokenBy(comment: Comment, rules: CommunityRules): Broken[] {
  const found = [
    rules.mostLinks === null ? null : tooManyLinks(comment, rules.mostLinks),
    rules.emptyPraise ? emptyPraise(comment) : null,
    rules.promotion ? promotion(comment) : null,
    ...rules.own.map((own) => ownRule(comment, own)),
  ]
  return found.filter((each) => each !== null)
}

const linksIn = (text: string): number => new Set(findLinks(text).map(({ url }) => url)).size

function tooManyLinks({ text }: Comment, most: number): Broken | null {
  const found = linksIn(text)
  if (found <= most) return null
  const allowed = most === 0 ? 'none is allowed' : `at most ${most} ${most === 1 ? 'is' : 'are'} allowed`
  return { rule: 'links', reason: `${found} ${found === 1 ? 'link' : 'links'}; ${allowed}` }
}

/** Praise in more words mostly says of what. */
const mostEmptyWords = 5
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? []

function emptyPraise({ text, intent, sentiment }: Comment): Broken | null {
  const praises = intent === 'praise' || (intent === null && sentiment === 1)
  const words = wordsIn(text).length
  if (!praises || words > mostEmptyWords || /[?？؟]/.test(text) || linksIn(text) > 0) return null
  return {
    rule: 'empty-praise',
    reason:
      words === 0
        ? 'Praise without a word'
        : `Praise in ${words} ${words === 1 ? 'word' : 'words'}, and nothing of what`,
  }
}

/** What sellers say, in the languages in which they mostly say it. */
const selling = [
  ...[
    'buy now',
    'promo code',
    'coupon',
    '% off',
    'discount',
    'free shipping',
    'check out my',
    'follow me',
    'my channel',
    'my shop',
  ],
  ...[
    'jetzt kaufen',
    'rabatt',
    'gutschein',
    'mein shop',
    'code promo',
    'remise',
    'ma boutique',
    'descuento',
    'cupón',
    'mi tienda',
  ],
  ...['sconto', 'il mio negozio', 'kortingscode', 'desconto', 'minha loja'],
]

function promotion({ text, intent }: Comment): Broken | null {
  if (intent === 'spam') return { rule: 'promotion', reason: 'It reads like promotion' }
  const said = selling.find((phrase) => occursIn(text, phrase))
  return said && linksIn(text) > 0 ? { rule: 'promotion', reason: `“${said}” beside a link` } : null
}

function ownRule({ text }: Comment, { text: rule, words }: CommunityRules['own'][number]): Broken | null {
  const said = words.find((word) => occursIn(text, word))
  return said ? { rule: 'own', reason: `“${said}”: ${rule}` } : null
}

/** As whole words, whatever their case. */
function occursIn(text: string, phrase: string): boolean {
  const [lower, sought] = [text.toLowerCase(), phrase.toLowerCase()]
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(lower.charAt(at))
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
    const [first, last] = [/^[\p{L}\p{N}]/u.test(sought), /[\p{L}\p{N}]$/u.test(sought)]
    if (!(first && isLetter(at - 1)) && !(last && isLetter(at + sought.length))) return true
  }
  return false
}
