// Folds what says the same in a list that is already here, such as the live one.

import type { Mention } from './mention-card.tsx'

export interface Folded {
  mention: Mention
  /** Those that say the same, in the order of the list. */
  more: Mention[]
}

/** Each kind of words stands where the newest that says them stood; the first that said them is shown, or the oldest that is here. */
export function foldSame(mentions: readonly Mention[]): Folded[] {
  const groups = Map.groupBy(mentions, ({ id, doubleOf }) => doubleOf ?? id)
  return [...groups].map(([first, same]) => {
    const mention = same.find(({ id }) => id === first) ?? same.at(-1)!
    return { mention, more: same.filter((each) => each !== mention) }
  })
}

export const unfolded = (mentions: readonly Mention[]): Folded[] =>
  mentions.map((mention) => ({ mention: { ...mention, doubles: 0 }, more: [] }))
