// What each character is to the scanner: one table for the basic plane, made once, and a small memory for the rest.

/** Classes of characters. Plain numbers, because the scanner asks for one at each character of every post. */
export const other = 0
export const space = 1
export const letter = 2
export const digit = 3
/** A character of a script that writes words without spaces between them, or glues endings to names (Hangul). */
export const lone = 4
/** Belongs to the character before it: combining marks, variation selectors, the joiner of emoji. */
export const mark = 5
export const emoji = 6
export const highSurrogate = 7

const patterns: [number, RegExp][] = [
  [space, /[\s\p{Z}\p{Cc}\u200b\u2060\ufeff]/gu],
  [letter, /\p{L}/gu],
  [digit, /\p{N}/gu],
  [
    lone,
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Bopomofo}\p{sc=Yi}]/gu,
  ],
  // Digits, #, * and the signs of trade marks are emoji to Unicode only before U+FE0F.
  [emoji, /(?![#*\d©®™])\p{Extended_Pictographic}/gu],
  [mark, /\p{M}|\u200c|\u200d|[\ufe00-\ufe0f]/gu],
]

/** Made when the first text comes: many never listen. */
let basic: Uint8Array | null = null

function basicPlane(): Uint8Array {
  const table = new Uint8Array(0x10000)
  let all = ''
  for (let unit = 0; unit < 0xd800; unit++) all += String.fromCharCode(unit)
  for (let unit = 0xe000; unit < 0x10000; unit++) all += String.fromCharCode(unit)
  for (const [kind, pattern] of patterns)
    for (const match of all.matchAll(pattern)) table[match[0].charCodeAt(0)] = kind
  table.fill(highSurrogate, 0xd800, 0xdc00)
  return table
}

/** The class of a UTF-16 unit; `highSurrogate` means: ask `classOfPoint` with the whole code point. */
export function classOfUnit(unit: number): number {
  basic ??= basicPlane()
  return basic[unit]!
}

const beyond = new Map<number, number>()

/** The class of a code point above the basic plane. */
export function classOfPoint(point: number): number {
  const known = beyond.get(point)
  if (known !== undefined) return known
  const text = String.fromCodePoint(point)
  let found = other
  for (const [kind, pattern] of patterns) if (text.match(pattern)) found = kind
  // Skin tones follow what they colour; letters of flags stand alone and come in pairs.
  if (point >= 0x1f3fb && point <= 0x1f3ff) found = mark
  if (point >= 0x1f1e6 && point <= 0x1f1ff) found = emoji
  if (point >= 0xe0020 && point <= 0xe007f) found = mark
  beyond.set(point, found)
  return found
}
