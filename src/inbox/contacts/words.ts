// The words by which a contact is found: of names and handles, in small letters.

const longestWord = 60

export const wordsOf = (...texts: (string | null | undefined)[]): string[] => [
  ...new Set(
    texts
      .join(' ')
      .normalize('NFC')
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '')
      .map((word) => [...word].slice(0, longestWord).join('')),
  ),
]

/** Sorts after everything that begins with `word`, in the order of code points. */
export const endOf = (word: string): string => `${word}\u{10FFFF}`
