// The shapes of duties: days on which somebody is on call, at an event, in a drill. Runs in the browser.

import { z } from 'zod'
import { day } from '../../lib/route.ts'

export const dutyKinds = ['on-call', 'event', 'drill', 'other'] as const

export const dutyFacts = z.object({
  memberId: z.uuid(),
  day: day.describe('In the days of whoever is on duty'),
  kind: z.enum(dutyKinds),
  note: z.string().trim().max(200).default('').describe('For whoever is on duty and those who lead'),
})
export type DutyFacts = z.infer<typeof dutyFacts>
