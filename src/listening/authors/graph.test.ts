// The graph measures against the published figures of Zachary's karate club (34 people, 78 ties).

import { describe, expect, test } from 'vitest'
import { eiIndex, modularityOf, placesIn, type Tie } from './graph.ts'

/** Who had dealings with whom (Zachary 1977), each tie once. */
const club: Record<number, number[]> = {
  1: [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32],
  2: [3, 4, 8, 14, 18, 20, 22, 31],
  3: [4, 8, 9, 10, 14, 28, 29, 33],
  4: [8, 13, 14],
  5: [7, 11],
  6: [7, 11, 17],
  7: [17],
  9: [31, 33, 34],
  10: [34],
  14: [34],
  15: [33, 34],
  16: [33, 34],
  19: [33, 34],
  20: [34],
  21: [33, 34],
  23: [33, 34],
  24: [26, 28, 30, 33, 34],
  25: [26, 28, 32],
  26: [32],
  27: [30, 34],
  28: [34],
  29: [32, 34],
  30: [33, 34],
  31: [33, 34],
  32: [33, 34],
  33: [34],
}
const ties: Tie[] = Object.entries(club).flatMap(([from, others]) =>
  others.map((to) => ({ from, to: String(to), times: 1 })),
)
/** Those who stayed with the instructor when the club split. */
const instructor = new Set(['1', '2', '3', '4', '5', '6', '7', '8', '11', '12', '13', '14', '17', '18', '20', '22'])
const sideOf = (id: string) => (instructor.has(id) ? 'instructor' : 'officer')

describe("Zachary's karate club", () => {
  // Dealings have no direction: as arrows they go both ways.
  const both = [...ties, ...ties.map(({ from, to, times }) => ({ from: to, to: from, times }))]
  const places = new Map(placesIn(both, () => 0.5).map((place) => [place.id, place]))

  test('has 34 people and 78 ties', () => {
    expect(places.size).toBe(34)
    expect(ties.length).toBe(78)
  })

  test('betweenness: 0.4376 of 1, 0.3041 of 34, 0.1452 of 33', () => {
    expect(['1', '34', '33'].map((id) => places.get(id)!.betweenness.toFixed(4))).toEqual([
      '0.4376',
      '0.3041',
      '0.1452',
    ])
  })

  test('PageRank: 0.1009 of 34, 0.0970 of 1, all together 1', () => {
    expect(['34', '1'].map((id) => places.get(id)!.rank.toFixed(4))).toEqual(['0.1009', '0.0970'])
    expect([...places.values()].reduce((sum, { rank }) => sum + rank, 0)).toBeCloseTo(1, 6)
  })

  test('modularity of the two factions: 0.3715; E-I index: −0.7436 with 10 ties between them', () => {
    expect(modularityOf(ties, sideOf)).toBeCloseTo(0.3715, 4)
    expect(ties.filter(({ from, to }) => sideOf(from) !== sideOf(to)).length).toBe(10)
    expect(eiIndex(ties, sideOf)).toBeCloseTo(-0.7436, 4)
  })

  test('its circles are better than the factions, and those who split it reach more than one', () => {
    expect(modularityOf(ties, (id) => String(places.get(id)!.circle))).toBeGreaterThan(0.4)
    expect(places.get('1')!.circlesReached).toBeGreaterThan(1)
    expect(places.get('12')!.circlesReached).toBe(1)
  })
})

test('nobody answers anybody: no places, no index, and whoever speaks with oneself stands nowhere', () => {
  expect(placesIn([], Math.random)).toEqual([])
  expect(placesIn([{ from: 'a', to: 'a', times: 3 }], Math.random)).toEqual([])
  expect(eiIndex([], () => 'a')).toBeNull()
  expect(modularityOf([], () => 'a')).toBeNull()
})
