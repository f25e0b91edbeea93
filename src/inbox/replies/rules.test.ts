// What a saved reply becomes, and how much of it a person made their own.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedWords, fill, leftToChange, putIn, unknownIn, variablesIn } from './rules.ts'
import { type VariableFacts, variables } from './types.ts'

const facts: VariableFacts = {
  'contact.name': 'Ann Bee',
  'contact.first-name': 'Ann',
  'me.name': 'Cy Dee',
  'me.first-name': 'Cy',
  'account.name': 'Harbour',
  'department.name': null,
  subject: ' ',
  post: null,
}

describe('variables', () => {
  test('are filled, and what is not known is named and stays to be seen', () => {
    expect(fill('Dear {{contact.name}}, {{ Me.Name }} of {{department.name}} on {{subject}}', facts)).toEqual({
      text: 'Dear Ann Bee, Cy Dee of {{department.name}} on {{subject}}',
      empty: ['department.name', 'subject'],
    })
  })

  test('that nobody knows are told apart from those that are', () => {
    expect(unknownIn('{{contact.nmae}} {{contact.name}} {{ post }} {single} {{}}')).toEqual(['contact.nmae'])
    expect(variablesIn('{{post}} {{POST}}')).toEqual(['post'])
    expect(unknownIn(variables.map((name) => `{{${name}}}`).join(' '))).toEqual([])
  })

  test('of a name are words of somebody else: what stands in them is not filled again', () => {
    expect(fill('{{contact.name}}', { ...facts, 'contact.name': '{{me.name}} $&' }).text).toBe('{{me.name}} $&')
  })
})

test('words come where the writer is, with an empty line around them', () => {
  expect(putIn('', 'Hello', 0)).toBe('Hello')
  expect(putIn('Dear Ann,', 'Hello', 99)).toBe('Dear Ann,\n\nHello')
  expect(putIn('Dear Ann, Bye', 'Hello', 9)).toBe('Dear Ann,\n\nHello\n\nBye')
})

describe('how much a person changed', () => {
  test.each([
    ['Your parcel is late', 'Your parcel is late', 4, 0],
    ['Your parcel is late', '  your PARCEL, is – late! ', 4, 0],
    ['Your parcel is late', 'Your kettle is late', 4, 1],
    ['Your parcel is late', 'Ann, your parcel is late', 4, 1],
    ['Your parcel is late', 'Your parcel', 4, 2],
    ['Your parcel is late', 'Sorry', 4, 4],
    ['Your parcel is late', '', 4, 4],
    ['', 'Mine alone', 0, 2],
    ['お荷物は遅れています', 'お荷物は届きました', 0, 0],
  ])('%j → %j', (draft, text, words, changed) => {
    const found = changedWords(draft, text)
    if (words > 0 || draft === '') expect(found).toEqual({ words, changed })
    // Scripts without spaces are cut into words all the same.
    else expect(found.words > 2 && found.changed > 0 && found.changed < found.words).toBe(true)
  })

  test('is nothing for the same words, the same both ways, and never more than all of them', () => {
    const text = fc
      .array(fc.constantFrom('one', 'two', 'three', 'four'), { maxLength: 12 })
      .map((each) => each.join(' '))
    const count = (words: string) => words.split(' ').filter(Boolean).length
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(changedWords(a, a).changed).toBe(0)
        expect(changedWords(a, b).changed === 0).toBe(a === b)
        expect(changedWords(a, b).changed).toBeLessThanOrEqual(Math.max(count(a), count(b)) * 2)
        expect(changedWords(a, b).changed).toBeGreaterThanOrEqual(Math.abs(count(a) - count(b)))
      }),
    )
  })

  test('is told of long texts too, without looking for the very best way from one to the other', () => {
    const long = (seed: number) => Array.from({ length: 12_000 }, (_, at) => `w${(at * seed) % 9973}`).join(' ')
    expect(changedWords(long(7), long(11))).toEqual({ words: 12_000, changed: 12_000 })
    expect(changedWords(long(7), `${long(7)} Ann`)).toEqual({ words: 12_000, changed: 1 })
  })

  test('is enough when as many words are others as the organisation asks for', () => {
    expect(leftToChange([], 'Anything', 5)).toBe(0)
    expect(leftToChange(['Thank you'], 'Thank you', 1)).toBe(1)
    expect(leftToChange(['Thank you'], 'Thank you Ann', 1)).toBe(0)
    expect(leftToChange(['Your parcel is late'], 'Your kettle is late', 3)).toBe(2)
    expect(leftToChange(['Thank you'], 'Thank you', 0)).toBe(0)
    // Two were put in and one was taken out again: the other one is as it was.
    expect(leftToChange(['Thank you', 'Your parcel is late'], 'Your parcel is late', 1)).toBe(1)
    expect(leftToChange(['Thank you', 'Your parcel is late'], 'Thank you\n\nYour parcel is late', 1)).toBe(1)
    expect(leftToChange(['Thank you', 'Your parcel is late'], 'Your parcel is late, Ann', 1)).toBe(0)
    // A draft of two words cannot be changed in ten places.
    expect(leftToChange(['Thank you'], 'Many thanks Ann', 10)).toBe(0)
  })
})
