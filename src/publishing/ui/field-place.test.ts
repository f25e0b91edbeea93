// Where in the composer a complaint about a path of the draft is shown.

import { expect, test } from 'vitest'
import { fieldPlace } from './field-place.ts'

test.each([
  ['segments.0.text', 'the text'],
  ['segments.1.text', 'the text of part 2'],
  ['segments.0.media', 'the pictures or the video'],
  ['segments.2.media.0', 'picture 1 of part 3'],
  ['segments.0.media.1.alt', 'the description of picture 2'],
  ['segments.0.link.title', 'the link card'],
  ['segments.3', 'the words of part 4'],
  ['title', 'the title'],
  ['tags.0', 'the tags'],
  ['options.visibility', 'options › visibility'],
])('%s is %s', (field, words) => expect(fieldPlace(field)).toBe(words))
