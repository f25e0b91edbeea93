// The shapes of holds: what they bind, what they met, and what may become of posts whose time passed meanwhile.

import { z } from 'zod'
import { timeZone, wallTime } from '../../lib/route.ts'

export const scopes = ['everything', 'campaigns', 'campaign', 'account', 'department'] as const
export type Scope = (typeof scopes)[number]

/** Whether a scope says which one. */
export const namesOne = (scope: Scope): boolean => scope !== 'everything' && scope !== 'campaigns'

export const scopeInput = {
  scope: z.enum(scopes),
  scopeId: z.uuid().nullable().default(null).describe('The campaign, account or department; null where none is meant'),
}

/** A wall time in its zone, as a person plans it. */
export const plannedTime = z.object({ wall: wallTime, zone: timeZone })

export const spacing = z
  .number()
  .int()
  .min(0)
  .max(7 * 24 * 60)
  .describe('Minutes between two posts of the same account')

export interface HoldScope {
  scope: Scope
  scopeId: string | null
}
