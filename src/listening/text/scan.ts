// The one scanner: cuts a text into words, tags, mentions, links, emoji and signs. Topics, classifiers and training all read through it.

import * as kinds from './characters.ts'

/** Kinds of tokens. */
export const word = 0
export const number = 1
export const hashtag = 2
export const mention = 3
export const link = 4
export const emoji = 5
export const emoticon = 6
/** Any other sign; equal signs in a row are one token. */
export const sign = 7

/** Tokens in the order of the text. The arrays are used again by the next scan; `count` tells how far they are filled. */
export interface Tokens {
  count: number
  kind: Uint8Array
  /** In UTF-16 units of the text, as for `slice`. The `#` and `@` of tags and mentions are within. */
  start: Uint32Array
  end: Uint32Array
}

export const makeTokens = (capacity = 512): Tokens => ({
  count: 0,
  kind: new Uint8Array(capacity),
  start: new Uint32Array(capacity),
  end: new Uint32Array(capacity),
})

// Eyes, an optional nose, a mouth; letters as mouths only where no word goes on. Also <3, </3, ^^, -_-, and (: from the right.
const emoticonAt =
  /(?:[:;=][-o'^]?(?:[)\](}[{|/\\*@$>]|[dpos3](?![\p{L}\d]))|<\/?3(?!\d)|\^[_.-]?\^|-[_.]-|[)(][-o']?[:;=](?![\p{L}\d]))/iuy
const linkAt = /(?:https?:\/\/|www\.)[^\s<>"“”]+/iuy
const mentionAt = /@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?)?/uy
const hashtagAt = /[#＃](?=[\p{N}_]*[\p{L}])[\p{L}\p{M}\p{N}_\u200c\u200d]+/uy
const linkEnd = /[.,;:!?'’)\]}*_~…]+$/u

/** Cuts `text` into tokens; white space falls away. Takes time in proportion to the length of the text. */
export function scan(text: string, tokens: Tokens): Tokens {
  tokens.count = 0
  let at = 0
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind === kinds.space || kind === kinds.mark) at += widthAt(text, at)
    else if (kind === kinds.letter || kind === kinds.digit) at = scanWord(text, at, tokens)
    else if (kind === kinds.lone) at = add(tokens, word, at, marksAfter(text, at + widthAt(text, at)))
    else if (kind === kinds.emoji) at = add(tokens, emoji, at, emojiEnd(text, at))
    else at = scanSign(text, at, tokens)
  }
  return tokens
}

function classAt(text: string, at: number): number {
  const kind = kinds.classOfUnit(text.charCodeAt(at))
  return kind === kinds.highSurrogate ? kinds.classOfPoint(text.codePointAt(at)!) : kind
}

const widthAt = (text: string, at: number): number =>
  kinds.classOfUnit(text.charCodeAt(at)) === kinds.highSurrogate && text.codePointAt(at)! > 0xffff ? 2 : 1

function scanWord(text: string, start: number, tokens: Tokens): number {
  const first = text.charCodeAt(start) | 32
  if (first === 104 || first === 119) {
    const end = linkFrom(text, start)
    if (end > start) return add(tokens, link, start, end)
  }
  let letters = 0
  let at = start
  while (at < text.length) {
    // Most units of most posts are letters of the basic plane, so these are asked for once.
    const plain = kinds.classOfUnit(text.charCodeAt(at))
    if (plain === kinds.letter) {
      letters++
      at++
      continue
    }
    const kind = plain === kinds.highSurrogate ? classAt(text, at) : plain
    if (kind === kinds.letter) letters++
    else if (kind === kinds.digit && isKeycap(text, at)) break
    else if (kind !== kinds.digit && kind !== kinds.mark && !joins(text, at, letters === 0)) break
    at += widthAt(text, at)
  }
  if (at === start) return add(tokens, emoji, start, start + 3)
  return add(tokens, letters > 0 ? word : number, start, at)
}

/** An apostrophe between letters belongs to the word, a point or comma between digits to the number. */
function joins(text: string, at: number, digitsOnly: boolean): boolean {
  const unit = text.charCodeAt(at)
  const next = at + 1 < text.length ? classAt(text, at + 1) : kinds.space
  if (unit === 39 || unit === 0x2019) return !digitsOnly && next === kinds.letter
  return digitsOnly && (unit === 46 || unit === 44) && next === kinds.digit
}

const isKeycap = (text: string, at: number): boolean =>
  text.charCodeAt(at + 1) === 0xfe0f && text.charCodeAt(at + 2) === 0x20e3

function scanSign(text: string, at: number, tokens: Tokens): number {
  const unit = text.charCodeAt(at)
  if (isKeycap(text, at)) return add(tokens, emoji, at, at + 3)
  if (unit === 64 || unit === 35 || unit === 0xff03) {
    const inWord = at > 0 && isWordUnit(text, at - 1)
    const end = inWord ? 0 : matchAt(unit === 64 ? mentionAt : hashtagAt, text, at)
    if (end > at) return add(tokens, unit === 64 ? mention : hashtag, at, end)
  }
  const smile = emoticonStarts.has(unit) ? matchAt(emoticonAt, text, at) : 0
  if (smile > at) return add(tokens, emoticon, at, smile)
  let end = at + widthAt(text, at)
  while (end < text.length && text.charCodeAt(end) === unit && unit < 0xd800) end++
  return add(tokens, sign, at, end)
}

const emoticonStarts = new Set([...':;=<^-()'].map((each) => each.charCodeAt(0)))

function isWordUnit(text: string, at: number): boolean {
  const kind = kinds.classOfUnit(text.charCodeAt(at))
  return kind === kinds.letter || kind === kinds.digit
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : 0
}

function linkFrom(text: string, at: number): number {
  const end = matchAt(linkAt, text, at)
  if (end === 0) return 0
  const whole = text.slice(at, end)
  const tail = linkEnd.exec(whole)?.[0] ?? ''
  // A bracket that was opened inside of the address closes there too.
  return tail.startsWith(')') && whole.includes('(') ? end - tail.length + 1 : end - tail.length
}

function marksAfter(text: string, from: number): number {
  let at = from
  while (at < text.length && classAt(text, at) === kinds.mark) at += widthAt(text, at)
  return at
}

/** Emoji with what colours and joins them, and flags as pairs of letters. */
function emojiEnd(text: string, start: number): number {
  const isFlag = isRegional(text, start)
  let at = start + widthAt(text, start)
  if (isFlag && at < text.length && isRegional(text, at)) return at + 2
  for (;;) {
    const end = marksAfter(text, at)
    const joined = end > at && text.charCodeAt(end - 1) === 0x200d && end < text.length
    if (!joined || classAt(text, end) !== kinds.emoji) return end
    at = end + widthAt(text, end)
  }
}

function isRegional(text: string, at: number): boolean {
  const point = text.codePointAt(at)!
  return point >= 0x1f1e6 && point <= 0x1f1ff
}

function add(tokens: Tokens, kind: number, start: number, end: number): number {
  const at = tokens.count
  if (at === tokens.kind.length) grow(tokens)
  tokens.kind[at] = kind
  tokens.start[at] = start
  tokens.end[at] = end
  tokens.count = at + 1
  return end
}

function grow(tokens: Tokens): void {
  const { kind, start, end } = tokens
  Object.assign(tokens, makeTokens(kind.length * 2), { count: tokens.count })
  tokens.kind.set(kind)
  tokens.start.set(start)
  tokens.end.set(end)
}
