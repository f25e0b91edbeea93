// Compiles the lists of rated words into numbers under hashes, which is all of them that ships.

import type { Lexicon } from '../../src/listening/text/forms.ts'
import { hashText } from '../../src/listening/text/hash.ts'
import { linesOf } from './corpora.ts'

const bareEmoji = (text: string): string => text.replaceAll(/[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, '')

export function compileLexicon(): Lexicon {
  const rated = new Map(
    linesOf('lexicons/vader.txt').map((line) => {
      const [word, valence] = line.split('\t')
      return [word!.trim().toLowerCase(), Number(valence)] as const
    }),
  )
  const valence = new Map([...rated].map(([word, value]) => [hashText(word), value]))
  for (const line of linesOf('lexicons/vader-emoji.txt')) {
    const [emoji, words] = line.split('\t')
    const sum = (words ?? '').split(' ').reduce((total, word) => total + (rated.get(word) ?? 0), 0)
    // Told by words: "red heart" is rated, "thumbs up" is not, which the lines below add.
    const value = byHand[bareEmoji(emoji!)] ?? Math.max(-3, Math.min(3, sum))
    if (value !== 0) valence.set(hashText(bareEmoji(emoji!)), value)
  }
  const opinion = new Map<number, number>()
  for (const [file, sign] of [
    ['positive', 1],
    ['negative', -1],
  ] as const)
    for (const line of linesOf(`lexicons/opinion-${file}-words.txt`))
      if (!line.startsWith(';')) opinion.set(hashText(line.trim()), sign)
  return { valence, opinion }
}

const byHand: Record<string, number> = {
  '👍': 2,
  '👎': -2,
  '🔥': 1.5,
  '💯': 2,
  '🎉': 2.3,
  '👏': 2,
  '🙌': 2,
  '🙏': 1.3,
  '💪': 1.5,
  '🙄': -1.5,
  '😒': -1.8,
  '😑': -1,
  '😤': -1.8,
  '🤮': -2.8,
  '💩': -1.8,
  '🖕': -2.8,
  '😂': 1.5,
  '🤣': 1.6,
  '💔': -2.2,
  '✨': 1.3,
}
