// The graph of who mentions and answers whom: who stands between others, who is pointed to, which circles there are.

import Graph from 'graphology'
import louvain from 'graphology-communities-louvain'
import betweenness from 'graphology-metrics/centrality/betweenness.js'
import pagerank from 'graphology-metrics/centrality/pagerank.js'

/** `from` mentions or answers `to`, so many times. */
export interface Tie {
  from: string
  to: string
  times: number
}

export interface Place {
  id: string
  /** Share of shortest ways between others that lead here, 0 to 1. */
  betweenness: number
  /** PageRank with 0.85; all together are 1. */
  rank: number
  /** Number of the circle that this author belongs to. */
  circle: number
  /** Circles that this author has ties to, the own one included. */
  circlesReached: number
}

/** Ties to oneself say nothing and are left out. Ways ignore the direction of a tie, PageRank follows it. */
export function placesIn(ties: readonly Tie[], random: () => number): Place[] {
  const both = new Graph({ type: 'undirected' })
  const directed = new Graph({ type: 'directed' })
  for (const { from, to, times } of ties) {
    if (from === to) continue
    both.mergeNode(from)
    both.mergeNode(to)
    both.updateUndirectedEdge(from, to, (old) => ({ weight: ((old.weight as number | undefined) ?? 0) + times }))
    directed.mergeNode(from)
    directed.mergeNode(to)
    directed.updateDirectedEdge(from, to, (old) => ({ weight: ((old.weight as number | undefined) ?? 0) + times }))
  }
  if (both.order === 0) return []
  const between = betweenness(both, { getEdgeWeight: null, normalized: true })
  const ranks = pagerank(directed, { alpha: 0.85, getEdgeWeight: 'weight', maxIterations: 1000, tolerance: 1e-9 })
  const circles = louvain(both, { getEdgeWeight: 'weight', rng: random })
  return both.mapNodes((id) => ({
    id,
    betweenness: between[id]!,
    rank: ranks[id]!,
    circle: circles[id]!,
    circlesReached: new Set([circles[id]!, ...both.mapNeighbors(id, (other) => circles[other]!)]).size,
  }))
}

/** How ties divide between groups and within them: E-I index (Krackhardt and Stern 1988), −1 all within, 1 all between. */
export function eiIndex(ties: readonly Tie[], groupOf: (id: string) => string): number | null {
  if (ties.length === 0) return null
  const external = ties.filter(({ from, to }) => groupOf(from) !== groupOf(to)).length
  return (external - (ties.length - external)) / ties.length
}
