// Fits of lives against R's survreg, lifelines and the reference's own simulated post (science.md B3, V5).

import { describe, expect, test } from 'vitest'
import { drawsFrom } from './draws.ts'
import { endedBy, fitBest, fitLives, type Life } from './lives.ts'
import { normalBelow } from './normal.ts'
import { type Lives, lung, waltons } from './survival-data.testing.ts'

const livesOf = ({ ended, watched }: Lives): Life[] => [
  ...ended.map((time) => ({ from: time, to: time, count: 1, seenUntil: null })),
  ...watched.map((time) => ({ from: time, to: Number.POSITIVE_INFINITY, count: 1, seenUntil: null })),
]

const post: Life[] = [139, 123, 171, 174, 161, 119, 81, 25].map((count, at) => {
  const ages = [0, 15, 30, 60, 120, 240, 480, 1440, 2880]
  return { from: ages[at]!, to: ages[at + 1]!, count, seenUntil: 2880 }
})

describe('published fits', () => {
  test('lung: Weibull 6.0349, 0.7594, log-likelihood −1153.851, median 316.26; log-normal median 288.10', () => {
    const weibull = fitLives(livesOf(lung), 'weibull')!
    expect(Math.abs(weibull.location - 6.0349)).toBeLessThan(0.001)
    expect(Math.abs(weibull.scale - 0.7594)).toBeLessThan(0.001)
    expect(Math.abs(weibull.logLikelihood + 1153.851)).toBeLessThan(0.001)
    expect(Math.abs(weibull.median - 316.26)).toBeLessThan(0.01)
    expect(Math.abs(fitLives(livesOf(lung), 'log-normal')!.median - 288.1)).toBeLessThan(0.01)
  })

  test('waltons: lambda 55.733, rho 3.4505, log-likelihood −672.062', () => {
    const { location, scale, logLikelihood } = fitLives(livesOf(waltons), 'weibull')!
    expect(Math.abs(Math.exp(location) - 55.733)).toBeLessThan(0.001)
    expect(Math.abs(1 / scale - 3.4505)).toBeLessThan(0.001)
    expect(Math.abs(logLikelihood + 672.062)).toBeLessThan(0.001)
  })

  test('a simulated post of 80 minutes: 79.29, sigma 1.539, standard error of the logarithm 0.052', () => {
    const fit = fitBest(post)!
    expect(fit.family).toBe('log-normal')
    expect(Math.abs(fit.median - 79.3)).toBeLessThan(0.5)
    expect(Math.abs(fit.scale - 1.539)).toBeLessThan(0.001)
    expect(Math.abs(fit.medianError - 0.052)).toBeLessThan(0.001)
  })
})

describe('lives', () => {
  test('of the other family are known as such', () => {
    const draws = drawsFrom(3)
    const drawn = (time: () => number): Life[] =>
      Array.from({ length: 400 }, () => {
        const at = time()
        return { from: at, to: at, count: 1, seenUntil: null }
      })
    expect(fitBest(drawn(() => 100 * (-Math.log(draws.even())) ** (1 / 1.8)))!.family).toBe('weibull')
    expect(fitBest(drawn(() => Math.exp(4 + 0.8 * draws.normal())))!.family).toBe('log-normal')
  })

  test('that are cut off early are not taken for short ones', () => {
    const whole = fitLives(post, 'log-normal')!
    const early = fitLives(
      post.slice(0, 6).map((life) => ({ ...life, seenUntil: 480 })),
      'log-normal',
    )!
    expect(Math.abs(Math.log(early.median / whole.median))).toBeLessThan(2.5 * early.medianError)
    expect(early.medianError).toBeGreaterThan(whole.medianError)
  })

  test('share by share: half has ended at the median', () => {
    const fit = fitLives(post, 'weibull')!
    expect(endedBy(fit, fit.median)).toBeCloseTo(0.5, 9)
    expect(endedBy(fit, 0)).toBe(0)
    expect(fitLives([], 'weibull')).toBeNull()
  })

  test.each([
    [0, 0.5],
    [1.959_963_984_540_054, 0.975],
    [-1.281_551_565_544_600_4, 0.1],
    [-6, 9.865_876_450_376_981e-10],
  ])('normal: below %d lies %d', (x, share) => {
    expect(normalBelow(x) / share).toBeCloseTo(1, 9)
  })
})
