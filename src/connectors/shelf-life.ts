// Half-lives that networks of one kind share: priors from public figures, to be replaced by an organisation's own.
//
// Definitions differ by a factor of three (impressions, clicks, engagement), so these are beginnings and not truths.

import type { ContentKind } from './contract.ts'

export interface ShelfLife {
  kind: ContentKind
  /** Until half of the reaction came. */
  halfLifeMinutes: number
  /** Who measured what, and when; or why another network's figure stands in. */
  source: string
}

const yearMinutes = 365.25 * 24 * 60

export const streamShelfLife: ShelfLife[] = [
  {
    kind: 'post',
    halfLifeMinutes: 80,
    source:
      'No public figure for this network. The median of impressions on X stands in: 80 minutes (Pfeffer and others 2023, arXiv 2302.09654).',
  },
]

export const blogShelfLife: ShelfLife[] = [
  {
    kind: 'post',
    halfLifeMinutes: Math.round(1.95 * yearMinutes),
    source: 'Blogs: 1.95 years (Graffius, recent edition as it is quoted in public; 2 years in the chart of 2023).',
  },
]
