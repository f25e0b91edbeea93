// Small words of plans: which item it is, and numbers as a person says them.

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** With its article: a third, an eighth, an 11th. */
export function ordinalOf(n: number): string {
  const word = ordinals[n - 1]
  if (word) return `${word === 'eighth' ? 'an' : 'a'} ${word}`
  const isTeen = n % 100 >= 11 && n % 100 <= 13
  const ending = isTeen ? 'th' : (({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[n % 10] ?? 'th')
  // Said aloud, 11, 18 and everything in the eighties begin with a vowel.
  return `${n === 11 || n === 18 || String(n).startsWith('8') ? 'an' : 'a'} ${n}${ending}`
}

/** Two digits that count: 0.33, 12, 0.046. */
export function shortNumber(value: number): string {
  if (value === 0) return '0'
  const size = Math.floor(Math.log10(Math.abs(value)))
  return size >= 1 ? String(Math.round(value)) : String(Number(value.toFixed(1 - size)))
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
