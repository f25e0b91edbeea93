// Cuts texts into words by regular expressions alone: a second opinion beside the scanner that the index reads through.

export interface Cut {
  kind: 'word' | 'hashtag' | 'mention' | 'link'
  text: string
}

const mark = String.raw`[\p{M}\u200c\u200d\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]`
const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Bopomofo', 'Yi']
const loneScripts = scripts.map((name) => String.raw`\p{sc=${name}}`).join('')
const pictures = String.raw`[[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]--[#*0-9©®™]]`
const lone = `[[${loneScripts}]--${mark}--${pictures}]`
const digit = String.raw`[\p{N}--[${loneScripts}]--${mark}--${pictures}]`
const letter = String.raw`[\p{L}--[${loneScripts}]--${mark}--${pictures}]`
// The scanner looks back by one UTF-16 unit, which is no letter where it is half of one.
const letterUnit = String.raw`[[[\p{L}\p{N}]--[${loneScripts}]]&&[\0-\uffff]]`
const keycap = String.raw`[0-9#*]\ufe0f\u20e3`
const plainDigit = String.raw`(?!${digit}\ufe0f\u20e3)${digit}`
const flag = String.raw`[\u{1f1e6}-\u{1f1ff}]{2}`
const picture = `${pictures}${mark}*(?:(?<=\\u200d)${pictures}${mark}*)*`

const shapes: [Cut['kind'] | 'sign' | 'gap', RegExp][] = (
  [
    ['gap', String.raw`(?:(?!${mark})[\s\p{Z}\p{Cc}\u200b\u2060\ufeff]|${mark})`],
    ['link', String.raw`(?:https?:\/\/|www\.)[^\s<>"“”]+`],
    ['word', `(?:${digit})\\ufe0f\\u20e3`],
    [
      'word',
      `(?=${letter}|${digit})(?:${plainDigit}|${mark}|[.,](?=${digit}))*(?:${letter}(?:${letter}|${plainDigit}|${mark}|['’](?=${letter}))*)?`,
    ],
    ['word', `${lone}${mark}*`],
    ['word', flag],
    ['word', picture],
    ['word', keycap],
    [
      'mention',
      String.raw`(?<!${letterUnit})@[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}](?:[\p{L}\p{N}.\-]*[\p{L}\p{N}])?)?`,
    ],
    ['hashtag', String.raw`(?<!${letterUnit})[#＃](?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_\u200c\u200d]+`],
    [
      'word',
      String.raw`[:;=][\-o'^]?(?:[\)\]\(\}\[\{\|\/\\*@$>]|[dposDPOS3](?![\p{L}\d]))|<\/?3(?!\d)|\^[_.\-]?\^|-[_.\-]-|[\)\(][\-oO']?[:;=](?![\p{L}\d])`,
    ],
    ['sign', String.raw`([^])\1*`],
  ] as [Cut['kind'] | 'sign' | 'gap', string][]
).map(([kind, source]) => [kind, new RegExp(source, kind === 'link' ? 'ivy' : 'vy')])

/** The words of a text, one for each place that NEAR counts. */
export function cut(text: string): Cut[] {
  const found: Cut[] = []
  for (let at = 0; at < text.length; ) {
    const [kind, whole] = first(text, at)
    at += whole.length
    if (kind === 'word' && /^[\p{L}\p{N}]/u.test(whole))
      for (const part of whole.split(/['’]/u)) found.push({ kind, text: part })
    else if (kind === 'hashtag' || kind === 'mention') found.push({ kind, text: whole.slice(1) })
    else if (kind === 'word' || kind === 'link') found.push({ kind, text: whole })
  }
  return found
}

function first(text: string, at: number): [string, string] {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = at
    const whole = shape.exec(text)?.[0]
    if (whole) return [kind, kind === 'link' ? withoutTail(whole) : whole]
  }
  throw new Error(`Nothing fits ${JSON.stringify(text.slice(at, at + 10))}.`)
}

function withoutTail(link: string): string {
  const tail = /[.,;:!?'’)\]}*_~…]+$/u.exec(link)?.[0] ?? ''
  const kept = link.slice(0, link.length - tail.length)
  return tail.startsWith(')') && link.includes('(') ? `${kept})` : kept
}
