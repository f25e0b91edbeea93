// How long things last: fits of a log-normal or a Weibull distribution to times that are known exactly, within bounds, or only up to a day.
//
// log T = location + scale · Z, with Z normal, or the logarithm of an exponential time (Weibull: shape 1 / scale, its scale e^location).
// Times that were only seen because they came before a limit (right truncation) count by the share of them: science.md B3.

import { curvature, minimise } from './minimise.ts'
import { logNormalBelow, logNormalDensity } from './normal.ts'

export interface Life {
  /** Ended after this; the same as `to` where the moment is known. */
  from: number
  /** Ended by this; Infinity: was only watched until `from`. */
  to: number
  /** How many like this. */
  count: number
  /** Would not have been seen if it came after this; null: would have. */
  seenUntil: number | null
}

export type Family = 'log-normal' | 'weibull'

export interface LivesFit {
  family: Family
  location: number
  scale: number
  logLikelihood: number
  /** Time by which half has ended. */
  median: number
  /** Standard error of the logarithm of the median. */
  medianError: number
}

/** log F and log f of Z, and log(1 − F). */
interface Shape {
  logBelow(z: number): number
  logAbove(z: number): number
  logDensity(z: number): number
  median: number
}

const shapes: Record<Family, Shape> = {
  'log-normal': {
    logBelow: logNormalBelow,
    logAbove: (z) => logNormalBelow(-z),
    logDensity: logNormalDensity,
    median: 0,
  },
  weibull: {
    logBelow: (z) => Math.log(-Math.expm1(-Math.exp(z))),
    logAbove: (z) => -Math.exp(z),
    logDensity: (z) => z - Math.exp(z),
    median: Math.log(Math.LN2),
  },
}

/** null: nothing ended, or all at the same moment. */
export const fitLives = (lives: readonly Life[], family: Family): LivesFit | null => fitTo(together(lives), family)

/** Those that are alike count as one: what was read at the same ages all along is a handful, and the likelihood is the same. */
function together(lives: readonly Life[]): Life[] {
  const found = new Map<string, Life>()
  for (const life of lives) {
    if (life.count <= 0) continue
    const key = `${life.from} ${life.to} ${life.seenUntil}`
    const before = found.get(key)
    if (before) before.count += life.count
    else found.set(key, { ...life })
  }
  return [...found.values()]
}

function fitTo(used: readonly Life[], family: Family): LivesFit | null {
  const ended = used.filter(({ to }) => Number.isFinite(to))
  if (ended.length < 2) return null
  const loss = ([location, logScale]: readonly number[]): number => {
    const value = -logLikelihoodOf(used, shapes[family], { location: location!, scale: Math.exp(logScale!) })
    return Number.isFinite(value) ? value : 1e12
  }
  const total = ended.reduce((sum, { count }) => sum + count, 0)
  const begin = ended.reduce((sum, { from, to, count }) => sum + count * Math.log((from + to) / 2), 0) / total
  const first = minimise(loss, [begin, 0], [0.5, 0.5])
  // Once more from there: a flat triangle may have stopped it.
  const { x, value } = minimise(loss, first.x, [0.1, 0.1])
  const [location, logScale] = x as [number, number]
  const scale = Math.exp(logScale)
  const { median } = shapes[family]
  return {
    ...{ family, location, scale, logLikelihood: -value },
    median: Math.exp(location + scale * median),
    medianError: errorOf(loss, [location, logScale], scale * median),
  }
}

/** The family that explains the same lives with less (Akaike 1974); both have two numbers, so it is the likelier one. */
export function fitBest(lives: readonly Life[]): LivesFit | null {
  const used = together(lives)
  const fits = (['log-normal', 'weibull'] as const).flatMap((family) => fitTo(used, family) ?? [])
  return fits.toSorted((a, b) => b.logLikelihood - a.logLikelihood)[0] ?? null
}

/** Share that has ended by a time. */
export const endedBy = (
  { family, location, scale }: Pick<LivesFit, 'family' | 'location' | 'scale'>,
  time: number,
): number => (time <= 0 ? 0 : Math.exp(shapes[family].logBelow((Math.log(time) - location) / scale)))

function logLikelihoodOf(
  lives: readonly Life[],
  shape: Shape,
  { location, scale }: { location: number; scale: number },
): number {
  const z = (time: number) => (Math.log(time) - location) / scale
  return lives.reduce((sum, { from, to, count, seenUntil }) => {
    const seen = seenUntil === null ? 0 : shape.logBelow(z(seenUntil))
    return sum + count * (logChance(shape, z, { from, to, scale }) - seen)
  }, 0)
}

function logChance(
  shape: Shape,
  z: (time: number) => number,
  { from, to, scale }: { from: number; to: number; scale: number },
): number {
  if (from === to) return shape.logDensity(z(to)) - Math.log(scale * to)
  if (to === Number.POSITIVE_INFINITY) return shape.logAbove(z(from))
  if (from <= 0) return shape.logBelow(z(to))
  // From the side on which both are small numbers.
  const [a, b] =
    z(from) < 0 ? [shape.logBelow(z(to)), shape.logBelow(z(from))] : [shape.logAbove(z(from)), shape.logAbove(z(to))]
  return a + Math.log(-Math.expm1(b - a))
}

/** By the curvature of the likelihood: location + scale · median has the gradient (1, scale · median) over (location, log scale). */
function errorOf(loss: (x: readonly number[]) => number, at: readonly [number, number], gradient: number): number {
  const [aa, ab, bb] = curvature(loss, at)
  const determinant = aa * bb - ab * ab
  if (!(determinant > 0)) return Number.POSITIVE_INFINITY
  return Math.sqrt(Math.max(0, (bb - 2 * gradient * ab + gradient * gradient * aa) / determinant))
}
