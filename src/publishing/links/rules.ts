// Pure rules of links that the editor needs too: replacing them in a draft, and naming them where a text is too long with them.

import type { Draft, Issue } from '../../connectors/contract.ts'
import { type FoundLink, findLinks } from '../../connectors/text.ts'

/** Finds the addresses that readers can follow; another one for Markdown than for plain text. */
export type FindLinks = (text: string) => FoundLink[]

/** The draft with each address that readers can follow replaced: in texts, link cards and the first comment. */
export function withLinks(draft: Draft, change: (url: string) => string, find: FindLinks = findLinks): Draft {
  const inText = (text: string, how: FindLinks) => replaced(text, how(text), change)
  return {
    ...draft,
    segments: draft.segments.map((segment) => ({
      ...segment,
      text: inText(segment.text, find),
      ...(segment.link ? { link: { ...segment.link, url: change(segment.link.url) } } : {}),
    })),
    // A comment is plain text, also below an article.
    ...(draft.firstComment === undefined ? {} : { firstComment: inText(draft.firstComment, findLinks) }),
  }
}

/** The draft with its links as they go out, where that is known. */
export const goingOut = (draft: Draft, links: ReadonlyMap<string, string> | undefined): Draft =>
  links?.size ? withLinks(draft, (url) => links.get(url) ?? url) : draft

export const textGoingOut = (text: string, links: ReadonlyMap<string, string> | undefined): string =>
  links?.size ? replaced(text, findLinks(text), (url) => links.get(url) ?? url) : text

function replaced(text: string, links: FoundLink[], change: (url: string) => string): string {
  let result = ''
  let at = 0
  for (const { start, end, url } of links) {
    const next = change(url)
    // What was found may be written otherwise in the text (Markdown escapes it); unchanged, it stays as it was written.
    result += text.slice(at, start) + (next === url ? text.slice(start, end) : next)
    at = end
  }
  return result + text.slice(at)
}

const lengths = new Set(['text.too-long', 'text.too-many-bytes'])

/** Of what is too long only because of its links, says so: nobody can see it by counting what they typed. */
export function namingLinks(outgoing: Issue[], written: Issue[]): Issue[] {
  const before = new Set(written.map(({ code, field }) => `${code} ${field}`))
  return outgoing.map((issue) =>
    lengths.has(issue.code) && !before.has(`${issue.code} ${issue.field}`)
      ? { ...issue, code: `${issue.code}-with-links` }
      : issue,
  )
}
