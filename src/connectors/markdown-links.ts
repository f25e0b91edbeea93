// Where in the Markdown of an article the addresses stand that readers can follow: not those of pictures, nor what is code.

import { everyToken, renderer, targetOf } from './markdown.ts'
import { type FoundLink, findLinks, type TextRange } from './text.ts'

/**
 * `url` is the address as readers reach it; in the text it may be written with entities. To know what is a link, each address
 * is replaced by one that cannot be confused, and the parser says which of those became links: it knows the language, and
 * tells no places.
 */
export function findMarkdownLinks(text: string): FoundLink[] {
  const candidates = findCandidates(text)
  if (candidates.length === 0) return []
  const before = addressesIn(text)
  const probed = addressesIn(replaceAll(text, candidates, (at) => probe(at)))
  // Were the text understood otherwise with them, nothing that they say would hold.
  if (before.links.length !== probed.links.length || before.pictures.size !== probed.pictures.size) return []
  const [known, became] = [new Set(before.links), new Set(probed.links)]
  return candidates.flatMap(({ start, end }, at) => {
    const written = text.slice(start, end)
    const url = renderer.utils.unescapeAll(written)
    const isLink = became.has(probe(at)) && !probed.pictures.has(probe(at))
    return isLink && !written.includes('\\') && known.has(renderer.normalizeLink(url)) ? [{ start, end, url }] : []
  })
}

/** Reserved by RFC 6761, so that nobody's article holds it. */
const probe = (at: number): string => `https://longrun-probe.invalid/${at}`

/** Marks of Markdown stand between two addresses without a space: `[https://…](https://…)`, `|https://…|`. */
const joints = /(?<=\])\(|\||(?<=\))[([]/g

const findCandidates = (text: string): TextRange[] =>
  findLinks(text.replace(joints, ' ')).flatMap(({ start, url }) => {
    const [own] = findLinks(withinBrackets(url))
    return own ? [{ start, end: start + own.end }] : []
  })

const openers: Record<string, string> = { '(': ')', '[': ']' }

/** Up to the first bracket that the address did not open: it belongs to the Markdown around it. */
function withinBrackets(url: string): string {
  const open: string[] = []
  for (let at = 0; at < url.length; at++) {
    const char = url[at]!
    if (openers[char]) open.push(openers[char])
    else if (char === ')' || char === ']') {
      if (open.pop() !== char) return url.slice(0, at)
    }
  }
  return url
}

function replaceAll(text: string, ranges: TextRange[], by: (at: number) => string): string {
  let result = ''
  let done = 0
  for (const [at, { start, end }] of ranges.entries()) {
    result += text.slice(done, start) + by(at)
    done = end
  }
  return result + text.slice(done)
}

function addressesIn(text: string): { links: string[]; pictures: Set<string> } {
  const links: string[] = []
  const pictures = new Set<string>()
  for (const token of everyToken(renderer.parse(text, {}))) {
    const target = targetOf(token)
    if (target === null) continue
    if (token.type === 'image') pictures.add(target)
    else links.push(target)
  }
  return { links, pictures }
}
