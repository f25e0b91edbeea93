// How the moods of a conversation are said in words. Pure.

import type { client, Output } from '../../../kit/api.ts'
import { count } from '../../../kit/words.ts'
import { sentimentWords } from '../../../listening/ui/listen-words.ts'

export type Mood = Output<typeof client.conversations.moods>[number]
export type Judged = Mood & { sentiment: -1 | 0 | 1 }

/** From so many on a drawing says more than a sentence. */
export const leastDrawn = 3

export const isJudged = (mood: Mood): mood is Judged => mood.sentiment !== null

export const moodLabel = (sentiment: -1 | 0 | 1): string => sentimentWords[String(sentiment)]!.label

const plain = (sentiment: -1 | 0 | 1): string => moodLabel(sentiment).toLowerCase()

/** “First neutral, lately negative. Of 7 messages 3 negative, 4 neutral; 1 is not judged.” */
export function moodSentence(moods: readonly Pick<Mood, 'sentiment'>[]): string {
  const judged = moods.flatMap(({ sentiment }) => (sentiment === null ? [] : [sentiment]))
  const left = moods.length - judged.length
  if (judged.length === 0) return 'The mood of what they said is not known.'
  const [first, last] = [judged[0]!, judged.at(-1)!]
  if (judged.length === 1) return `What they said is ${plain(first)}.`
  if (judged.length < leastDrawn)
    return first === last
      ? `What they said is ${plain(first)}, both times.`
      : `First ${plain(first)}, then ${plain(last)}.`
  const way = first === last ? `As at first, lately ${plain(last)}` : `First ${plain(first)}, lately ${plain(last)}`
  const shares = ([-1, 0, 1] as const)
    .map((each) => ({ each, times: judged.filter((sentiment) => sentiment === each).length }))
    .filter(({ times }) => times > 0)
    .map(({ each, times }) => `${times} ${plain(each)}`)
  const rest = left > 0 ? `; ${left} ${left === 1 ? 'is' : 'are'} not judged` : ''
  return `${way}. Of ${count(moods.length, 'message')} ${shares.join(', ')}${rest}.`
}
