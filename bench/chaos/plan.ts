// Draws what will happen to each post from the seed: where it goes, what it is made of, what breaks, and where its worker dies.

import { type Boundary, boundaries, type Need, pastTheLastLook, placeOf, sleepy } from './boundaries.ts'
import { type Random, seeded } from './random.ts'

export const networkNames = ['fake', 'fake-slow', 'bluesky', 'mastodon', 'gotosocial', 'ghost', 'wordpress'] as const
export type NetworkName = (typeof networkNames)[number]

export type FaultKind =
  | 'lost answer'
  | 'closed before'
  | '500'
  | '500 after'
  | '502 page after'
  | '429'
  | 'truncated'
  | 'slow'
  | 'expired'
  | 'revoked'
  | 'refused'

export interface PlannedFault {
  kind: FaultKind
  at: 'write' | 'prepare' | 'look-up'
  /** As many requests of this kind go through untouched before. */
  skip: number
  /** For `429` and `slow`. */
  seconds: number
}

export interface Death extends Boundary {
  /** `stop`: the process is frozen, another takes over, and it goes on `seconds` later. */
  how: 'kill' | 'stop'
  seconds: number
}

export type Shape = 'single' | 'image' | 'thread' | 'comment'

export interface Run {
  index: number
  mark: string
  network: NetworkName
  /** Which of the network's accounts. */
  account: number
  shape: Shape
  /** Who may answer is limited, by a record of its own beside the post. */
  gated: boolean
  /** Milliseconds after the campaign begins. */
  dueMs: number
  faults: PlannedFault[]
  death: Death | null
}

export interface Plan {
  seed: number
  runs: Run[]
  /** Worker processes that are killed wherever they are, and databases: milliseconds after the beginning. */
  kills: number[]
  databases: { atMs: number; how: 'kill' | 'restart' }[]
  windowMs: number
}

export interface PlanOptions {
  seed: number
  runs: number
  networks: readonly NetworkName[]
  windowMs: number
  /** Share of the posts whose worker dies; 0: no database is taken away either. */
  deaths: number
}

export const accountsEach = 4

const weights: Record<NetworkName, number> = {
  fake: 4,
  'fake-slow': 3,
  bluesky: 7,
  mastodon: 4,
  gotosocial: 4,
  ghost: 3,
  wordpress: 3,
}

export function drawPlan(options: PlanOptions): Plan {
  const { seed, windowMs } = options
  const deck = seeded(seed).shuffled(boundaries)
  let dealt = 0
  const runs = Array.from({ length: options.runs }, (_, index) =>
    // Every run has a stream of its own, so that one drawn differently leaves the others as they were.
    drawRun(seeded(seed * 1_000_003 + index), index, options, () => deck[dealt++ % deck.length]!),
  )
  const random = seeded(seed + 7)
  const kills = options.deaths > 0 ? moments(random, windowMs, 12_000) : []
  const restarts = options.deaths > 0 ? moments(random, windowMs, 26_000) : []
  const databases = restarts.map((atMs, at) => ({ atMs, how: at % 2 === 0 ? ('kill' as const) : ('restart' as const) }))
  return { seed, runs, kills, databases, windowMs }
}

function moments(random: Random, windowMs: number, aboutEveryMs: number): number[] {
  const times: number[] = []
  for (let at = aboutEveryMs * (0.4 + random.next()); at < windowMs; at += aboutEveryMs * (0.5 + random.next()))
    times.push(Math.round(at))
  return times
}

function drawRun(random: Random, index: number, options: PlanOptions, deal: () => Boundary): Run {
  const network = random.pick(options.networks.flatMap((name) => Array<NetworkName>(weights[name]).fill(name)))
  const base: Run = {
    index,
    mark: `mk${options.seed}x${index}z`,
    network,
    account: random.whole(0, accountsEach - 1),
    shape: 'single',
    gated: false,
    // Those whose worker is frozen come early: they take the longest.
    dueMs: random.whole(0, options.windowMs),
    faults: [],
    death: null,
  }
  const fate = random.next()
  const died =
    fate < options.deaths
      ? withDeath(random, base, options, fate < options.deaths * 0.84 ? 'kill' : 'stop', deal)
      : base
  // A few have an untroubled life, as far as their neighbours let them.
  const broken = fate >= options.deaths + 0.06 ? { ...died, faults: drawFaults(random, died.network) } : died
  const shape = drawShape(random, broken)
  return { ...broken, shape, gated: broken.network === 'bluesky' && random.chance(0.3) }
}

