// When two spellings count as the same word: case, accents, width, digits and marks that readers pass over.

/** How strictly spelling is compared; false folds. */
export interface Strictness {
  exactCase: boolean
  exactAccents: boolean
}

/** A spelling with which others are compared: equal spellings are the same word. */
export function spell(text: string, { exactCase, exactAccents }: Strictness): string {
  if (!exactCase && !exactAccents) return fold(text)
  if (exactCase && exactAccents) return text.normalize('NFKC').replace(passedOver, '')
  if (exactAccents) return text.normalize('NFKC').replace(passedOver, '').toLowerCase().normalize('NFC')
  return [...text].map((each) => (isKept(each.codePointAt(0)!) ? each : plain(each))).join('')
}

/** The spelling without case and accents. Each code point is folded for itself. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  let folded = ''
  for (const each of text) folded += foldPoint(each)
  return folded
}

const anyOf = (...ranges: string[]): RegExp => new RegExp(`[${ranges.join('')}]`, 'gu')
const raw = String.raw

const passedOver = anyOf(
  raw`\0-\x08`, // what no writer means
  raw`\u00ad\u034f`, // soft hyphen, grapheme joiner
  raw`\u0640`, // tatweel
  raw`\u200b-\u200d\u2060-\u2064\ufeff`, // joiners and spaces without width
  raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`, // marks of direction
  raw`\ufe00-\ufe0f\u{e0100}-\u{e01ef}`, // variation selectors
  raw`\u{1f3fb}-\u{1f3ff}`, // skin tones
)

// Not among them: the vowels of Indic scripts and Thai, and the marks that make another kana. They are letters to their readers.
const accents = anyOf(
  raw`\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff`, // Latin, Greek, Cyrillic
  raw`\u0591-\u05c7`, // points of Hebrew
  raw`\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed`, // vowel marks of Arabic
  raw`\u093c\u09bc\u0a3c\u0abc\u0b3c`, // nukta
)

// What Unicode does not take apart and readers take for each other.
const alike: Record<string, string> = {
  ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D',
  þ: 'th', Þ: 'Th', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ı: 'i', ς: 'σ',
  ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ھ: 'ه', ٱ: 'ا',
} // biome-ignore format: a table

const letters = new RegExp(`[${Object.keys(alike).join('')}]`, 'gu')

function plain(point: string): string {
  const apart = point.normalize('NFKD').replace(letters, (each) => alike[each]!)
  return apart
    .replace(accents, '')
    .replace(passedOver, '')
    .replace(/\p{Nd}/gu, digitOf)
}

function foldPoint(point: string): string {
  return isKept(point.codePointAt(0)!) ? point : plain(plain(point).toLowerCase())
}

/** Hangul stays whole, since readers and the scanner take it by syllables; emoji have no case. Skin tones are passed over. */
const isKept = (point: number): boolean =>
  (point >= 0xac00 && point <= 0xd7a3) ||
  (point >= 0x1f000 && !(point >= 0x1f3fb && point <= 0x1f3ff) && point < 0xe0000)

/** Digits of other scripts; Unicode keeps the ten of each together. */
function digitOf(digit: string): string {
  let value = 0
  const point = digit.codePointAt(0)!
  while (value < 60 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value++
  return String(value % 10)
}

// One table for the basic plane, so that posts are folded without making strings: a unit, 0 for nothing, 1 for several. Made
// when the first post comes: it takes a fifth of a second, and many never listen.
const several = new Map<number, string>()
let table: Uint16Array | null = null

/** Han, Yi, Hangul, halves of pairs and private use: most of the plane, passed over so that the start takes a third of the time. */
const isAsItIs = (unit: number): boolean => (unit >= 0x3400 && unit < 0xa490) || (unit >= 0xac00 && unit < 0xf900)

function makeTable(): Uint16Array {
  const made = new Uint16Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) {
    made[unit] = unit
    if (isAsItIs(unit)) continue
    const folded = foldPoint(String.fromCharCode(unit))
    if (folded.length === 1) made[unit] = folded.charCodeAt(0)
    else if (folded === '') made[unit] = 0
    else {
      made[unit] = 1
      several.set(unit, folded)
    }
  }
  return made
}

/**
 * Writes the fold of `text` from `start` to `end` into `units` and answers how many there are. Stops when `units` is full: what is longer is no
 * word of any query.
 */
export function foldInto(units: Uint16Array, text: string, start: number, end: number): number {
  table ??= makeTable()
  let count = 0
  for (let at = start; at < end && count < units.length; at++) {
    const unit = text.charCodeAt(at)
    const folded = table[unit]!
    if (folded > 1 && (folded < 0xd800 || folded > 0xdfff)) units[count++] = folded
    else if (folded === 1) count = write(units, count, several.get(unit)!)
    else if (folded > 1) {
      count = write(units, count, beyond(text.codePointAt(at)!))
      if (text.codePointAt(at)! > 0xffff) at++
    }
  }
  return count
}

function write(units: Uint16Array, from: number, folded: string): number {
  let count = from
  for (let at = 0; at < folded.length && count < units.length; at++) units[count++] = folded.charCodeAt(at)
  return count
}

function beyond(point: number): string {
  let folded = several.get(point)
  if (folded === undefined) {
    folded = foldPoint(String.fromCodePoint(point))
    several.set(point, folded)
  }
  return folded
}
