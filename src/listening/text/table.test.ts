// A table comes back from its file as it was, and a damaged or foreign file is refused.

import { expect, test } from 'vitest'
import { indexTable, packTable, placeOf, type Table, unpackTable } from './table.ts'

const table: Table = {
  columns: 2,
  tasks: [
    { name: 'mood', kind: 'one-of', labels: ['good', 'bad'], column: 0, languages: ['en'], thresholds: [0.5, 0.5] },
  ],
  keys: Uint32Array.from([3, 70_000, 4_000_000_000]),
  weights: Int8Array.from([1, -1, 127, -127, 0, 5]),
  scale: Float32Array.from([0.5, 0.25]),
  bias: Float32Array.from([0, -1]),
  style: new Float32Array(76).fill(0.125),
  lexicon: { valence: new Map([[9, -2.5]]), opinion: new Map([[9, -1]]) },
}

test('a table is read as it was written, and the same table gives the same bytes', () => {
  const file = packTable(table)
  expect(unpackTable(file)).toEqual(table)
  expect(packTable(unpackTable(file)).equals(file)).toBe(true)
})

test('a file with one byte changed is refused', () => {
  const file = packTable(table)
  file[20]! ^= 1
  expect(() => unpackTable(file)).toThrow(/damaged/)
})

test('a file of another version is refused by name', () => {
  const file = packTable(table)
  file.write('9', 9)
  expect(() => unpackTable(file)).toThrow(/not of version/)
})

test('every key is found with its weights, others are not', () => {
  const columns = 3
  const keys = Uint32Array.from({ length: 5_000 }, (_, at) => at * 850_007 + 1)
  const weights = Int8Array.from({ length: keys.length * columns }, (_, at) => (at * 31) % 255)
  const index = indexTable({ keys, weights, columns })
  for (let row = 0; row < keys.length; row++) {
    const place = placeOf(index, keys[row]!)
    expect(index.weights.subarray(place, place + columns)).toEqual(weights.subarray(row * columns, (row + 1) * columns))
  }
  for (let other = 0; other < 5_000; other++) expect(placeOf(index, other * 850_007 + 2)).toBe(-1)
})
