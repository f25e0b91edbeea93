// Draws one interleaving: what the post is, what people do to it, what the network does, and when time jumps.

import { type Random, seeded } from '../chaos/random.ts'

export type Step =
  | 'edit'
  | 'consent'
  | 'refuse'
  | 'withdraw-request'
  | 'another-lane'
  | 'hold'
  | 'release'
  | 'begin-hold'
  | 'end-hold'
  | 'move-ahead'
  | 'move-now'
  | 'cancel'
  | 'delete'
  | 'assign'

export type HoldOf = 'everything' | 'campaigns' | 'campaign' | 'account' | 'department'

export interface Run {
  index: number
  seed: number
  /** How many parts its thread has. */
  parts: number
  accounts: number
  needsConsent: boolean
  consented: boolean
  inCampaign: boolean
  /** A hold that binds it from the beginning; it was held before it could be claimed. */
  heldBefore: HoldOf | null
  people: Step[][]
  holdOf: HoldOf
  /** What becomes of its first writes. */
  faults: ('lost-before' | 'lost-after' | 'rest')[]
  /** Seconds by which the clock jumps while they act. */
  jumps: number[]
}

const steps: Step[] = [
  'edit',
  'consent',
  'refuse',
  'withdraw-request',
  'another-lane',
  'hold',
  'release',
  'begin-hold',
  'begin-hold',
  'end-hold',
  'move-ahead',
  'move-now',
  'cancel',
  'delete',
  'assign',
]

/** What one more person does where consent is needed. */
const aboutConsent: Step[][] = [['consent'], ['refuse'], ['another-lane'], ['hold', 'another-lane', 'release']]

/** What people do in one go; the rest is drawn freely. */
const usual: Step[][] = [
  ['hold'],
  ['begin-hold'],
  ['edit', 'move-now'],
  ['cancel', 'delete'],
  ['hold', 'release'],
  ['begin-hold', 'end-hold'],
  ['begin-hold', 'begin-hold', 'end-hold'],
  ['refuse', 'move-now', 'consent'],
  ['edit', 'move-now', 'consent'],
  ['another-lane', 'consent'],
  ['move-ahead'],
  ['assign', 'begin-hold'],
]

export function drawRun(seed: number, index: number): Run {
  const own = seed * 1_000_003 + index
  const random = seeded(own)
  const needsConsent = random.chance(0.35)
  return {
    index,
    seed: own,
    parts: random.chance(0.45) ? random.whole(2, 3) : 1,
    accounts: random.chance(0.2) ? 2 : 1,
    needsConsent,
    consented: needsConsent && random.chance(0.7),
    inCampaign: random.chance(0.6),
    heldBefore: random.chance(0.12) ? 'everything' : null,
    people: [
      ...Array.from({ length: random.whole(1, 3) }, () => stepsOf(random)),
      ...(needsConsent && random.chance(0.5) ? [random.pick(aboutConsent)] : []),
    ],
    holdOf: random.pick(['everything', 'campaigns', 'campaign', 'account', 'department']),
    faults: random.chance(0.25) ? [random.pick(['lost-before', 'lost-after', 'rest'] as const)] : [],
    jumps: random.chance(0.25) ? [random.pick([2, 31, 65])] : [],
  }
}

const stepsOf = (random: Random): Step[] =>
  random.chance(0.6) ? random.pick(usual) : Array.from({ length: random.whole(1, 3) }, () => random.pick(steps))

export const inWords = (run: Run): string =>
  [
    `${run.parts} part${run.parts > 1 ? 's' : ''} × ${run.accounts}`,
    run.needsConsent ? (run.consented ? 'consented' : 'waits for consent') : 'free',
    run.inCampaign ? 'campaign' : 'always-on',
    run.heldBefore ? 'held before' : '',
    ...run.people.map((some) => some.join('+')),
    run.people.flat().includes('begin-hold') ? `hold of ${run.holdOf}` : '',
    ...run.faults,
    ...run.jumps.map((seconds) => `clock +${seconds} s`),
  ]
    .filter(Boolean)
    .join(', ')
