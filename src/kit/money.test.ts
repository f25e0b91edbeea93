// Amounts as people type them: exact, and never guessed.

import { expect, test } from 'vitest'
import { amountFrom, amountText, moneyText } from './money.ts'

test.each([
  ['480', 'EUR', 48_000],
  ['480.5', 'EUR', 48_050],
  ['480,50', 'EUR', 48_050],
  ['1 234.50', 'EUR', 123_450],
  ["1'234.50", 'CHF', 123_450],
  ['0.1', 'EUR', 10],
  ['1.15', 'EUR', 115],
  ['500', 'JPY', 500],
  // A thousand to some, one and a bit to others.
  ['1,234', 'EUR', null],
  ['1.234', 'EUR', null],
  ['1,234.50', 'EUR', null],
  ['5.5', 'JPY', null],
  ['1e5', 'EUR', null],
  ['0x10', 'EUR', null],
  ['-3', 'EUR', null],
  ['', 'EUR', null],
])('%j in %s is %s', (text, currency, amount) => {
  expect(amountFrom(text, currency)).toBe(amount)
})

test.each([
  [123_450, 'EUR', '1234.50', '€1,234.50'],
  [500, 'JPY', '500', 'JP¥500'],
])('%i of %s reads as it is typed, and as it is shown', (amount, currency, typed, shown) => {
  expect(amountText(amount, currency)).toBe(typed)
  expect(amountFrom(typed, currency)).toBe(amount)
  expect(moneyText(amount, currency)).toBe(shown)
})
