// What a site asks of programs that read it (robots.txt, RFC 9309).

interface Rule {
  allow: boolean
  pattern: string
}

/** Longer files are read up to here, as the RFC asks at least. */
const maxBytes = 500_000

/** Whether a program of this name may read the path (with its query), by the text of the site's robots.txt. */
export function mayRead(robots: string, program: string, path: string): boolean {
  if (path === '/robots.txt') return true
  const rules = rulesFor(robots.slice(0, maxBytes), program.toLowerCase())
  const matching = rules.filter(({ pattern }) => matches(pattern, path))
  const longest = Math.max(-1, ...matching.map(({ pattern }) => pattern.length))
  const decisive = matching.filter(({ pattern }) => pattern.length === longest)
  // Of two rules that are equally exact the one that allows counts.
  return decisive.length === 0 || decisive.some(({ allow }) => allow)
}

/** Of all groups that name the program, else of those for everybody. */
function rulesFor(robots: string, program: string): Rule[] {
  const own: Rule[] = []
  const everybody: Rule[] = []
  let named: Rule[][] = []
  let naming = false
  let isNamed = false
  for (const line of robots.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? []
    if (/^user-agent$/i.test(key)) {
      // Names that follow each other share the rules below them.
      if (!naming) named = []
      naming = true
      if (value === '*') named.push(everybody)
      else if (/^[a-z_-]+/i.exec(value.toLowerCase())?.[0] === program) {
        named.push(own)
        isNamed = true
      }
    } else if (/^(dis)?allow$/i.test(key)) {
      naming = false
      if (value !== '') for (const rules of named) rules.push({ allow: /^allow$/i.test(key), pattern: value })
    }
  }
  return isNamed ? own : everybody
}

/** From the beginning of the path; `*` stands for anything, `$` at the end for the end. Takes no more than length × stars. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$')
  const [first = '', ...others] = (anchored ? pattern.slice(0, -1) : pattern).slice(0, 2_000).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const [index, piece] of others.entries()) {
    if (anchored && index === others.length - 1) return path.length - piece.length >= at && path.endsWith(piece)
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return !anchored || at === path.length
}
