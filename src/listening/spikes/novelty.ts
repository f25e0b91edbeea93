// How new the words of a window are: what several say now that the topic did not say in the weeks before. Pure.

import { speaks } from '../text/function-words.ts'
import { spell } from '../topics/language/spelling.ts'
import { wordsOf } from '../topics/language/words.ts'

export interface Novelty {
  /** Of the telling words that several used, by how many used them. */
  share: number
  /** The new ones, most used first. */
  words: string[]
}

/** Fewer texts say nothing about what is usual, or about what is said now. */
const leastBefore = 20
const leastNow = 5
/** A word counts when so many texts have it, and this share of them: what one person made up is no news. */
const leastTexts = 2
const leastShare = 0.05
const mostWords = 5
const shortest = 3

export function noveltyOf(now: readonly string[], before: readonly string[]): Novelty | null {
  const texts = [...new Set(now)]
  if (texts.length < leastNow || before.length < leastBefore) return null
  const known = new Set(before.flatMap((text) => [...tellingWords(text).keys()]))
  const used = new Map<string, { texts: number; spelled: string }>()
  for (const text of texts) {
    for (const [word, spelled] of tellingWords(text)) {
      const own = used.get(word) ?? { texts: 0, spelled }
      own.texts += 1
      used.set(word, own)
    }
  }
  const least = Math.max(leastTexts, leastShare * texts.length)
  const common = [...used].filter(([, own]) => own.texts >= least)
  const fresh = common.filter(([word]) => !known.has(word)).map(([, own]) => own)
  const all = common.reduce((sum, [, own]) => sum + own.texts, 0)
  if (all === 0) return { share: 0, words: [] }
  fresh.sort((a, b) => b.texts - a.texts || (a.spelled < b.spelled ? -1 : 1))
  return {
    share: fresh.reduce((sum, own) => sum + own.texts, 0) / all,
    words: fresh.slice(0, mostWords).map(({ spelled }) => spelled),
  }
}

/** As they are compared, with how they were written. Small words, numbers and addresses tell nothing. */
function tellingWords(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const { kind, text: written } of wordsOf(text)) {
    if (kind !== 'word' && kind !== 'hashtag') continue
    const word = spell(written, { exactCase: false, exactAccents: false })
    // In scripts without spaces a word is one or two signs.
    const long = word.length >= shortest || !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]*$/u.test(word)
    if (!long || speaks(word) > 0 || !/\p{L}/u.test(word) || found.has(word)) continue
    found.set(word, kind === 'hashtag' ? `#${written}` : written)
  }
  return found
}
