// The shapes of sessions. Runs in the browser.

import { z } from 'zod'
import { day, instant } from '../../lib/route.ts'

export const sessionStates = ['planned', 'done', 'skipped', 'missed', 'dropped', 'taken-out'] as const

export const sessionView = z.object({
  id: z.uuid(),
  activity: z.string(),
  channel: z.string().nullable(),
  campaignId: z.uuid().nullable().describe('What it is for; null: no campaign'),
  kind: z.enum(['key', 'light']),
  minutes: z.number().int().describe('Planned'),
  spent: z.number().nullable().describe('Written down for it; null: nothing was'),
  part: z.number().int(),
  parts: z.number().int().describe('Work that is too long for a week comes in so many parts'),
  state: z.enum(sessionStates),
  day: day.describe('On which it stands, or was done'),
  wall: z.string().describe('By the clock of its zone, such as 2026-11-30T09:00'),
  zone: z.string(),
  at: instant,
  from: day.describe('First day on which it may be done'),
  to: day.describe('The day by which it belongs'),
  isMadeUp: z.boolean().describe('It was missed once and got another day'),
  isByHand: z.boolean().describe('I, or somebody who leads, chose its day'),
  isHanded: z.boolean().describe('Somebody who leads gave it to me'),
  items: z.number().int().describe('So many of the activity are done at one go'),
  beside: z.string().nullable().describe('Who is at my side, since I still learn it'),
  ahead: day.nullable().describe('The heavy week before which it has to be done'),
  reason: z.string().nullable().describe('Why it stands elsewhere or was left out'),
})
export type SessionView = z.infer<typeof sessionView>

export const stepView = z.object({
  at: instant,
  what: z.string().describe('moved, re-placed, missed, made-up, dropped …'),
  activity: z.string(),
  channel: z.string().nullable(),
  minutes: z.number(),
  fromDay: day.nullable(),
  toDay: day.nullable(),
  isMine: z.boolean().describe('It came to me, or stayed mine'),
  by: z.string().nullable().describe('Who did it; null: Longrun, or they themselves'),
  reason: z.string().nullable(),
})
