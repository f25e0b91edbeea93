// The graph of who mentions and answers whom: who stands between others, who is pointed to, which circles there are.

import { DirectedGraph, UndirectedGraph } from 'graphology'
import louvainModule from 'graphology-communities-louvain'
import betweennessModule from 'graphology-metrics/centrality/betweenness.js'
import pagerankModule from 'graphology-metrics/centrality/pagerank.js'
import modularityModule from 'graphology-metrics/graph/modularity.js'

// Their types speak of a default export, which the modules themselves are.
const louvain = louvainModule as unknown as typeof louvainModule.default
const betweenness = betweennessModule as unknown as typeof betweennessModule.default
const pagerank = pagerankModule as unknown as typeof pagerankModule.default
const modularity = modularityModule as unknown as typeof modularityModule.default

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
  const both = new UndirectedGraph()
  const directed = new DirectedGraph()
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

/** How much more lies within groups than chance would bring there (Newman and Girvan 2004). null without ties. */
export function modularityOf(ties: readonly Tie[], groupOf: (id: string) => string): number | null {
  const graph = new UndirectedGraph()
  for (const { from, to, times } of ties) {
    if (from === to) continue
    graph.mergeNode(from, { group: groupOf(from) })
    graph.mergeNode(to, { group: groupOf(to) })
    graph.updateEdge(from, to, (old) => ({ weight: ((old.weight as number | undefined) ?? 0) + times }))
  }
  return graph.size === 0 ? null : modularity(graph, { getNodeCommunity: 'group', getEdgeWeight: 'weight' })
}
