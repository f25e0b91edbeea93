// Texts are cut as the package of the encoder cuts them, and unknown signs are passed over.

import { describe, expect, test } from 'vitest'
import { loadEncoder } from './encoder.ts'
import { makePieces, piecesOf, unknown } from './pieces.ts'
import { mostPieces, prepare } from './prepare.ts'

const { pieces, vocabulary, run } = await loadEncoder()
const shown = (ids: number[]): string[] => ids.map((id) => vocabulary.pieces[id]?.[0] ?? `emoji ${id}`)

describe('a small vocabulary', () => {
  const small = makePieces({
    pieces: [
      ['?', 0],
      ['▁', -3],
      ['▁a', -2],
      ['b', -2],
      ['ab', -5],
      ['▁ab', -3],
      ['c', -3],
      ['bc', -5],
    ],
    reserved: 1,
    emoji: [],
    emojiFrom: 8,
  })
  test.each<[string, number[]]>([
    ['ab', [5]],
    ['abc', [5, 6]],
    ['a bc', [2, 1, 7]],
    ['axxb', [2, unknown, 3]],
    ['', []],
  ])('cuts "%s" the likeliest way', (text, ids) => {
    expect(piecesOf(small, text)).toEqual(ids)
  })
})

// Made once with the tokenizer of @energetic-ai/embeddings 0.2.0.
test.each<[string, number[]]>([
  ['The quick brown fox jumps over the lazy dog', [34, 2280, 3744, 1394, 152, 2009, 7, 132, 9, 6266, 959]],
  ['I love this phone, best camera ever!', [16, 241, 43, 825, 8, 237, 2019, 465, 78]],
  [
    'not good, not good at all... but the staff was VERY kind',
    [35, 129, 8, 35, 129, 38, 65, 91, 41, 9, 1702, 33, 7552, 505],
  ],
  ['antidisestablishmentarianism', [1531, 3175, 281, 1112, 2873, 284, 3619, 639]],
  ['café naïve', [976, 209, 1133, 1216, 0, 105]],
  ["don't can't won't", [101, 13, 17, 42, 13, 17, 458, 13, 17]],
  ['10:30 and 3.50', [320, 4177, 12, 1766, 1019]],
  ['a', [11]],
  ['Hello  world', [341, 4125, 30, 311]],
  ['#BestDay @user', [1833, 190, 281, 150, 1338, 2330, 298, 46]],
  ['Supercalifragilistic :)', [2331, 2817, 928, 276, 143, 233, 2098, 658]],
])('"%s" is cut as the package does', (text, ids) => {
  expect(piecesOf(pieces, text)).toEqual(ids)
})

test('names, addresses, tags, capitals and emoji are prepared', () => {
  const found = shown(prepare(pieces, '@ann LOVED it!!!!! https://example.org #BestDay 😂 sooooo'))
  const text = found.join('').replaceAll('▁', ' ')
  expect(text).toContain('@user loved it!!!')
  expect(text).toContain('Best Day')
  expect(text).toContain('soo')
  expect(text).not.toContain('example')
  expect(text).toMatch(/emoji \d+/)
})

test('nothing to read is a point, and a long text is cut', () => {
  expect(prepare(pieces, '')).toEqual(prepare(pieces, '☃☃ https://example.org'))
  expect(prepare(pieces, 'word '.repeat(500))).toHaveLength(mostPieces)
})

test('equal texts score equal, whatever was read before', () => {
  const first = run('I like it')
  run('something much longer that fills the memory of the program with other numbers, again and again')
  expect(run('I like it')).toEqual(first)
})
