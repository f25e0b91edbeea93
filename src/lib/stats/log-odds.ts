// Which words two groups of texts use differently: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, section 3.5.1).

export interface WordCounts {
  /** How often the word stands in the first and in the second group. */
  one: number
  other: number
  /** How often in texts at large, both groups included or not: the prior. */
  background: number
}

export interface LogOdds<Word> {
  word: Word
  /** Above 0: more in the first group. */
  delta: number
  /** `delta` in standard deviations; from 1.96 on it is hardly chance. */
  z: number
}

/**
 * Every word of `counts` by falling z. The prior holds as much as `priorSize` words, spread as in the background: it pulls rare words towards no
 * difference and keeps common ones from counting as characteristic.
 */
export function logOdds<Word>(counts: ReadonlyMap<Word, WordCounts>, priorSize = 500): LogOdds<Word>[] {
  const total = { one: 0, other: 0, background: 0 }
  for (const { one, other, background } of counts.values()) {
    total.one += one
    total.other += other
    // No word may weigh nothing: one that the background lacks would have no odds.
    total.background += Math.max(background, smallest)
  }
  const found: LogOdds<Word>[] = []
  for (const [word, { one, other, background }] of counts) {
    const prior = (priorSize * Math.max(background, smallest)) / total.background
    const delta =
      Math.log((one + prior) / (total.one + priorSize - one - prior)) -
      Math.log((other + prior) / (total.other + priorSize - other - prior))
    found.push({ word, delta, z: delta / Math.sqrt(1 / (one + prior) + 1 / (other + prior)) })
  }
  return found.sort((a, b) => b.z - a.z)
}

const smallest = 0.5
