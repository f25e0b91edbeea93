// Arrays as bytes arrive as the values that they were made of.

import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import { days, instants, integers, smallints, texts, uuids } from './arrays.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

/** What the server has of them, as JSON. */
async function seen(array: RawBuilder<unknown>): Promise<unknown> {
  const found = await sql<{ values: unknown }>`select to_jsonb(${array}) as values`.execute(database.db)
  return found.rows[0]!.values
}

const kinds: [string, fc.Arbitrary<unknown>, (values: never[]) => RawBuilder<unknown>, (value: never) => unknown][] = [
  ['ids', fc.uuid(), uuids, (value) => value],
  ['integers', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), integers, (value) => value],
  ['small ones', fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }), smallints, (value) => value],
  [
    'texts',
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '').toWellFormed()),
    texts,
    (value) => value,
  ],
  [
    'instants',
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    instants,
    (value: Date) => value.getTime(),
  ],
  [
    'days',
    fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    days,
    (value) => value,
  ],
]

for (const [name, one, make, plain] of kinds)
  test(`${name} arrive as they are, and null as null`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(one), { maxLength: 40 }), async (values) => {
        const found = (await seen(make(values as never[]))) as unknown[]
        const back = name === 'instants' ? found.map((text) => text && Date.parse(text as string)) : found
        expect(back).toEqual(values.map((value) => (value === null ? null : plain(value as never))))
      }),
      { numRuns: 60 },
    )
  })

test('what is no id is refused before it is sent', () => {
  for (const wrong of ['', 'nobody', '00000000-0000-4000-8000-00000000000', '00000000-0000-4000-8000-0000000000000'])
    expect(() => uuids([wrong])).toThrow('no id')
})