function withDeath(random: Random, run: Run, options: PlanOptions, how: Death['how'], deal: () => Boundary): Run {
  const place =
    how === 'kill' || random.chance(0.25)
      ? deal()
      : random.pick(boundaries.filter((each) => sleepy.includes(placeOf(each))))
  const network = fittingNetwork(random, run.network, options, place.need)
  if (network === null || (how === 'stop' && network === 'gotosocial' && placeOf(place) === pastTheLastLook)) return run
  const fault = place.need
    ? faultFor(random, place.need)
    : random.chance(0.4)
      ? drawFaults(random, network).slice(0, 1)
      : []
  return {
    ...run,
    network,
    dueMs: how === 'stop' ? Math.round(run.dueMs * 0.6) : run.dueMs,
    faults: fault,
    death: { ...place, how, seconds: how === 'stop' ? random.whole(31, 44) : 0 },
  }
}

/** null: none of the chosen networks passes there. */
function fittingNetwork(
  random: Random,
  drawn: NetworkName,
  { networks }: PlanOptions,
  need: Need | null,
): NetworkName | null {
  const fits = (name: NetworkName) =>
    need === 'polling' ? name === 'fake-slow' : need === 'expiry' ? name !== 'ghost' && name !== 'wordpress' : true
  if (fits(drawn)) return drawn
  const fitting = networks.filter(fits)
  return fitting.length > 0 ? random.pick(fitting) : null
}

function faultFor(random: Random, need: Need): PlannedFault[] {
  const write = (kind: FaultKind): PlannedFault => ({ kind, at: 'write', skip: 0, seconds: 3 })
  if (need === 'doubt') return [write(random.pick(['lost answer', 'closed before', '500 after', 'truncated'] as const))]
  if (need === 'expiry') return [write('expired')]
  if (need === 'failure') return [write('429')]
  return []
}

const inWrites: FaultKind[] = [
  'lost answer',
  'lost answer',
  'closed before',
  '500',
  '500 after',
  '502 page after',
  '429',
  'truncated',
  'slow',
  'expired',
  'revoked',
  'refused',
]
const inReads: FaultKind[] = ['lost answer', 'closed before', '500', '429', 'truncated']

/** One to three, of which the first strikes the write or what comes before it. */
function drawFaults(random: Random, network: NetworkName): PlannedFault[] {
  const first: PlannedFault =
    random.chance(0.8) || network === 'gotosocial'
      ? { kind: random.pick(inWrites), at: 'write', skip: random.chance(0.25) ? 1 : 0, seconds: random.whole(2, 6) }
      : { kind: random.pick(inReads), at: 'prepare', skip: 0, seconds: random.whole(2, 5) }
  if (first.kind === 'refused') return [{ ...first, skip: 0 }]
  // Longer than a worker waits for an answer: the write arrives when it has been given up.
  const slow = first.kind === 'slow' ? { ...first, seconds: random.whole(3, 20) } : first
  const more: PlannedFault[] = []
  if (random.chance(0.35))
    more.push({ kind: random.pick(inReads), at: 'look-up', skip: 0, seconds: random.whole(1, 4) })
  if (random.chance(0.35))
    more.push({
      kind: random.pick(['lost answer', '429', '500 after', 'closed before'] as const),
      at: 'write',
      skip: 0,
      seconds: 2,
    })
  return [slow, ...more]
}

function drawShape(random: Random, { network, death }: Run): Shape {
  const image = random.chance(0.25) || death?.name.startsWith('prepare: ')
  if (network === 'ghost' || network === 'wordpress') return image ? 'image' : 'single'
  if (image) return 'image'
  return random.pick(['single', 'single', 'single', 'thread', 'comment'] as const)
}

/** The line of the table under which a run is counted. */
export function fateOf({ death, faults }: Run): string {
  const broken = faults[0]
  const fault = broken ? (broken.at === 'write' ? broken.kind : `${broken.kind} in prepare`) : null
  if (!death) return fault ?? 'nothing of its own'
  const word = death.how === 'kill' ? 'killed' : 'frozen'
  return fault ? `${word} and a fault` : word
}
