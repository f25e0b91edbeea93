// Numbers that look drawn by chance and are the same for the same seed.

import { mulberry32 } from '../../src/lib/mulberry.ts'

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
  shuffled<T>(items: readonly T[]): T[]
}

/** 32 bits of state are more than enough to draw a plan. */
export function seeded(seed: number): Random {
  const draw = mulberry32(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b))
  const next = () => draw() / 2 ** 32
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    pick: (items) => items[whole(0, items.length - 1)]!,
    chance: (share) => next() < share,
    shuffled(items) {
      const mixed = [...items]
      for (let at = mixed.length - 1; at > 0; at--) {
        const other = whole(0, at)
        ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
      }
      return mixed
    },
  }
}
