// What pages ask of the language of topics: read a query while it is written, write it in its normal form, show why it matches.

import { makeExplainer, type Span } from './explain.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Query, QueryReading } from './types.ts'

/** The query that `text` says, or where and why it says none. */
export const readQuery = (text: string): QueryReading => parseQuery(text)

/** The normal form of a query. */
export const writeQuery = (query: Query): string => printQuery(query)

/** Shows where in a title and text the words of a query stand. What is asked of author, language and the like is not asked here. */
export function makeHighlighter(query: Query): (said: { title: string | null; text: string }) => Span[] {
  const explain = makeExplainer(query)
  return ({ title, text }) => explain({ ...nothing, title, text }).spans
}

/** Which clauses of a query keep a text from matching, as the language writes them; none where it matches. */
export function makeBlamer(
  query: Query,
): (said: { title: string | null; text: string }) => { failed: Query[]; spans: Span[] } {
  const explain = makeExplainer(query)
  return ({ title, text }) => {
    const { failed, spans } = explain({ ...nothing, title, text })
    return { failed, spans }
  }
}

const nothing = {
  kind: 'post' as const,
  author: null,
  languages: [],
  media: [],
  links: [],
  place: null,
  sources: [],
}
