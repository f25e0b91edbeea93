// A number that a rule of the training plan uses: with its unit, where it comes from, and a sentence that a page shows beside it.

export type Unit =
  | 'minutes'
  | 'weeks'
  | 'days'
  | 'times'
  | 'share'
  | 'observations'
  | 'accounts'
  | 'points'
  | 'hours'
  | 'months'

export interface Figure {
  value: number
  unit: Unit
  /** What it may be set to. */
  least: number
  most: number
  says: string
  /** Where it comes from; `ours` says that it is our own choice, without a study behind it. */
  source: string
  ours: boolean
}

/** Beside every page that shows them: nobody may take a habit for medicine. */
export const honestLabel = 'These are guard-rails by convention, not injury science. Each can be changed.'

export const gabbett =
  'Gabbett 2016, Br J Sports Med 50:273, for athletes; Impellizzeri 2021 found that it predicts no injuries'
export const ownRun = 'Six published half-marathon and marathon plans of 18 weeks, measured by us'
