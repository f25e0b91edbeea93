// Plans made in a thread: the same as made here, with progress, stopped in the middle, within their time; and large ones within the gap that is printed.

import { describe, expect, test } from 'vitest'
import { makeQuestion } from '../../../bench/programme/world.ts'
import { judgePlan } from './judge-plan.ts'
import { planInThread } from './plan-in-thread.ts'
import { printedInstance } from './plans.testing.ts'
import type { PlanProgress } from './types.ts'

const large = makeQuestion({ people: 20, departments: 4, channels: 6, weeks: 12, seed: 3 })

/** A machine that others use too may take many times as long. */
const patience = 240_000

describe('a plan in a thread', () => {
  test('has the printed worth', async () => {
    const answer = await planInThread(printedInstance(900), { gap: 0 })
    if (answer.state !== 'planned') throw new Error(answer.conflict.words)
    expect(Math.abs(answer.plan.value - 196.691)).toBeLessThan(0.001)
  })

  test(
    'of many people breaks nothing, misses at most one percent, and tells how far it is',
    async () => {
      const told: PlanProgress[] = []
      const answer = await planInThread(large, { timeMs: 60_000, onProgress: (progress) => told.push(progress) })
      if (answer.state !== 'planned') throw new Error(answer.conflict.words)
      const { plan } = answer
      expect(judgePlan(large, plan.items)).toEqual([])
      expect(plan.gap).toBeLessThanOrEqual(0.01)
      expect(plan.by).toBe('solver')
      expect(plan.seed).toBe(3)
      expect(told.length).toBeGreaterThan(3)
      expect(told.at(-1)!.done).toBe(told.at(-1)!.of)
      expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b))
    },
    patience,
  )

  test(
    'is stopped in the middle, with the reason of whoever stops it',
    async () => {
      const stop = new AbortController()
      const asked = planInThread(large, { timeMs: 60_000, signal: stop.signal, onProgress: () => stop.abort('enough') })
      await expect(asked).rejects.toBe('enough')
      await expect(planInThread(large, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    },
    patience,
  )

  test(
    'comes again the same, and a change of it comes soon and keeps who need not change',
    async () => {
      const first = await planInThread(large, { timeMs: 60_000 })
      if (first.state !== 'planned') throw new Error(first.conflict.words)
      const again = await planInThread(large, { timeMs: 60_000, before: first.plan })
      if (again.state !== 'planned') throw new Error(again.conflict.words)
      expect(again.plan.value).toBeCloseTo(first.plan.value, 6)
      expect(again.plan.items).toEqual(first.plan.items)
      const changed = { ...large, people: large.people.filter(({ id }) => id !== 'p3') }
      const next = await planInThread(changed, { timeMs: 60_000, before: first.plan })
      if (next.state !== 'planned') throw new Error(next.conflict.words)
      expect(judgePlan(changed, next.plan.items)).toEqual([])
      expect(next.plan.gap).toBeLessThanOrEqual(0.01)
    },
    patience,
  )
})
