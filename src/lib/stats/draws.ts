// Numbers drawn by chance from a seed: even, and normally distributed (Box and Muller 1958). The same for the same seed.

import { mulberry32 } from '../mulberry.ts'

export interface Draws {
  /** Above 0, below 1. */
  even(): number
  /** Mean 0, standard deviation 1. */
  normal(): number
}

export function drawsFrom(seed: number): Draws {
  const next = mulberry32(seed)
  // Half a step off, so that it is never 0, whose logarithm is none.
  const even = () => (next() + 0.5) / 2 ** 32
  let spare: number | null = null
  return {
    even,
    normal: () => {
      if (spare !== null) {
        const kept = spare
        spare = null
        return kept
      }
      const reach = Math.sqrt(-2 * Math.log(even()))
      const angle = 2 * Math.PI * even()
      spare = reach * Math.sin(angle)
      return reach * Math.cos(angle)
    },
  }
}
