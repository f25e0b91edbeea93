// Learns from labels that people gave in one organisation: how far the machine's probabilities are to be moved for its texts. Pure.

/** One text that a person looked at: confirmed labels count as much as corrected ones, else errors alone would be learnt from. */
export interface Looked {
  /** What the machine gave each label, in their order. */
  shares: number[]
  /** The label that the person gave. */
  label: number
  /** For how many texts it stands, against the others; 1 where nothing is said. */
  weight?: number
}

export interface Adjustment {
  /** Above 1: the machine was too timid, below: too sure. */
  slope: number
  /** Added for each label; they sum up to 0. */
  shifts: number[]
}

/** Fewer looks than this say too little. */
export const leastLooks = 20
const folds = 5
/** How many looks the belief weighs that nothing needs to be moved. */
const belief = 15

export const nothingMoved = (labels: number): Adjustment => ({ slope: 1, shifts: new Array<number>(labels).fill(0) })

export function adjust(shares: number[], { slope, shifts }: Adjustment): number[] {
  const raised = shares.map((share, at) => Math.log(Math.max(share, 1e-9)) * slope + shifts[at]!)
  const most = Math.max(...raised)
  const sum = raised.reduce((total, each) => total + Math.exp(each - most), 0)
  return raised.map((each) => Math.exp(each - most) / sum)
}

export interface Learnt {
  adjustment: Adjustment
  looks: number
  /** On looks that were held back in turn: mean loss and share right, without and with what is learnt from the others. */
  before: Quality
  after: Quality
  /** False: what was learnt did not help on looks held back, so nothing is moved. */
  used: boolean
}

export interface Quality {
  loss: number
  right: number
}

/** What is learnt is used only if it helped on looks that it was not learnt from, and spoiled no more labels than it mended. */
export function learnFromLooks(looks: Looked[], labels: number): Learnt {
  const still = nothingMoved(labels)
  const before = qualityOf(looks, () => still)
  if (looks.length < leastLooks) return { adjustment: still, looks: looks.length, before, after: before, used: false }
  const parts = Array.from({ length: folds }, (_, fold) =>
    fit(
      looks.filter((_, at) => at % folds !== fold),
      labels,
    ),
  )
  const after = qualityOf(looks, (at) => parts[at % folds]!)
  const used = after.loss < before.loss && after.right >= before.right
  return { adjustment: used ? fit(looks, labels) : still, looks: looks.length, before, after, used }
}

function qualityOf(looks: Looked[], adjustmentFor: (at: number) => Adjustment): Quality {
  let [loss, right] = [0, 0]
  for (const [at, { shares, label, weight = 1 }] of looks.entries()) {
    const moved = adjust(shares, adjustmentFor(at))
    loss -= weight * Math.log(Math.max(moved[label]!, 1e-9))
    if (moved.indexOf(Math.max(...moved)) === label) right += weight
  }
  const count = looks.length === 0 ? 1 : weightOf(looks)
  return { loss: loss / count, right: right / count }
}

const weightOf = (looks: Looked[]): number => looks.reduce((sum, { weight = 1 }) => sum + weight, 0)

const rounds = 300

/** The likeliest slope and shifts, drawn towards 1 and 0 (a normal belief with the weight of `belief` looks). */
function fit(looks: Looked[], labels: number): Adjustment {
  let slope = 1
  const shifts = new Array<number>(labels).fill(0)
  const logs = looks.map(({ shares }) => shares.map((share) => Math.log(Math.max(share, 1e-9))))
  const rate = 1 / (weightOf(looks) + belief)
  for (let round = 0; round < rounds; round++) {
    let bend = belief * (slope - 1)
    const pull = shifts.map((shift) => belief * shift)
    for (const [at, { shares, label, weight = 1 }] of looks.entries()) {
      const moved = adjust(shares, { slope, shifts })
      for (let each = 0; each < labels; each++) {
        const off = weight * (moved[each]! - (each === label ? 1 : 0))
        bend += off * logs[at]![each]!
        pull[each]! += off
      }
    }
    slope = Math.max(0.2, Math.min(3, slope - 0.3 * rate * bend))
    for (let each = 0; each < labels; each++) shifts[each]! -= rate * pull[each]!
    const mean = shifts.reduce((sum, shift) => sum + shift, 0) / labels
    for (let each = 0; each < labels; each++) shifts[each]! -= mean
  }
  return { slope, shifts }
}
