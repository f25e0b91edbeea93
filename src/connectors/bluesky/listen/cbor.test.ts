// The binary form of records: what the specification says is read, and nothing that a stranger sends does harm.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CborError, findBlocks, readCbor } from './cbor.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

// Examples of RFC 8949, appendix A, as far as DAG-CBOR allows them.
test.each([
  ['00', 0],
  ['17', 23],
  ['18 64', 100],
  ['19 03e8', 1000],
  ['1a 000f4240', 1_000_000],
  ['1b 000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['38 63', -100],
  ['39 03e7', -1000],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['fb 3ff199999999999a', 1.1],
  ['60', ''],
  ['62 c3bc', 'ü'],
  ['64 f0908591', '\ud800\udd51'],
  ['80', []],
  ['83 01 82 02 03 82 04 05', [1, [2, 3], [4, 5]]],
  ['a0', {}],
  ['a2 61 61 01 61 62 82 02 03', { a: 1, b: [2, 3] }],
])('%s is %j', (hex, value) => {
  expect(readCbor(bytes(hex))).toEqual({ value, end: bytes(hex).length })
})

test.each([
  ['cut off', '62 61'],
  ['a length that nothing follows', '9b 00ffffffffffffff'],
  ['a text of two gigabytes', '7a 80000000'],
  ['lengths told later', '9f 01 ff'],
  ['another tag', 'c1 1a 514b67b0'],
  ['a key that is no text', 'a1 01 02'],
  ['a half number', 'f9 3c00'],
  ['nothing', ''],
  ['brackets without end', '81'.repeat(100_000)],
])('%s is refused', (_name, hex) => {
  expect(() => readCbor(bytes(hex))).toThrow(CborError)
})

test('a name that would change what an object is, is passed over', () => {
  const { value } = readCbor(bytes('a1 69 5f5f70726f746f5f5f a1 61 61 01'))
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(value).toEqual({})
})

test('whatever bytes come, they are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      for (const read of [
        () => readCbor(Buffer.from(noise)),
        () => findBlocks(Buffer.from(noise), [Buffer.alloc(36)]),
      ]) {
        try {
          read()
        } catch (error) {
          expect(error).toBeInstanceOf(CborError)
        }
      }
    }),
    { numRuns: 3_000 },
  )
})

test('blocks are found by their content id', () => {
  const cid = (fill: number) => Buffer.concat([bytes('01 71 12 20'), Buffer.alloc(32, fill)])
  const section = (id: Buffer, block: string) =>
    Buffer.concat([Buffer.from([id.length + block.length]), id, Buffer.from(block)])
  const head = Buffer.concat([Buffer.from([1]), bytes('a0')])
  const car = Buffer.concat([head, section(cid(1), 'one'), section(cid(2), 'two')])
  expect(findBlocks(car, [cid(2), cid(3), cid(1)]).map((block) => block?.toString() ?? null)).toEqual([
    'two',
    null,
    'one',
  ])
})
