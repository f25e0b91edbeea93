// Posts and queries at random, of few words in many scripts, so that they meet often and in every manner.

import fc from 'fast-check'
import type { HeardKind, HeardMedia } from '../../../../connectors/listen.ts'
import type { Said } from '../index/sighting.ts'

// Spellings that are nearly each other stand together on purpose.
const words = [
  ...['acme', 'Acme', 'ACME', 'ＡＣＭＥ', "Acme's", 'Acme’s', 'acmeology', 'acm', '𝐀cme', 'ac\u00adme'],
  ...['résumé', 'resume', 're\u0301sume\u0301', 'RÉSUMÉ', 'Straße', 'STRASSE', 'strasse', 'łódź', 'Lodz', 'ŁÓDŹ'],
  ...['smørrebrød', 'smorrebrod', 'İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul', 'ΣΟΦΟΣ', 'σοφος', 'σοφός', 'ёлка', 'елка'],
  ...['new', 'york', 'New', 'York', 'the', 'a', 'not', 'and', 'OR', "don't", 'rock’n’roll', "l'Oréal", 'oreal'],
  ...['東京', '東京タワー', 'タワー', '京', 'か\u3099', 'が', '삼성', '삼성이', 'สวัสดี', 'สวัส', 'ភាសា', '新品'],
  ...['مرحبا', 'مَرْحَبًا', 'مرحـــبا', 'إسلام', 'اسلام', 'שלום', 'שָׁלוֹם', 'हिन्दी', 'ज़रा', 'जरा', 'می\u200cروم', 'میروم', '٣٥', '35'],
  ...['👍', '👍🏽', '❤️', '❤', '👩‍👩‍👧', '🇩🇪', '🇩', '1️⃣', ':)', ':-D', '<3', '3.5', '1,000', '2nd', 'co₂', '½'],
] // biome-ignore format: rows
const tags = ['#acme', '#Acme', '#launch2026', '#Launch', '#résumé', '#जन्मदिन', '＃東京', '#1', '#a_b']
const names = ['@acme', '@Acme', '@acme@social.example', '@acme.example.org', '@ann-b', '@a', 'me@example.org']
const hosts = ['acme.example', 'shop.acme.example', 'notacme.example', 'münchen.example', 'xn--mnchen-3ya.example']
const paths = ['', '/', '/shop', '/shop/shoes?x=1', '/shopping', '?q=acme', '#acme', ':8080/shop']
const links = hosts.flatMap((host) => paths.map((path) => `https://${host}${path}`))
const kinds: HeardKind[] = ['post', 'reply', 'quote', 'repost', 'article']
const media: HeardMedia[] = ['image', 'video', 'audio']
const people = ['did:plc:abc', 'acme', 'Acme@social.example', '@acme.example.org', 'annb']
const languages = ['en', 'en-GB', 'de', 'pt-BR', 'EN']
const sources = ['stream', 'Feeds', 'search']
const placesOf = ['Berlin', 'New York, NY', 'berlin mitte', 'NEW YORK', '東京']

const piece = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...tags) },
  { weight: 2, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.constantFrom(...links) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
)
const separator = fc.oneof(
  { weight: 8, arbitrary: fc.constant(' ') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', ', ', '. ', '-', '\n', ' & ', '!!! ', '/', '"', '(', ')', "'", '’', '@', '#'),
  },
)

export const texts: fc.Arbitrary<string> = fc
  .array(fc.tuple(piece, separator), { maxLength: 14 })
  .map((all) => all.flat().join(''))

export const posts: fc.Arbitrary<Said> = fc.record({
  title: fc.option(texts, { freq: 3 }),
  text: texts,
  kind: fc.constantFrom(...kinds),
  author: fc.option(
    fc
      .tuple(fc.constantFrom(...people), fc.option(fc.constantFrom(...people)))
      .map(([id, handle]) => ({ id, handle, name: null, url: null, followers: null })),
    { freq: 5 },
  ),
  languages: fc.subarray(languages, { maxLength: 2 }),
  media: fc.subarray(media, { maxLength: 2 }),
  links: fc.array(fc.constantFrom(...links), { maxLength: 2 }),
  place: fc.option(fc.constantFrom(...placesOf)),
  sources: fc.subarray(sources, { minLength: 1, maxLength: 2 }),
})

const lead = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom('=', 'case:', 'accents:') },
)
const single = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...tags) },
  { weight: 2, arbitrary: fc.constantFrom(...names) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'acm*',
      'res*',
      'RÉS*',
      '#acm*',
      '#lau*',
      '@acm*',
      '@acme@soc*',
      'str*',
      'مرح*',
      'ΣΟΦ*',
      "acme's*",
    ),
  },
)
const quoted = fc
  .array(fc.oneof(single, separator), { minLength: 1, maxLength: 4 })
  .map((all) => `"${all.join(' ').replace(/["“”]/gu, '')}"`)
const term = fc
  .tuple(lead, fc.oneof({ weight: 3, arbitrary: single.map((each) => `"${each}"`) }, { weight: 2, arbitrary: quoted }))
  .map((both) => both.join(''))
const terms = fc.array(term, { minLength: 1, maxLength: 3 }).map((all) => `(${all.join(' OR ')})`)
const field = fc.oneof(
  fc.constantFrom(...people).map((value) => `author:${value}`),
  fc.constantFrom(...hosts, 'acme.example/shop', 'example', 'acme.example/shop/shoes').map((value) => `link:${value}`),
  fc.constantFrom('en', 'en-gb', 'pt', 'de').map((value) => `lang:${value}`),
  fc.constantFrom(...sources).map((value) => `source:${value}`),
  fc.constantFrom('image', 'video', 'media', 'link', 'audio').map((value) => `has:${value}`),
  fc.constantFrom(...kinds).map((value) => `kind:${value}`),
  fc.constantFrom('berlin', 'new york', 'york ny', '東').map((value) => `place:"${value}"`),
)
const near = fc.tuple(terms, fc.integer({ min: 0, max: 6 }), terms).map(([a, n, b]) => `(${a} NEAR/${n} ${b})`)

/** Queries as people could write them; some are refused. */
export const queries: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: term },
    { weight: 2, arbitrary: field },
    { weight: 2, arbitrary: near },
    { weight: 3, arbitrary: joined(tie('query'), ' ') },
    { weight: 3, arbitrary: joined(tie('query'), ' OR ') },
    { weight: 2, arbitrary: fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} NOT ${b})`) },
  ),
})).query

function joined(query: fc.Arbitrary<string>, by: string): fc.Arbitrary<string> {
  return fc.array(query, { minLength: 2, maxLength: 3 }).map((all) => `(${all.join(by)})`)
}
