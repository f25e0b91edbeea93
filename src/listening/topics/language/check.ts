// Refuses queries that only leave out, or that would match nearly everything: nothing in them must be there for a match.

import { QuerySyntax } from './lex.ts'
import type { Query } from './types.ts'

/** Throws where `query` has nothing to stand on. */
export function checkQuery(query: Query, place: { at: number; end: number }): void {
  if (hasFooting(query)) return
  const onlyNot = query.type === 'not' || (query.type === 'and' && query.of.every(({ type }) => type === 'not'))
  throw new QuerySyntax(onlyNot ? 'only-not' : query.type === 'or' && holdsNot(query) ? 'or-not' : 'too-broad', place)
}

/** Whether a match needs something by which the index can look for it. Language, medium and kind would be asked at every post. */
export function hasFooting(query: Query): boolean {
  if (query.type === 'and') return query.of.some(hasFooting)
  if (query.type === 'or') return query.of.every(hasFooting)
  if (query.type === 'field') return !broadFields.has(query.field)
  return query.type !== 'not'
}

export const broadFields: ReadonlySet<string> = new Set(['lang', 'has', 'kind'])

const holdsNot = (query: Query): boolean =>
  query.type === 'not' || ((query.type === 'and' || query.type === 'or') && query.of.some(holdsNot))
