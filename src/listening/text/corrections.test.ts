// What people correct moves the machine in their organisation, and only where that helps on labels it has not seen.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../../scripts/train-text/random.ts'
import { adjust, type Looked, learnFromLooks, leastLooks, nothingMoved } from './corrections.ts'

/** People whose labels follow the machine's probabilities, after these were moved by `shifts` and `slope`. */
function peopleWho(shifts: number[], count: number, seed: number, slope = 1): Looked[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const raw = shifts.map(() => Math.exp(3 * (random() - 0.5)))
    const sum = raw.reduce((total, each) => total + each, 0)
    const shares = raw.map((each) => each / sum)
    const moved = adjust(shares, { slope, shifts })
    const dice = random()
    const label = moved.findIndex((_, at) => dice < moved.slice(0, at + 1).reduce((total, each) => total + each, 0))
    return { shares, label: Math.max(label, 0) }
  })
}

function lossOf(looks: Looked[], moved: (shares: number[]) => number[]): number {
  return looks.reduce((sum, { shares, label }) => sum - Math.log(moved(shares)[label]!), 0) / looks.length
}

describe('people who see more negative than the machine', () => {
  const strict = [1.2, 0, -1.2]
  const learnt = learnFromLooks(peopleWho(strict, 200, 1), 3)

  test('move it their way', () => {
    expect(learnt.used).toBe(true)
    expect(learnt.adjustment.shifts[0]!).toBeGreaterThan(0.4)
    expect(learnt.adjustment.shifts[2]!).toBeLessThan(-0.4)
    expect(learnt.after.right).toBeGreaterThan(learnt.before.right)
  })

  test('get better probabilities for texts that nobody looked at yet', () => {
    const fresh = peopleWho(strict, 2_000, 2)
    expect(lossOf(fresh, (shares) => adjust(shares, learnt.adjustment))).toBeLessThan(
      lossOf(fresh, (shares) => shares) - 0.1,
    )
  })
})

test('a few looks move nothing', () => {
  const learnt = learnFromLooks(peopleWho([2, 0, -2], leastLooks - 1, 3), 3)
  expect(learnt).toMatchObject({ used: false, adjustment: nothingMoved(3) })
})

test('on labels held back it is never worse than without, whoever looks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.integer({ min: leastLooks, max: 150 }),
      fc.integer(),
      (shifts, count, seed) => {
        const { used, before, after, adjustment } = learnFromLooks(peopleWho(shifts, count, seed), 3)
        if (!used) expect(adjustment).toEqual(nothingMoved(3))
        expect(after.loss < before.loss && after.right >= before.right).toBe(used)
      },
    ),
    { numRuns: 40, seed: 4 },
  )
})

test('where people agree with the machine, using what was learnt costs next to nothing on fresh texts', () => {
  for (let seed = 10; seed < 20; seed++) {
    const { adjustment } = learnFromLooks(peopleWho([0, 0, 0], 60, seed), 3)
    const fresh = peopleWho([0, 0, 0], 1_000, seed + 100)
    expect(lossOf(fresh, (shares) => adjust(shares, adjustment))).toBeLessThan(lossOf(fresh, (shares) => shares) + 0.03)
  }
})

test('probabilities stay probabilities', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      (shares, slope) => {
        const moved = adjust(shares, { slope, shifts: [0.5, 0, -0.5] })
        expect(moved.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1)
      },
    ),
  )
})
