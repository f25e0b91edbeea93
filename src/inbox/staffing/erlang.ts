// Queues of people who answer: how likely somebody waits, and how long, with so many at work (Erlang C), also when askers lose patience (Erlang A).
//
// Everything goes through the recursion of Erlang's loss formula, which neither overflows nor loses digits however many people there are.
// Erlang A: Garnett, Mandelbaum and Reiman (2002); waiting times by Mandelbaum and Zeltyn (2007).

export interface QueueLoad {
  /** Conversations an hour. */
  perHour: number
  /** Mean time that one takes. */
  handlingMs: number
}

export interface QueueAnswer {
  /** People at work. */
  people: number
  /** Work that comes, in people: λ × handling time. */
  offered: number
  /** Share of their time in which they are busy. */
  occupancy: number
  /** Share that waits at all. */
  waits: number
  /** Mean time until somebody takes it; over all, also those that do not wait. Infinity: more comes than is done. */
  meanWaitMs: number
}

const hourMs = 3600_000

/** Share that would be lost if nobody could wait: B(0) = 1, B(k) = a B(k−1) / (k + a B(k−1)). */
function lossShare(offered: number, people: number): number {
  let share = 1
  for (let count = 1; count <= people; count++) share = (offered * share) / (count + offered * share)
  return share
}

/** Erlang C: everybody waits as long as it takes. Where more comes than is done the queue grows for ever. */
export function erlangC({ perHour, handlingMs }: QueueLoad, people: number): QueueAnswer {
  const offered = (perHour * handlingMs) / hourMs
  if (offered === 0) return { people, offered, occupancy: 0, waits: 0, meanWaitMs: 0 }
  if (people <= offered) return { people, offered, occupancy: 1, waits: 1, meanWaitMs: Number.POSITIVE_INFINITY }
  const loss = lossShare(offered, people)
  const occupancy = offered / people
  const waits = loss / (1 - occupancy * (1 - loss))
  return { people, offered, occupancy, waits, meanWaitMs: (waits * handlingMs) / (people - offered) }
}

/** Share that somebody takes within this time. */
export function servedWithin(load: QueueLoad, people: number, withinMs: number): number {
  const { offered, waits } = erlangC(load, people)
  if (people <= offered) return 0
  return 1 - waits * Math.exp((-(people - offered) * withinMs) / load.handlingMs)
}

export interface ImpatientAnswer extends QueueAnswer {
  /** Share that gives up before anybody takes it. */
  abandons: number
}

export interface ImpatientLoad extends QueueLoad {
  /** Mean time after which somebody gives up. */
  patienceMs: number
}

/** Erlang A. Also where more comes than is done: then many give up. */
export function erlangA(load: ImpatientLoad, people: number): ImpatientAnswer {
  const { perHour, handlingMs, patienceMs } = load
  const offered = (perHour * handlingMs) / hourMs
  if (offered === 0) return { people, offered, occupancy: 0, waits: 0, meanWaitMs: 0, abandons: 0 }
  const { busy, queued, length } = queueTerms(load, people)
  // Everybody busy or somebody idle, and those with a queue.
  const all = busy / lossShare(offered, people) + queued
  const waits = (busy + queued) / all
  const waiting = length / all
  const meanWaitMs = (waiting / perHour) * hourMs
  const abandons = meanWaitMs / patienceMs
  const occupancy = people === 0 ? 0 : (offered * (1 - abandons)) / people
  return { people, offered, occupancy, waits, meanWaitMs, abandons }
}

/** Beyond, terms are made smaller together, so that none is too large for a number. */
const largest = 1e200

/** `busy`: that exactly everybody is busy and nobody waits. Sums over queues of 1, 2, 3 …: of their probabilities and lengths, in the same units. */
function queueTerms({ perHour, handlingMs, patienceMs }: ImpatientLoad, people: number) {
  const [arrival, leaving, giving] = [perHour / hourMs, people / handlingMs, 1 / patienceMs]
  let [busy, term, queued, length] = [1, 1, 0, 0]
  for (let count = 1; ; count++) {
    const ratio = arrival / (leaving + count * giving)
    term *= ratio
    queued += term
    length += count * term
    if (length > largest)
      [busy, term, queued, length] = [busy / largest, term / largest, queued / largest, length / largest]
    // The rest is smaller than a geometric series with this ratio.
    if (ratio < 1 && (term * (count + 1)) / (1 - ratio) ** 2 < 1e-16 * length) break
  }
  return { busy, queued, length }
}

/** Share of all that somebody takes within this time, when askers lose patience: those who gave up are not among them. */
export function servedWithinByPatience(load: ImpatientLoad, people: number, withinMs: number): number {
  if (load.perHour === 0) return 1
  if (people === 0) return 0
  const { waits } = erlangA(load, people)
  // The wait that somebody of endless patience would have has a density in proportion to e^(λ H(x) − m μ x), H(x) = (1 − e^(−θ x))/θ.
  const { perHour, handlingMs, patienceMs } = load
  const density = (x: number) => {
    const heard = patienceMs * -Math.expm1(-x / patienceMs)
    return (perHour / hourMs) * heard - (people / handlingMs) * x
  }
  const peak = peakOf(load, people)
  const scaled = (x: number) => Math.exp(density(x) - density(peak))
  const end = endOf(density, peak, { handlingMs, patienceMs })
  const whole = integral(scaled, 0, end)
  const stays = integral((x) => scaled(x) * Math.exp(-x / patienceMs), 0, Math.min(withinMs, end))
  return 1 - waits + (waits * stays) / whole
}

/** Where the density is greatest: where as many come who still have patience as are served. */
function peakOf({ perHour, handlingMs, patienceMs }: ImpatientLoad, people: number): number {
  const offered = (perHour * handlingMs) / hourMs
  if (offered <= people) return 0
  return patienceMs * Math.log(offered / people)
}

/** Beyond, nothing is left that a number could hold. */
function endOf(
  density: (x: number) => number,
  peak: number,
  { handlingMs, patienceMs }: Pick<ImpatientLoad, 'handlingMs' | 'patienceMs'>,
): number {
  let reach = Math.min(handlingMs, patienceMs)
  while (density(peak + reach) > density(peak) - 45) reach *= 1.5
  return peak + reach
}

/** Simpson's rule; the densities here are smooth. */
function integral(of: (x: number) => number, from: number, to: number, steps = 4000): number {
  const width = (to - from) / steps
  let sum = of(from) + of(to)
  for (let step = 1; step < steps; step++) sum += of(from + step * width) * (step % 2 === 1 ? 4 : 2)
  return (sum * width) / 3
}
