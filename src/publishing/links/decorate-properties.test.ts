// What holds for links in texts of every kind: emoji, both directions of writing, Markdown, and punctuation where it hurts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../connectors/markdown.ts'
import { findMarkdownLinks } from '../../connectors/markdown-links.ts'
import { findLinks } from '../../connectors/text.ts'
import { decorate, decorateLink } from './decorate.ts'
import { decorated, saying, textOf, using } from './ground.testing.ts'

const around = fc.constantFrom(
  ...['', ' ', '\n', '(', ')', '.', ',', '!', '…', '»', '“', '"', '<', '>', '*', '_', '`', '[', ']', '](', '![', '|'],
  ...[
    '👩‍👩‍👧',
    '🏃🏽‍♀️',
    'שלום',
    'مرحبا',
    '\u200f',
    '\u202b',
    '日本',
    'ß',
    '#tag',
    '@user@host',
    '\ud800',
    '\\',
    '&amp;',
  ],
  ...['- ', '> ', '    ', '```\n', '# ', ' words and more '],
)
const host = fc.constantFrom(
  'example.org',
  'www.example.org',
  'bücher.example',
  'xn--bcher-kva.example',
  '[2606::1]',
  'localhost',
  '10.0.0.1',
  'go.example.net',
)
const tail = fc.constantFrom(
  '',
  '/',
  '/a',
  '/a_(b)',
  '/?x=1&y=%20',
  '/ü?ß#é',
  '/#/route?x',
  '?utm_source=me',
  '/a?',
  '/!*~',
  `/${'x'.repeat(3000)}`,
)
const address = fc
  .tuple(fc.constantFrom('https://', 'http://', 'HTTP://', 'ftp://', '//'), host, tail)
  .map((parts) => parts.join(''))
const anyText = fc
  .array(fc.oneof(around, address, fc.string({ maxLength: 5 })), { maxLength: 14 })
  .map((parts) => parts.join(''))
const anyRules = fc.record({
  utm: fc.boolean(),
  term: fc.constantFrom('', 'a', '{post}', 'Ä!', 'x.', '~_'),
  short: fc.boolean(),
  reach: fc.constantFrom('except' as const, 'only' as const),
  domains: fc.constantFrom<string[]>([], ['example.org']),
})

test('a hostile article is read in one go', () => {
  const text = '[https://a.example]('.repeat(20_000)
  expect(decorated(text, {}, findMarkdownLinks).length).toBeGreaterThanOrEqual(text.length)
})

describe.each([
  ['plain text', findLinks],
  ['Markdown', findMarkdownLinks],
])('in %s', (_, find) => {
  test('nothing but the addresses changes', () => {
    fc.assert(
      fc.property(anyText, anyRules, (text, rules) => {
        const decoration = using(rules)
        const [before, result] = [find(text), textOf(decorate(saying(text), decoration, find))]
        const pieces = before.map(({ start }, at) => text.slice(before[at - 1]?.end ?? 0, start))
        let expected = ''
        for (const [at, { start, end, url }] of before.entries()) {
          const next = decorateLink(url, decoration)
          expected += pieces[at]! + (next === url ? text.slice(start, end) : next)
        }
        expect(result).toBe(expected + text.slice(before.at(-1)?.end ?? 0))
      }),
      { numRuns: 500 },
    )
  })

  test('doing it twice is doing it once', () => {
    fc.assert(
      fc.property(anyText, anyRules, (text, rules) => {
        const decoration = using(rules)
        const once = decorate(saying(text), decoration, find)
        expect(decorate(once, decoration, find)).toEqual(once)
      }),
      { numRuns: 1000 },
    )
  })
})

test('an article looks the same afterwards, but for where its links lead', () => {
  const shown = (text: string) =>
    renderMarkdown(text, () => null)
      .map(({ html }) => html)
      .join('\n')
  fc.assert(
    fc.property(anyText, (text) => {
      const found = findMarkdownLinks(text)
      // Whether a star opens or ends an emphasis hangs on the sign before it, and the last one of an address may be another then.
      fc.pre(found.every(({ end }) => !/[*_~]/.test(text[end] ?? '')))
      const result = textOf(decorate(saying(text), using(), findMarkdownLinks))
      // Addresses that stand in the text themselves are shown with their parameters too.
      const bare = (html: string) => html.replaceAll(/[?&](amp;)?|utm_\w+=[\w%.-]*/g, '')
      expect(found.length > 0 || result === text).toBe(true)
      expect(bare(shown(result))).toBe(bare(shown(text)))
    }),
    { numRuns: 500 },
  )
})
