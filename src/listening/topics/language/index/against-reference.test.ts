// Every one of many queries on every one of many posts, against the plain meaning. `npm run check:queries` asks 2,000 on 100,000.

import { writeSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../parse.ts'
import { printQuery } from '../print.ts'
import { posts, queries } from '../testing/generate.ts'
import { matches, pageOf } from '../testing/reference.ts'
import { smallest } from '../testing/smallest.ts'
import type { Query } from '../types.ts'
import type { Said } from './sighting.ts'
import { makeTopicIndex } from './topic-index.ts'

const [queryCount, postCount] = process.env.CHECK_QUERIES ? [2_000, 100_000] : [300, 1_000]

/** Drawn in portions, because long draws of one seed take time out of proportion. */
function draw<T>(what: fc.Arbitrary<T>, count: number, seed: number): T[] {
  const portion = 500
  return Array.from({ length: Math.ceil(count / portion) }, (_, at) =>
    fc.sample(what, { numRuns: Math.min(portion, count - at * portion), seed: seed + at }),
  ).flat()
}

function drawQueries(count: number, seed: number): Query[] {
  const found: Query[] = []
  for (let at = 0; found.length < count; at++)
    for (const text of draw(queries, 500, seed + at * 1_000)) {
      const reading = parseQuery(text)
      if (reading.ok && found.length < count) found.push(reading.query)
    }
  return found
}

function matchesAlone(query: Query, said: Said): boolean {
  const index = makeTopicIndex()
  index.put('one', query)
  return index.match(said).length > 0
}

test('all queries at once find in every post what each of them means', { timeout: 7_200_000 }, () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
  const asked = drawQueries(queryCount, seed)
  const index = makeTopicIndex()
  for (const [at, query] of asked.entries()) index.put(String(at), query)
  let found = 0
  for (const [number, said] of draw(posts, postCount, seed).entries()) {
    // The long check says how far it is, past the runner, which would keep it until the end.
    if (number > 0 && number % 10_000 === 0)
      writeSync(2, `seed ${seed}: ${number} of ${postCount} posts, ${found} matches\n`)
    const page = pageOf(said)
    const hits = new Set(index.match(said))
    found += hits.size
    for (const [at, query] of asked.entries()) {
      if (hits.has(String(at)) === matches(query, page)) continue
      const least = smallest(
        query,
        said,
        (less, shorter) => matchesAlone(less, shorter) !== matches(less, pageOf(shorter)),
      )
      expect.fail(
        `seed ${seed}: ${printQuery(least.query)} on ${JSON.stringify(least.said)} (was ${printQuery(query)})`,
      )
    }
  }
  // A comparison of nothing with nothing would show nothing.
  expect(found).toBeGreaterThan(postCount)
  console.info(`${asked.length} queries × ${postCount} posts: ${found} matches, as meant (seed ${seed})`)
})

test('topics that come, change and go leave nothing behind', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(queries)), { maxLength: 60 }),
      fc.array(posts, { minLength: 1, maxLength: 10 }),
      (steps, said) => {
        const index = makeTopicIndex()
        const now = new Map<string, Query>()
        for (const [at, [id, text]] of steps.entries()) {
          const reading = text === null ? null : parseQuery(text)
          if (reading?.ok) {
            index.put(String(id), reading.query)
            now.set(String(id), reading.query)
          } else if (text === null) {
            index.remove(String(id))
            now.delete(String(id))
          }
          const post = said[at % said.length]!
          const meant = [...now].filter(([, query]) => matches(query, pageOf(post))).map(([key]) => key)
          expect([...index.match(post)].sort()).toEqual(meant.sort())
        }
        expect(index.size).toBe(now.size)
      },
    ),
    { numRuns: 150 },
  )
})
