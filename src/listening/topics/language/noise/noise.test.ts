// Noise that people marked, and what is proposed to leave it out.

import { expect, test } from 'vitest'
import { parseQuery } from '../parse.ts'
import { printQuery } from '../print.ts'
import type { Query } from '../types.ts'
import { companions, itemsOf, proposeExclusions, topLinks, topNames, withoutItems, writeItem } from './rules.ts'

function read(text: string): Query {
  const reading = parseQuery(text)
  if (!reading.ok) throw new Error(reading.error.code)
  return reading.query
}

const meant = ['boots', 'sandals', 'trainers', 'heels'].flatMap((shoe) => [
  `I love my new Acme ${shoe}, so light`,
  `the Acme ${shoe} broke after a week`,
  `are Acme ${shoe} good for rain? the price is fine`,
])
const noise = ['Berlin', 'Leeds', 'Lyon', 'Porto', 'Oslo', 'Graz', 'Bern', 'Cork'].map(
  (town) => `Acme is hiring in ${town}: apply now for the warehouse #jobs`,
)

test('what only noise says is proposed, with what it would take away', () => {
  const found = proposeExclusions(read('acme'), { noise, meant })
  expect(found.length).toBeGreaterThan(0)
  expect(found.length).toBeLessThanOrEqual(12)
  const items = found.map(({ item }) => item)
  expect(items).toContain('#jobs')
  expect(items.some((item) => item.includes('hiring'))).toBe(true)
  for (const each of found) {
    expect(each).toMatchObject({ noise: 8, lost: 0, sure: true })
    expect(each.z).toBeGreaterThan(1.96)
    expect(each.item.split(' ')).not.toContain('acme')
  }
  for (const word of ['the', 'berlin', 'boots']) expect(items).not.toContain(word)
})

const every = (odd: number): string[] => meant.filter((_, at) => at % 2 === odd)

test('nothing is proposed where the groups speak alike, or where there is nothing to compare', () => {
  expect(proposeExclusions(read('acme'), { noise: every(0), meant: every(1) })).toEqual([])
  expect(proposeExclusions(read('acme'), { noise: [], meant })).toEqual([])
})

test('a few marked posts are enough for a proposal that is not sure', () => {
  const found = proposeExclusions(read('acme'), { noise: noise.slice(0, 3), meant: [...meant.slice(0, 3), noise[3]!] })
  expect(found[0]).toMatchObject({ noise: 3, lost: 1, sure: false })
})

test('the query goes on without it', () => {
  expect(printQuery(withoutItems(read('acme OR globex'), ['hiring', '#jobs', 'apply now']))).toBe(
    '(acme OR globex) AND NOT (hiring OR #jobs OR "apply now")',
  )
  expect(writeItem('apply now')).toBe('"apply now"')
})

test('what goes with a topic is what other texts do not say', () => {
  const found = companions(read('acme'), noise.map(itemsOf), meant.map(itemsOf))
  expect(found.map(({ word }) => word)).toContain('hiring')
  expect(found.map(({ word }) => word)).not.toContain('acme')
})

test('links are counted once for each post, and names by how often they occur', () => {
  const links = ['https://a.example/x?utm_source=y', 'https://a.example/x', 'https://b.example/']
  expect(topLinks([{ links }, { links: ['https://a.example/x#top'] }])).toEqual([
    { name: 'https://a.example/x', count: 2 },
    { name: 'https://b.example', count: 1 },
  ])
  expect(topNames(['de', 'en', 'en'], 1)).toEqual([{ name: 'en', count: 2 }])
})
