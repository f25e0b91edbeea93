// Pure decisions about placements: the parameters of their links, whether one runs, what a reference cost.

import { slugOf, withParameters } from '../links/decorate.ts'
import { alwaysOn } from '../links/types.ts'
import type { Medium, PlacementFacts } from './types.ts'

/** The address with UTM parameters that name the placement; what it carries already stays. */
export function targetOf(
  address: string,
  placement: { medium: Medium; name: string; campaign: string | null },
): string {
  const wanted = {
    utm_source: slugOf(placement.name),
    utm_medium: placement.medium,
    utm_campaign: placement.campaign === null ? alwaysOn : slugOf(placement.campaign),
  }
  return withParameters(new URL(address).href, new Map(Object.entries(wanted)))
}

/** The field that contradicts another one; null: all is well. */
export function contradiction({ beginsOn, endsOn, cost, currency }: PlacementFacts): keyof PlacementFacts | null {
  if (beginsOn && endsOn && endsOn < beginsOn) return 'endsOn'
  if ((cost === null) !== (currency === null)) return 'currency'
  return null
}

export type Run = 'planned' | 'running' | 'over'

/** `today` is the day of the organisation. */
export function runOf(
  { beginsOn, endsOn, ended }: { beginsOn: string | null; endsOn: string | null; ended: boolean },
  today: string,
): Run {
  if (ended || (endsOn !== null && endsOn < today)) return 'over'
  return beginsOn !== null && beginsOn > today ? 'planned' : 'running'
}

/** Cost of one reference (a click of a person, or somebody who named it); null where nothing is known or nobody came. */
export const costPerReference = (cost: number | null, references: number): number | null =>
  cost === null || references === 0 ? null : cost / references
