// How far two coders agree beyond chance: Cohen's kappa with its interval.
//
// Large-sample standard error by Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72).

export interface Agreement {
  n: number
  /** Share of items on which both say the same. */
  observed: number
  /** Share expected if both coded by chance, each with own frequencies. */
  byChance: number
  /** null: both always used one and the same label, so chance alone explains everything. */
  kappa: number | null
  standardError: number | null
  /** 95 % range. */
  low: number | null
  high: number | null
}

const z95 = 1.959_963_984_540_054

/** `table[i][j]`: items that the first coder gave label i and the second label j. */
export function agreementOf(table: readonly (readonly number[])[]): Agreement {
  const n = table.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0) / n)
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / n)
  const observed = n === 0 ? 0 : table.reduce((sum, row, i) => sum + row[i]!, 0) / n
  const byChance = n === 0 ? 0 : rows.reduce((sum, share, i) => sum + share * columns[i]!, 0)
  if (n === 0 || 1 - byChance < 1e-12) {
    return { n, observed, byChance, kappa: null, standardError: null, low: null, high: null }
  }
  const kappa = (observed - byChance) / (1 - byChance)
  const standardError = errorOf(table, { n, rows, columns, observed, byChance, kappa })
  return {
    n,
    observed,
    byChance,
    kappa,
    standardError,
    low: Math.max(-1, kappa - z95 * standardError),
    high: Math.min(1, kappa + z95 * standardError),
  }
}

interface Margins {
  n: number
  rows: number[]
  columns: number[]
  observed: number
  byChance: number
  kappa: number
}

function errorOf(table: readonly (readonly number[])[], { n, rows, columns, kappa, byChance }: Margins): number {
  let same = 0
  let other = 0
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const share = count / n
      if (i === j) same += share * (1 - (rows[i]! + columns[i]!) * (1 - kappa)) ** 2
      else other += share * (columns[i]! + rows[j]!) ** 2
    }
  }
  const rest = (kappa - byChance * (1 - kappa)) ** 2
  const variance = same + (1 - kappa) ** 2 * other - rest
  return Math.sqrt(Math.max(0, variance) / n) / (1 - byChance)
}

/** The table of two coders' labels, item by item; labels in the order of first use. */
export function tableOf<Label>(pairs: readonly (readonly [Label, Label])[]): { labels: Label[]; table: number[][] } {
  const labels = [...new Set(pairs.flat())]
  const table = labels.map(() => labels.map(() => 0))
  for (const [one, other] of pairs) table[labels.indexOf(one)]![labels.indexOf(other)]! += 1
  return { labels, table }
}
