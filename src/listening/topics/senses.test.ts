// Words of a query that may be said in another sense.

import { expect, test } from 'vitest'
import { heardOf } from '../mentions/test-mentions.ts'
import { readQuery } from './language/rules.ts'
import { sensesOf } from './senses.ts'

const query = (text: string) => {
  const reading = readQuery(text)
  if (!reading.ok) throw new Error(reading.error.code)
  return reading.query
}
const said = (text: string, times: number) =>
  Array.from({ length: times }, (_, index) => heardOf({ id: `${text} ${index}`, text }))

test('a word that much else is said with is common; one without company has other senses; a phrase has none', () => {
  const samples = [
    ...said('We had lunch', 8_000),
    ...said('An apple a day', 60),
    ...said('The kettle boils, said Harbour Outdoor', 2),
    ...said('The kettle boils', 28),
  ]
  expect(sensesOf(query('apple OR kettle OR "harbour outdoor" OR tent'), samples)).toEqual([
    { word: 'apple', sense: 'common', withWord: 60, withContext: 0 },
    { word: 'kettle', sense: 'other-senses', withWord: 30, withContext: 2 },
  ])
  expect(sensesOf(query('apple'), samples.slice(-100))).toEqual([])
})
