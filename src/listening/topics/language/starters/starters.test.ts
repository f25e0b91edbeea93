// Beginnings and other spellings, as a new person meets them.

import { expect, test } from 'vitest'
import { formText } from '../form/rules.ts'
import { senseOf, starterForm, variantsOf } from './rules.ts'

test('each kind begins with what is known', () => {
  expect(
    formText(starterForm('brand', { name: 'Blue Bottle', site: 'https://www.bluebottle.example/', handle: 'blue' })),
  ).toBe('("Blue Bottle" OR link:bluebottle.example OR @blue)')
  expect(formText(starterForm('product', { name: 'Air', brand: 'Acme' }))).toBe('(Air) NEAR/12 (Acme)')
  expect(formText(starterForm('industry', { name: 'espresso, flat white' }))).toBe('(espresso OR "flat white")')
})

test('other spellings are those that the language does not find anyway', () => {
  const items = (name: string) => variantsOf(name).map(({ item }) => item)
  expect(items('Blue Bottle')).toEqual(['BlueBottle'])
  expect(items('YouTravel')[0]).toBe('You Travel')
  expect(items('Zapatto')).toEqual(expect.arrayContaining(['Zapattos', 'zapato', 'zaptato']))
  expect(items('Zapatto').length).toBeLessThanOrEqual(8)
  expect(items('東京')).toEqual([])
  expect(items('#launch')).toEqual([])
  expect(items('')).toEqual([])
})

test('a word of other senses is told by the sample', () => {
  expect(senseOf({ sampled: 10_000, withWord: 300, withContext: 200 })).toBe('common')
  expect(senseOf({ sampled: 10_000, withWord: 40, withContext: 3 })).toBe('other-senses')
  expect(senseOf({ sampled: 10_000, withWord: 40, withContext: 30 })).toBeNull()
  expect(senseOf({ sampled: 100, withWord: 40, withContext: 0 })).toBeNull()
})
