// Turns scores into probabilities that keep their word: a temperature and a shift for each label, fitted on validation texts.

import { type Scorer, score } from '../../src/listening/text/score.ts'
import { styleCount } from '../../src/listening/text/style.ts'
import type { Task } from '../../src/listening/text/table.ts'

export interface Fitting {
  task: string
  texts: string[]
  /** Class for 'one-of'; label by label 0, 1 or NaN for 'each'. */
  wanted: number[] | number[][]
}

/** Changes the table of `scorer`, so that its scores are calibrated ones from then on. */
export function calibrate(scorer: Scorer, { task: name, texts, wanted }: Fitting): void {
  const task = scorer.table.tasks.find((each) => each.name === name)
  if (!task) return
  const { column, labels } = task
  const rows = texts.map((text) => {
    score(scorer, text)
    return Array.from(scorer.scores.subarray(column, column + labels.length))
  })
  if (task.kind === 'one-of') {
    const fit = fitShares(rows, wanted as number[], labels.length)
    for (let label = 0; label < labels.length; label++)
      apply(scorer.table, column + label, fit.slope, fit.shifts[label]!)
    return
  }
  for (let label = 0; label < labels.length; label++)
    fitOne({ table: scorer.table, task, label, rows, wanted: wanted as number[][] })
}

interface One {
  table: Scorer['table']
  task: Task
  label: number
  rows: number[][]
  wanted: number[][]
}

function fitOne({ table, task, label, rows, wanted }: One): void {
  const known = rows.flatMap((row, at) => {
    const want = wanted[at]![label]!
    return Number.isNaN(want) ? [] : [{ score: row[label]!, want }]
  })
  if (!known.some(({ want }) => want === 1) || !known.some(({ want }) => want === 0)) return
  const fit = fitChance(known)
  apply(table, task.column + label, fit.slope, fit.shift)
  const calibrated = known.map(({ score, want }) => ({
    want,
    chance: 1 / (1 + Math.exp(-(score * fit.slope + fit.shift))),
  }))
  task.thresholds[label] = bestThreshold(calibrated)
}

function apply(table: Scorer['table'], column: number, slope: number, shift: number): void {
  table.scale[column]! *= slope
  table.bias[column] = table.bias[column]! * slope + shift
  for (let feature = 0; feature < styleCount; feature++) table.style[feature * table.columns + column]! *= slope
}

const rounds = 400

/** Every class weighs the same, as in training: which label is said must not lean towards the frequent ones. */
export function fitShares(rows: number[][], wanted: number[], classes: number): { slope: number; shifts: number[] } {
  const counts = Array.from({ length: classes }, (_, each) => wanted.filter((want) => want === each).length)
  const weights = wanted.map((want) => rows.length / classes / counts[want]!)
  let slope = 1
  const shifts = new Array<number>(classes).fill(0)
  for (let round = 0; round < rounds; round++) {
    let bend = 0
    const pull = new Array<number>(classes).fill(0)
    for (const [at, row] of rows.entries()) {
      const raised = row.map((score, each) => score * slope + shifts[each]!)
      const most = Math.max(...raised)
      const shares = raised.map((score) => Math.exp(score - most))
      const sum = shares.reduce((total, share) => total + share, 0)
      for (let each = 0; each < classes; each++) {
        const off = (shares[each]! / sum - (wanted[at] === each ? 1 : 0)) * weights[at]!
        bend += off * row[each]!
        pull[each]! += off
      }
    }
    slope = Math.max(0.05, slope - (0.3 * bend) / rows.length)
    for (let each = 0; each < classes; each++) shifts[each]! -= (0.5 * pull[each]!) / rows.length
  }
  return { slope, shifts }
}

function fitChance(known: { score: number; want: number }[]): { slope: number; shift: number } {
  let [slope, shift] = [1, 0]
  // Newton's steps with a little pull towards slope 1 and shift 0, which keeps few examples from running away.
  for (let round = 0; round < 50; round++) {
    let [bend, pull, aa, ab, bb] = [slope - 1, shift * 0.01, 1, 0, 0.01]
    for (const { score, want } of known) {
      const chance = 1 / (1 + Math.exp(-(score * slope + shift)))
      const [off, curve] = [chance - want, Math.max(chance * (1 - chance), 1e-6)]
      bend += off * score
      pull += off
      aa += curve * score * score
      ab += curve * score
      bb += curve
    }
    const whole = aa * bb - ab * ab
    const [down, left] = [(bb * bend - ab * pull) / whole, (aa * pull - ab * bend) / whole]
    slope = Math.max(0.05, slope - Math.max(-1, Math.min(1, down)))
    shift -= Math.max(-1, Math.min(1, left))
  }
  return { slope, shift }
}

/** Where F1 of "yes" is highest, between 0.2 and 0.8. */
function bestThreshold(known: { want: number; chance: number }[]): number {
  let best = { threshold: 0.5, value: -1 }
  for (let percent = 20; percent <= 80; percent += 2) {
    const said = known.filter(({ chance }) => chance >= percent / 100)
    const hits = said.filter(({ want }) => want === 1).length
    const all = known.filter(({ want }) => want === 1).length
    const value = (2 * hits) / (said.length + all)
    if (value > best.value) best = { threshold: percent / 100, value }
  }
  return best.threshold
}
