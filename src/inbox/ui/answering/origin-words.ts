// Where the words of an answer come from, in words.

import { count } from '../../../kit/words.ts'
import type { Answer } from '../inbox-words.ts'

export function originWords({ replies, words, changed, isFromProgram }: NonNullable<Answer['origin']>): string {
  const from = isFromProgram
    ? 'from a draft of a program'
    : replies.length > 0
      ? `from ${replies.map((title) => `“${title}”`).join(' and ')}`
      : 'from a saved reply'
  return `${from}, ${count(changed, 'word')} changed (the draft had ${words})`
}
