// Durations and shares as people read them.

import { expect, test } from 'vitest'
import { daysText, durationText, percentText } from './stock-words.ts'

test.each([
  [0, 'nothing ready'],
  [0.4, 'less than a day'],
  [1, '1 day'],
  [4.9, '4 days'],
  [61, 'more than 60 days'],
])('%d days', (days, words) => expect(daysText(days)).toBe(words))

test.each([
  [1, '1 minute'],
  [80, '80 minutes'],
  [180, '3 hours'],
  [19.75 * 60, '20 hours'],
  [8.8 * 1440, '8.8 days'],
  [60 * 1440, '60 days'],
  [3.75 * 30.44 * 1440, '3.8 months'],
  [2 * 365.25 * 1440, '2 years'],
])('%d minutes', (minutes, words) => expect(durationText(minutes)).toBe(words))

test.each([
  [0, '0 %'],
  [0.001, 'under 1 %'],
  [0.256, '26 %'],
])('%d', (share, words) => expect(percentText(share)).toBe(words))
