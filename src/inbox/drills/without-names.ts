// Takes out of what somebody said by whom it was said and of whom: an exercise has their words alone. Pure.

/** Links, addresses and handles name people whoever they are; a long number is an order, a telephone or an account at a bank. */
const patterns: [RegExp, string][] = [
  [/\b(?:https?:\/\/|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]]/giu, '[link]'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[address]'],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.@-]*[\p{L}\p{N}_])?/gu, '[handle]'],
  [/(?<![\p{L}\p{N}])\+?(?:[A-Z]{2})?\d(?:[ ./-]?\d){5,}(?![\p{L}\p{N}])/gu, '[number]'],
]

interface Known {
  /** Names as people write them: each of their words is one too. */
  names: readonly string[]
  handles: readonly string[]
}

/** Too much is taken out rather than too little: whoever reads the exercise afterwards can put in what was no name. */
export function withoutNames(text: string, { names, handles }: Known): string {
  const known: [string, string][] = [
    ...names.flatMap((name): [string, string][] => [name, ...partsOf(name)].map((each) => [each, '[name]'])),
    ...handles.flatMap((handle): [string, string][] => {
      const bare = handle.replace(/^@/, '')
      return [bare, bare.split(/[.@]/)[0]!].map((each) => [each, '[handle]'])
    }),
  ]
  const first = patterns.reduce((said, [pattern, put]) => said.replace(pattern, put), text)
  // Longest first: a whole name goes before its parts, and what is both counts as a name.
  return known
    .map(([word, put]): [string, string] => [word.trim(), put])
    .filter(([word]) => word.length > 1)
    .sort(([a], [b]) => b.length - a.length)
    .reduce((said, [word, put]) => outside(said, wholeWord(word), put), first)
}

/** “van der” is a part of many names and of every text: small words are none by themselves. */
const partsOf = (name: string): string[] =>
  name.split(/[\s,]+/).filter((part) => (name === name.toLowerCase() ? part.length > 3 : part !== part.toLowerCase()))

/** As people write it in a hurry, in small letters too, unless so few letters are a word of everybody. */
const wholeWord = (word: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${RegExp.escape(word)}(?=(?:['’]?s)?(?![\\p{L}\\p{N}]))`,
    word.length > 2 ? 'giu' : 'gu',
  )

/** What was put in already stays whole. */
const outside = (text: string, pattern: RegExp, put: string): string =>
  text
    .split(/(\[(?:link|address|handle|number|name)\])/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(pattern, put)))
    .join('')
