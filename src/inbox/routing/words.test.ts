// The line that says why: words as they were asked for, and no ids.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { becauseLine } from './words.ts'

const because = (held: string[]) => ({ ruleId: newId(), name: 'Refunds', held })

test('a rule, and what of it held', () => {
  expect(becauseLine(because([]))).toBe('Refunds')
  expect(becauseLine(because(['words: refund*', 'language: es']))).toBe('Refunds (words: refund*, language: es)')
  expect(becauseLine(because([`account: ${newId()}`, 'words: refund']))).toBe('Refunds (account, words: refund)')
})
