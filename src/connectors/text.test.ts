// Counting, cutting and finding in texts of every script, in tables and as properties.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countText,
  findLinks,
  findMentions,
  findTags,
  measureText,
  measureUpTo,
  type TextUnit,
  truncateText,
  utf8Length,
  utf8Offsets,
} from './text.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

const family = '👨‍👩‍👧‍👦'
const flag = '🇩🇪'
const keycap = '1️⃣'
const zalgo = `a${'\u0301'.repeat(50)}`
const arabic = 'مرحبا'
const devanagari = 'नमस्ते'
const lone = '\ud83d'

describe('counting', () => {
  test.each([
    // text, graphemes, code points, UTF-16 units, UTF-8 bytes
    ['', 0, 0, 0, 0],
    ['abc', 3, 3, 3, 3],
    ['é', 1, 1, 1, 2],
    ['e\u0301', 1, 2, 2, 3],
    ['€', 1, 1, 1, 3],
    ['\r\n', 1, 2, 2, 2],
    ['a\r\n\r\nb', 4, 6, 6, 6],
    ['😀', 1, 1, 2, 4],
    [family, 1, 7, 11, 25],
    [flag, 1, 2, 4, 8],
    [`${flag}${flag}`, 2, 4, 8, 16],
    [keycap, 1, 3, 3, 7],
    ['👍🏽', 1, 2, 4, 8],
    [zalgo, 1, 51, 51, 101],
    [arabic, 5, 5, 5, 10],
    [lone, 1, 1, 1, 3],
    [`a${lone}b`, 3, 3, 3, 5],
    ['\udc00\ud83d', 2, 2, 2, 6],
  ])('%j', (text, graphemes, codePoints, units, bytes) => {
    expect(countText(text, 'graphemes')).toBe(graphemes)
    expect(countText(text, 'code-points')).toBe(codePoints)
    expect(countText(text, 'utf16')).toBe(units)
    expect(countText(text, 'bytes')).toBe(bytes)
  })

  test('Devanagari syllables are single graphemes', () => {
    expect(countText(devanagari, 'graphemes')).toBeLessThan(countText(devanagari, 'code-points'))
  })

  const anyText = fc.string({ unit: 'binary', maxLength: 60 })

  test('agrees with the platform for every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(countText(text, 'bytes')).toBe(new TextEncoder().encode(text).length)
        expect(countText(text, 'code-points')).toBe([...text].length)
        expect(countText(text, 'graphemes')).toBe([...new Intl.Segmenter().segment(text)].length)
      }),
    )
  })

  test('agrees with the platform for texts with lone surrogates', () => {
    const units = fc.array(fc.integer({ min: 0xd700, max: 0xe010 }), { maxLength: 40 })
    fc.assert(
      fc.property(units, (codes) => {
        const text = String.fromCharCode(...codes)
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
        expect(countText(text, 'code-points')).toBe([...text].length)
      }),
    )
  })

  test('a bound changes no result up to it', () => {
    fc.assert(
      fc.property(anyText, fc.nat(80), (text, limit) => {
        const exact = measureText(text, { unit: 'graphemes', urlLength: 23 })
        const bounded = measureUpTo(text, { unit: 'graphemes', urlLength: 23 }, limit)
        expect(bounded > limit).toBe(exact > limit)
        if (exact <= limit) expect(bounded).toBe(exact)
      }),
    )
  })
})

describe('counting as networks do', () => {
  const mastodon = { unit: 'graphemes', urlLength: 23, localMentions: true } as const

  test.each([
    ['https://example.org/', 23],
    [`see https://example.org/${'x'.repeat(500)} now`, 4 + 23 + 4],
    ['http://a.de', 23],
    ['example.org', 11],
    ['https://a.org and https://b.org', 23 + 5 + 23],
    ['@ada@example.org hi', 4 + 3],
    ['@ada hi', 7],
    ['https://example.org/@ada@other.example', 23],
    [`${family} @ada@example.org https://example.org`, 1 + 1 + 4 + 1 + 23],
    ['mail ada@example.org', 20],
  ])('%s', (text, expected) => expect(measureText(text, mastodon)).toBe(expected))
})

describe('byte offsets', () => {
  test('are those of the encoded text, in ascending or any order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const offset = utf8Offsets(text)
        let position = 0
        for (const char of text) {
          expect(offset(position)).toBe(new TextEncoder().encode(text.slice(0, position)).length)
          position += char.length
        }
        expect(offset(text.length)).toBe(utf8Length(text))
        expect(offset(0)).toBe(0)
      }),
    )
  })
})

describe('cutting', () => {
  test.each<[string, number, TextUnit, string]>([
    ['short', 5, 'graphemes', 'short'],
    ['longer text', 7, 'graphemes', 'longer…'],
    [`${family}${family}${family}`, 2, 'graphemes', `${family}…`],
    [`${flag}${flag}`, 1, 'graphemes', '…'],
    ['e\u0301e\u0301e\u0301', 2, 'graphemes', 'e\u0301…'],
    [`ab${family}`, 9, 'bytes', 'ab…'],
    ['äöü', 5, 'bytes', 'ä…'],
    ['äöü', 2, 'bytes', 'ä'],
    ['abc', 0, 'graphemes', ''],
    [arabic, 3, 'graphemes', 'مر…'],
  ])('%j to %i %s', (text, max, unit, expected) => expect(truncateText(text, max, unit)).toBe(expected))

  test('never exceeds the limit, never splits a grapheme, and keeps what fits', () => {
    const units = fc.constantFrom<TextUnit>('graphemes', 'code-points', 'utf16', 'bytes')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(40), units, (text, max, unit) => {
        const cut = truncateText(text, max, unit)
        expect(countText(cut, unit)).toBeLessThanOrEqual(max)
        if (countText(text, unit) <= max) expect(cut).toBe(text)
        const kept = cut.endsWith('…') && !text.startsWith(cut) ? cut.slice(0, -1) : cut
        expect(text.startsWith(kept)).toBe(true)
        const boundaries = new Set(
          [...new Intl.Segmenter().segment(text)].map(({ index }) => index).concat(text.length),
        )
        expect(boundaries.has(kept.length)).toBe(true)
      }),
    )
  })
})

