// What somebody said, without who they are and of whom they speak.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutNames } from './without-names.ts'

const known = { names: ['Mara van der Meer', 'nils'], handles: ['@mara.meer.example', 'nilsson_77'] }

test.each([
  ['I am Mara van der Meer, hello', 'I am [name], hello'],
  ['Best, Mara', 'Best, [name]'],
  ['mara here. It is Mara’s order', '[name] here. It is [name]’s order'],
  ['der Tisch van den Leuten', 'der Tisch van den Leuten'],
  ['Ask nils, not Nilsson', 'Ask [name], not Nilsson'],
  ['@lantern @mara.meer.example look', '[handle] [handle] look'],
  ['@a-b.example.org: hello', '[handle]: hello'],
  ['I write as nilsson_77 elsewhere', 'I write as [handle] elsewhere'],
  ['Write to m.meer@post.example or call +49 170 1234567.', 'Write to [address] or call [number].'],
  ['See https://pictures.example/mara/1. Nice?', 'See [link]. Nice?'],
  ['Order 4471902, twice', 'Order [number], twice'],
  ['IBAN DE89 3704 0044 0532 0130 00', 'IBAN [number]'],
  ['It took 20 minutes and 3 calls', 'It took 20 minutes and 3 calls'],
  ['Marathon and amaranth stay', 'Marathon and amaranth stay'],
])('“%s” is “%s”', (said, shown) => {
  expect(withoutNames(said, known)).toBe(shown)
})

test('a name is gone wherever it stands as a word, and doing it again changes nothing', () => {
  const words = fc.array(
    fc.constantFrom('Mara', 'Meer', 'nils', '@mara.meer.example', 'is', 'late,', 'again!', '[name]'),
  )
  fc.assert(
    fc.property(words, (given) => {
      const once = withoutNames(given.join(' '), known)
      expect(once).not.toMatch(/mara|meer|nils/i)
      expect(withoutNames(once, known)).toBe(once)
    }),
  )
})

test('a name with signs of patterns in it is a name', () => {
  expect(withoutNames('Hi (A.+B)* there', { names: ['(A.+B)*'], handles: [] })).toBe('Hi [name] there')
})
