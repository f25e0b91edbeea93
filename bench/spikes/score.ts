// Scores alerts on labelled series as the Numenta Anomaly Benchmark does: early in a window is best, outside costs.

export interface Span {
  first: number
  last: number
}

export interface Weights {
  missed: number
  false: number
}

export interface Scored {
  score: number
  hit: number
  windows: number
  /** Alerts outside of windows after probation. */
  falseAlerts: number
  /** All after probation. */
  alerts: number
}

/** Published as standard, reward_low_FP_rate and reward_low_FN_rate. */
export const scoringProfiles = {
  standard: { missed: 1, false: 0.11 },
  lowFalsePositives: { missed: 1, false: 0.22 },
  lowFalseNegatives: { missed: 2, false: 0.11 },
} as const satisfies Record<string, Weights>

/** Rows at the beginning that are not judged: 15 %, at most 750. */
export const probationOf = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750)

const sigmoid = (y: number): number => 2 / (1 + Math.exp(5 * y)) - 1

export function scoreSeries(
  alerts: readonly number[],
  windows: readonly Span[],
  rows: number,
  weights: Weights,
): Scored {
  const judged = alerts.filter((row) => row >= probationOf(rows))
  const best = windows.map(() => -weights.missed)
  let score = 0
  let falseAlerts = 0
  for (const row of judged) {
    const inside = windows.findIndex(({ first, last }) => row >= first && row <= last)
    if (inside >= 0) {
      const { first, last } = windows[inside]!
      const value = sigmoid(-(last - row + 1) / (last - first + 1)) / sigmoid(-1)
      best[inside] = Math.max(best[inside]!, value)
    } else {
      falseAlerts += 1
      score += weights.false * costOf(row, windows)
    }
  }
  const hit = best.filter((value) => value > -weights.missed).length
  return {
    score: score + best.reduce((sum, value) => sum + value, 0),
    hit,
    windows: windows.length,
    falseAlerts,
    alerts: judged.length,
  }
}

/** The farther behind the last window, the worse; −1 before the first. */
function costOf(row: number, windows: readonly Span[]): number {
  const before = windows.filter(({ last }) => last < row).at(-1)
  if (!before) return -1
  const y = (row - before.last) / (before.last - before.first)
  return y > 3 ? -1 : sigmoid(y)
}

/** All series together, 0 for saying nothing and 100 for an alert at the first row of every window and nowhere else. */
export function scoreAll(each: readonly Scored[], weights: Weights): Scored {
  const sum = (of: (scored: Scored) => number) => each.reduce((total, scored) => total + of(scored), 0)
  const windows = sum((scored) => scored.windows)
  const nothing = -weights.missed * windows
  return {
    score: (100 * (sum((scored) => scored.score) - nothing)) / (windows - nothing),
    hit: sum((scored) => scored.hit),
    windows,
    falseAlerts: sum((scored) => scored.falseAlerts),
    alerts: sum((scored) => scored.alerts),
  }
}