describe('finding links', () => {
  test.each<[string, string[]]>([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://example.org/)', ['https://example.org/']],
    ['https://en.example.org/wiki/Run_(race)', ['https://en.example.org/wiki/Run_(race)']],
    ['(see https://en.example.org/Run_(race))', ['https://en.example.org/Run_(race)']],
    ['HTTPS://EXAMPLE.ORG', ['HTTPS://EXAMPLE.ORG']],
    ['“https://example.org”', ['https://example.org']],
    ['https://例え.example/道。', ['https://例え.example/道']],
    ['http://[2001:db8::1]/x', ['http://[2001:db8::1]/x']],
    ['https:// nothing', []],
    ['https://...', []],
    ['xhttps://example.org', []],
    ['ftp://example.org', []],
    ['https://a.org,https://b.org', ['https://a.org,https://b.org']],
    ['https://a.org\nhttps://b.org', ['https://a.org', 'https://b.org']],
    ['<https://a.org>', ['https://a.org']],
  ])('%s', (text, expected) => {
    expect(findLinks(text).map(({ url }) => url)).toEqual(expected)
    for (const { start, end, url } of findLinks(text)) expect(text.slice(start, end)).toBe(url)
  })
})

describe('finding mentions', () => {
  test.each<[string, [string, string | null][]]>([
    ['@ada', [['ada', null]]],
    ['hi @ada.example.org!', [['ada.example.org', null]]],
    ['hi @ada.', [['ada', null]]],
    ['@ada@example.org, hello', [['ada', 'example.org']]],
    ['(@ada)', [['ada', null]]],
    ['ada@example.org', []],
    [
      '@ada @ben',
      [
        ['ada', null],
        ['ben', null],
      ],
    ],
    ['https://example.org/@ada', []],
    ['@', []],
    ['@@ada', []],
    [`${family}@ada`, [['ada', null]]],
    ['@_x_', [['_x_', null]]],
  ])('%s', (text, expected) => {
    expect(findMentions(text).map(({ user, host }) => [user, host])).toEqual(expected)
    for (const { start, end, user, host } of findMentions(text)) {
      expect(text.slice(start, end)).toBe(host === null ? `@${user}` : `@${user}@${host}`)
    }
  })
})

describe('finding tags', () => {
  test.each<[string, string[]]>([
    ['#run', ['run']],
    ['#run-fast', ['run']],
    ['#run, #walk.', ['run', 'walk']],
    ['#2026', []],
    ['#marathon2026', ['marathon2026']],
    ['#über', ['über']],
    ['#ランニング', ['ランニング']],
    ['＃走る', ['走る']],
    ['#दौड़', ['दौड़']],
    ['#مرحبا', ['مرحبا']],
    ['a#b', []],
    ['##b', []],
    ['https://example.org/#part', []],
    ['&#39;', []],
    ['#e\u0301te', ['e\u0301te']],
  ])('%s', (text, expected) => {
    expect(findTags(text).map(({ tag }) => tag)).toEqual(expected)
    for (const { start, end, tag } of findTags(text)) expect(text.slice(start + 1, end)).toBe(tag)
  })
})

test('ranges lie in the text, ascend and do not overlap, whatever the text', () => {
  const part = fc.constantFrom(
    'https://',
    'http://a.b',
    '@',
    '#',
    'ab',
    ' ',
    '.',
    '(',
    ')',
    family,
    lone,
    '\u0301',
    arabic,
    '/',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const text = parts.join('')
      const links = findLinks(text)
      for (const ranges of [
        [...links, ...findMentions(text)],
        [...links, ...findTags(text)],
      ]) {
        ranges.sort((a, b) => a.start - b.start)
        let end = 0
        for (const range of ranges) {
          expect(range.start).toBeGreaterThanOrEqual(end)
          expect(range.end).toBeGreaterThan(range.start)
          end = range.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})

test.each([
  ['one address', `https://a.org/${'('.repeat(500_000)}${')'.repeat(500_000)}`],
  ['dots after an address', `https://a.org/${'.'.repeat(1_000_000)}`],
  ['at signs', '@a'.repeat(500_000)],
  ['mentions without end', `@${'a.'.repeat(500_000)}`],
  ['number signs', '#'.repeat(1_000_000)],
  ['schemes', 'https://'.repeat(125_000)],
  ['brackets after schemes', 'https://a) '.repeat(90_000)],
])('a million characters of %s are read in linear time', (_, text) => {
  const start = performance.now()
  findMentions(text)
  findTags(text)
  expect(performance.now() - start).toBeLessThan(hangs)
})
