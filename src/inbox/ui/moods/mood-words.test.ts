// Moods in a sentence, from none to many.

import { expect, test } from 'vitest'
import { moodSentence } from './mood-words.ts'

test.each<[(-1 | 0 | 1 | null)[], string]>([
  [[], 'The mood of what they said is not known.'],
  [[null, null], 'The mood of what they said is not known.'],
  [[0], 'What they said is neutral.'],
  [[null, 1], 'What they said is positive.'],
  [[-1, -1], 'What they said is negative, both times.'],
  [[0, -1], 'First neutral, then negative.'],
  [[0, 0, -1, -1], 'First neutral, lately negative. Of 4 messages 2 negative, 2 neutral.'],
  [[1, null, -1, 1], 'As at first, lately positive. Of 4 messages 1 negative, 2 positive; 1 is not judged.'],
  [[1, null, null, 0, 1], 'As at first, lately positive. Of 5 messages 1 neutral, 2 positive; 2 are not judged.'],
])('%j', (sentiments, sentence) => {
  expect(moodSentence(sentiments.map((sentiment) => ({ sentiment })))).toBe(sentence)
})
