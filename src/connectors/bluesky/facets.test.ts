// Facets are byte ranges into UTF-8; one byte off breaks the text on every screen.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facetsOf, mentionedHandles } from './facets.ts'

const family = '👨‍👩‍👧‍👦'
const dids = new Map([
  ['ana.example.org', 'did:plc:ana'],
  ['bo.test', 'did:plc:bo'],
])

/** What a reader sees marked, cut out by bytes as clients do. */
function marked(text: string): [string, string][] {
  const bytes = Buffer.from(text, 'utf8')
  return facetsOf(text, dids).map(({ index, features: [feature] }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString('utf8'),
    feature?.uri ?? feature?.did ?? feature?.tag ?? '',
  ])
}

describe('facetsOf', () => {
  it.each<[string, [string, string][]]>([
    ['nothing to mark', []],
    ['see https://example.org/a?b=c#d.', [['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d']]],
    ['(https://example.org/a_(b))', [['https://example.org/a_(b)', 'https://example.org/a_(b)']]],
    [`${family} @ana.example.org`, [['@ana.example.org', 'did:plc:ana']]],
    ['@Ana.Example.org!', [['@Ana.Example.org', 'did:plc:ana']]],
    ['hi @bo.test.', [['@bo.test', 'did:plc:bo']]],
    ['hi @bo.test_x and @bo and @nobody.test', []],
    ['mail to ana@bo.test, or @ana@bo.test', []],
    [
      `${family} #Läufe, #跑步 and #2026`,
      [
        ['#Läufe', 'Läufe'],
        ['#跑步', '跑步'],
      ],
    ],
    ['https://example.org/#part-of-it', [['https://example.org/#part-of-it', 'https://example.org/#part-of-it']]],
    ['#https://example.org/', [['https://example.org/', 'https://example.org/']]],
    ['https://example.org/@bo.test', [['https://example.org/@bo.test', 'https://example.org/@bo.test']]],
    [`#${'x'.repeat(64)} #${'y'.repeat(65)}`, [[`#${'x'.repeat(64)}`, 'x'.repeat(64)]]],
  ])('%s', (text, expected) => {
    expect(marked(text)).toEqual(expected)
  })

  it('cuts out exactly what was written, in order and without overlap, in any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        ' ',
        '\n',
        family,
        '@bo.test',
        '#tag',
        '#Ä',
        'https://example.org/ä?x=1',
        '🇩🇪',
        '#',
        '@',
        'é',
        '\u200d',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('').toWellFormed()
        const bytes = Buffer.from(text, 'utf8')
        let end = 0
        for (const { index, features } of facetsOf(text, dids)) {
          expect(index.byteStart).toBeGreaterThanOrEqual(end)
          end = index.byteEnd
          const slice = bytes.subarray(index.byteStart, end).toString('utf8')
          // A cut inside a character would show as a replacement character that the text does not hold.
          expect(text).toContain(slice)
          const { uri, did, tag }: Record<string, string> = features[0]!
          if (uri) expect(slice).toBe(uri)
          if (tag) expect(slice.slice(1)).toBe(tag)
          if (did) expect(slice.toLowerCase()).toBe('@bo.test')
        }
      }),
    )
  })
})

describe('mentionedHandles', () => {
  it('names each handle once, in lower case', () => {
    expect(mentionedHandles('@Bo.test and @bo.TEST and @ana.example.org')).toEqual(['bo.test', 'ana.example.org'])
  })

  it('knows what is no handle', () => {
    expect(mentionedHandles(`@bo @1.2 @-a.test @a_b.test @${'a'.repeat(64)}.test @bo@host.test`)).toEqual([])
  })
})
