// Pure decisions of approval: which steps are open, whose word counts, what is due, and what a consent leads to.

import type { StepRule } from './types.ts'

/** A step of a request with the people who stand for it now. Ids are those of members and of people outside. */
export interface Step {
  id: string
  /** Steps of one lane go in order; those of different lanes beside each other. */
  lane: string
  kind: 'ordinary' | 'fast' | 'investor' | 'anybody' | 'invited'
  position: number
  rule: StepRule
  approvers: string[]
  deputies: string[]
  managers: string[]
  openedAt: Date | null
  toldAt: Date | null
  remindedAt: Date | null
  deputyAt: Date | null
  managerAt: Date | null
}

export interface Vote {
  voterId: string
  vote: 'approve' | 'reject'
  at: Date
}

export interface Standing {
  step: Step
  state: 'waiting' | 'open' | 'satisfied'
  /** How many have to agree. */
  needed: number
  /** Whose consent counts here. */
  agreed: string[]
  /** Whose consent would count and is not there yet. */
  missing: string[]
}

/** Where each step stands. What counts is the set of votes, never their order. */
export function standingsOf(steps: Step[], votes: Vote[], authors: string[]): Standing[] {
  const agreed = agreedOf(votes)
  const lanes = Map.groupBy(
    steps.toSorted((a, b) => a.position - b.position),
    (step) => step.lane,
  )
  return [...lanes.values()].flatMap((lane) => {
    let reached = true
    return lane.map((step) => {
      const entitled = entitledOf(step, authors)
      const yes = entitled.filter((id) => agreed.has(id))
      const needed = neededOf(step, authors)
      const satisfied = reached && yes.length >= needed
      const state = satisfied ? 'satisfied' : reached ? 'open' : 'waiting'
      reached = satisfied
      return { step, state, needed, agreed: yes, missing: entitled.filter((id) => !agreed.has(id)) } as const
    })
  })
}

/** Of one person the newest vote counts. */
function agreedOf(votes: Vote[]): Set<string> {
  const newest = new Map<string, Vote>()
  for (const vote of votes) {
    const known = newest.get(vote.voterId)
    if (!known || known.at <= vote.at) newest.set(vote.voterId, vote)
  }
  return new Set([...newest.values()].filter(({ vote }) => vote === 'approve').map(({ voterId }) => voterId))
}

const isFree = ({ rule, kind }: Step, authors: string[]): ((id: string) => boolean) => {
  const others = rule.notAuthor || kind === 'investor'
  return (id) => !others || !authors.includes(id)
}

/** Whose word counts at this step now. Deputies of a fast lane answer at once; for investor relations only those who are named. */
export function entitledOf(step: Step, authors: string[]): string[] {
  const deputies = step.deputyAt !== null || step.kind === 'fast' ? step.deputies : []
  const managers = step.managerAt !== null && step.kind !== 'investor' ? step.managers : []
  return [...new Set([...step.approvers, ...deputies, ...managers])].filter(isFree(step, authors))
}

/** Members who left do not keep “all” from being reached; for investor relations nobody named may be missing. */
function neededOf(step: Step, authors: string[]): number {
  if (step.rule.needed !== 'all') return step.rule.needed
  if (step.kind === 'investor') return step.rule.approvers.length
  return Math.max(1, step.approvers.filter(isFree(step, authors)).length)
}

export const isGranted = (standings: Standing[]): boolean =>
  standings.length > 0 && standings.every(({ state }) => state === 'satisfied')

/** Whether this person is asked at a step that is open now. */
export const mayVote = (standings: Standing[], voterId: string): boolean =>
  standings.some(
    ({ state, missing, agreed }) => state === 'open' && (missing.includes(voterId) || agreed.includes(voterId)),
  )

export const isAsked = (standings: Standing[], voterId: string): boolean =>
  standings.some(({ state, missing }) => state === 'open' && missing.includes(voterId))

// ── Climbing ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const rungs = ['told', 'reminded', 'deputy', 'manager'] as const
export type Rung = (typeof rungs)[number]

const minuteMs = 60_000
const after = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minuteMs)

/** When each rung of an open step that was not climbed yet is due; null: never. Minutes are those that pass, whatever clocks show. */
export function rungTimes({ step, needed, missing, agreed }: Standing): { rung: Rung; at: Date | null }[] {
  const { openedAt, rule } = step
  if (!openedAt) return []
  // Where those who are asked are too few to agree, waiting for them is in vain.
  const tooFew = missing.length + agreed.length < needed
  const at = (minutes: number | null, atOnce: boolean) =>
    atOnce ? openedAt : minutes === null ? null : after(openedAt, minutes)
  const hasDeputies = step.deputies.length > 0
  const due: [Rung, Date | null, Date | null][] = [
    ['told', step.toldAt, openedAt],
    ['reminded', step.remindedAt, at(rule.remindAfter, false)],
    ['deputy', step.deputyAt, hasDeputies ? at(rule.deputyAfter, tooFew) : null],
    [
      'manager',
      step.managerAt,
      at(rule.managerAfter, tooFew && step.kind !== 'investor' && (!hasDeputies || step.deputyAt !== null)),
    ],
  ]
  return due.filter(([, climbed]) => climbed === null).map(([rung, , time]) => ({ rung, at: time }))
}

// ── What a consent leads to ─────────────────────────────────────────────────────────────────────────────────────────

/** Consent that comes later than this does not send by itself any more: what was right then may be wrong now. */
export const lateMinutes = 60

export type AfterConsent = { kind: 'scheduled'; wakeAt: Date; dueAt: Date } | { kind: 'held' }

export function afterConsent({ dueAt, atOnce }: { dueAt: Date; atOnce: boolean }, now: Date): AfterConsent {
  if (atOnce) return { kind: 'scheduled', wakeAt: now, dueAt: now }
  if (dueAt > now) return { kind: 'scheduled', wakeAt: dueAt, dueAt }
  return now.getTime() - dueAt.getTime() <= lateMinutes * minuteMs
    ? { kind: 'scheduled', wakeAt: now, dueAt }
    : { kind: 'held' }
}

/** What is still the same as when consent was asked: a move to another time leaves it, an edit does not. */
export const livingStates = [
  'in-review',
  'scheduled',
  'held',
  'parked',
  'sending',
  'processing',
  'looking-up',
  'unconfirmed',
  'published',
  'rejected',
] as const
