// Pure decisions about sources: whether one can be trusted to be heard now, and what it costs.

import { byHand, type SourceState } from './types.ts'

export interface Pulse {
  kind: string
  pausedAt: Date | null
  /** null: held open, a sign of life is due every minute. */
  everySeconds: number | null
  createdAt: Date
  answeredAt: Date | null
  /** The network's own time of the last that was read. */
  reachedAt: Date | null
  /** Trying again does not help. */
  needsPeople: boolean
}

const openSilentMs = 120_000
const behindMs = 60_000

/** How long without a sign of life a source still counts as heard: three readings, and two minutes at least. */
export const silentAfterMs = (everySeconds: number | null): number =>
  everySeconds === null ? openSilentMs : Math.max(openSilentMs, everySeconds * 3_000)

export function stateOf(pulse: Pulse, now: Date): SourceState {
  if (pulse.pausedAt) return 'paused'
  if (pulse.kind === byHand) return 'by-hand'
  if (pulse.needsPeople) return 'refused'
  const patience = silentAfterMs(pulse.everySeconds)
  const lastSign = pulse.answeredAt ?? pulse.createdAt
  if (now.getTime() - lastSign.getTime() > patience) return 'silent'
  if (!pulse.answeredAt) return 'starting'
  const lag = lagMs(pulse, now)
  return lag !== null && lag > behindMs && pulse.everySeconds === null ? 'behind' : 'listening'
}

/**
 * How far behind the network's own time the reader was when it last answered; null: the network tells no time. A stream in which
 * nobody speaks is not behind.
 */
export function lagMs({ answeredAt, reachedAt }: Pick<Pulse, 'answeredAt' | 'reachedAt'>, now: Date): number | null {
  if (!answeredAt || !reachedAt) return null
  return Math.max(0, Math.min(answeredAt.getTime(), now.getTime()) - reachedAt.getTime())
}

/** In the smallest unit of the currency; null where a source costs nothing by the piece. */
export const costOf = (heard: number, costPerThousand: number | null): number | null =>
  costPerThousand === null ? null : Math.round((heard * costPerThousand) / 1000)
