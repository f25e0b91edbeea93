// What becomes of a draft that is changed on two sides: nothing of either is lost.

import { describe, expect, test } from 'vitest'
import type { DraftMedia } from '../../connectors/contract.ts'
import { joinWords, leftOf, takeOut } from './rules.ts'

const file = (id: string) => ({ id }) as DraftMedia
const words = (text: string, ...files: string[]) => ({ text, media: files.map(file) })

describe('what was typed and what came meanwhile', () => {
  test.each([
    ['something came back below', words('Hel'), words('Hello'), words('Hel\n\nNo.', 'a'), words('Hello\n\nNo.', 'a')],
    ['something came back to nothing', words(''), words('Hello'), words('No.'), words('Hello\n\nNo.')],
    ['all of it is others', words('One'), words('One more'), words('Two'), words('One more\n\nTwo')],
    ['it was sent on another page', words('One'), words('One more'), words(''), words('One more')],
    ['the same was kept twice', words('One'), words('One more'), words('One more'), words('One more')],
    [
      'a file was taken out here',
      words('One', 'a', 'b'),
      words('One', 'b'),
      words('One', 'a', 'b', 'c'),
      words('One', 'b', 'c'),
    ],
  ])('%s', (_, base, own, there, both) => {
    expect(joinWords(base, own, there)).toEqual(both)
  })
})

describe('what is left of a draft when something was sent', () => {
  test.each([
    ['what came below it', words('Hello\n\nNo.', 'a', 'b'), words('Hello', 'a'), words('No.', 'b')],
    ['all of it, where others were sent', words('Hello\n\nNo.'), words('Good day'), words('Hello\n\nNo.')],
    ['nothing', words('Hello'), words('Hello'), words('')],
  ])('%s', (_, draft, sent, left) => {
    expect(leftOf(draft, sent)).toEqual(left)
  })
})

describe('a draft below which another was put, when both are apart again', () => {
  const made = (text: string, files: string[] = [], given: string[] = [], replies: string[] = []) => ({
    ...{ ...words(text, ...files), given, reply_ids: replies },
  })
  const [hello, no] = [made('Hello', ['a'], ['Hi', 'Bye'], ['x']), made('No.', ['b'], ['Hi'], ['y'])]
  test.each([
    ['is what it was', made('Hello\n\nNo.', ['a', 'b'], ['Hi', 'Bye', 'Hi'], ['x', 'y']), no, hello],
    ['keeps what was typed in it since', made('Hello you\n\nNo.', ['b']), no, made('Hello you')],
    ['is nothing, where its own was sent', no, no, made('')],
    ['may have had files alone below it', made('Hello', ['a', 'b']), made('', ['b']), made('Hello', ['a'])],
    ['keeps all that was written anew', made('Hello\n\nNo, never.', ['b']), no, null],
    ['keeps all of which a file was taken out', made('Hello\n\nNo.'), no, null],
    ['is no end of other words', made('Say No.', ['b']), no, null],
  ])('%s', (_, whole, part, left) => {
    expect(takeOut(whole, part)).toEqual(left)
  })
})
