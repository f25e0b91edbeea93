// Makes a case in which index and reference disagree as small as it gets, so that a person can read it.

import type { Said } from '../index/sighting.ts'
import type { Query } from '../types.ts'

/** The smallest query and post, found by leaving out one thing after the other, for which `differs` still holds. */
export function smallest(
  query: Query,
  said: Said,
  differs: (query: Query, said: Said) => boolean,
): { query: Query; said: Said } {
  for (;;) {
    const less = lessQueries(query).find((each) => differs(each, said))
    if (less) {
      query = less
      continue
    }
    const shorter = lessSaid(said).find((each) => differs(query, each))
    if (!shorter) return { query, said }
    said = shorter
  }
}

function lessQueries(query: Query): Query[] {
  switch (query.type) {
    case 'and':
    case 'or':
      return [
        ...query.of,
        ...(query.of.length > 2 ? without(query.of).map((of) => ({ ...query, of })) : []),
        ...query.of.flatMap((each, at) => lessQueries(each).map((less) => ({ ...query, of: query.of.with(at, less) }))),
      ]
    case 'not':
      return [query.of, ...lessQueries(query.of).map((of) => ({ ...query, of }))]
    case 'near':
      return [
        ...query.left,
        ...query.right,
        ...(query.left.length > 1 ? without(query.left).map((left) => ({ ...query, left })) : []),
        ...(query.right.length > 1 ? without(query.right).map((right) => ({ ...query, right })) : []),
      ]
    case 'term':
      return query.words.length > 1 ? without(query.words).map((words) => ({ ...query, words })) : []
    case 'field':
      return []
  }
}

function lessSaid(said: Said): Said[] {
  return [
    ...(said.title === null ? [] : [{ ...said, title: null }]),
    ...(said.author === null ? [] : [{ ...said, author: null }]),
    ...(said.place === null ? [] : [{ ...said, place: null }]),
    ...(['languages', 'media', 'links', 'sources'] as const).flatMap((key) =>
      said[key].length > 0 ? [{ ...said, [key]: [] }] : [],
    ),
    ...shorterTexts(said.text).map((text) => ({ ...said, text })),
    ...shorterTexts(said.title ?? '').map((title) => ({ ...said, title })),
  ]
}

function shorterTexts(text: string): string[] {
  const found: string[] = []
  for (let size = text.length; size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at + size <= text.length; at += size) found.push(text.slice(0, at) + text.slice(at + size))
  return found
}

const without = <T>(all: T[]): T[][] => all.map((_, at) => all.filter((__, other) => other !== at))
