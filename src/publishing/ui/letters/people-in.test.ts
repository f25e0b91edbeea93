// Addresses as people paste them.

import { expect, test } from 'vitest'
import { peopleIn } from './people-in.ts'

test.each([
  ['one@example.org', [{ address: 'one@example.org', name: '' }]],
  ['A Reader <one@example.org>', [{ address: 'one@example.org', name: 'A Reader' }]],
  ['"Reader, A" <one@example.org>', [{ address: 'one@example.org', name: 'Reader, A' }]],
  ['"Reader, A",one@example.org', [{ address: 'one@example.org', name: 'Reader, A' }]],
  ['one@example.org;"Reader ""Red"" A"', [{ address: 'one@example.org', name: 'Reader "Red" A' }]],
  [',,one@example.org', [{ address: 'one@example.org', name: '' }]],
  ['A "Reader <one@example.org>', [{ address: 'one@example.org', name: 'A "Reader' }]],
  ['"broken, one@example.org', [{ address: 'one@example.org', name: 'broken' }]],
  ['one@example.org, A Reader', [{ address: 'one@example.org', name: 'A Reader' }]],
  ['Reader;one@example.org', [{ address: 'one@example.org', name: 'Reader' }]],
  ['A\tReader\tone@example.org', [{ address: 'one@example.org', name: 'A Reader' }]],
  [
    'Name,Mail\nA,one@example.org\r\n\n  two@example.org ',
    [
      { address: 'one@example.org', name: 'A' },
      { address: 'two@example.org', name: '' },
    ],
  ],
  ['no address', [{ address: 'no address', name: '' }]],
  ['', []],
])('%j', (text, people) => {
  expect(peopleIn(text)).toEqual(people)
})
