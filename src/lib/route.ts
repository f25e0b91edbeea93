// How a route of the contract is stated: who may call it (a verb of the permission table) and how refusals look.

import { oc } from '@orpc/contract'
import { z } from 'zod'

/** `public`: no sign-in. `signed-in`: any person, no organisation. Everything else is a verb of `people/permissions.ts`. */
export interface RouteMeta {
  verb: string
  /** For people who signed in alone: no API token opens it, whatever its scopes. */
  inPerson?: true
}

export const refusalBody = z.object({
  code: z.string().describe('Stable word for the reason'),
  field: z.string().optional().describe('Path of the input that was refused'),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

/** Every route may answer these; the body says which reason. */
const refusals = {
  REFUSED: { status: 422, message: 'The request was understood and refused.', data: refusalBody },
  UNAUTHORIZED: { status: 401, message: 'Sign in first.', data: refusalBody },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.', data: refusalBody },
  NOT_FOUND: { status: 404, message: 'There is no such thing here.', data: refusalBody },
  CONFLICT: { status: 409, message: 'Somebody else was faster.', data: refusalBody },
  TOO_LARGE: { status: 413, message: 'Too large.', data: refusalBody },
}

export const route = (verb: string, more: Omit<RouteMeta, 'verb'> = {}) =>
  oc
    .$meta<RouteMeta>({ verb: 'public' })
    .meta({ verb, ...more })
    .errors(refusals)

/** Input part of every route inside an organisation. */
export const inOrgInput = z.object({ org: z.uuid().describe('Id of the organisation') })

export const byId = inOrgInput.extend({ id: z.uuid() })

export const pageInput = inOrgInput.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before'),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Instants travel as ISO 8601 in UTC. */
export const instant = z.iso.datetime()

/** Thousands of whole numbers: looked at all together, for a check of each by itself takes longer than reading them. */
export const wholeNumbers = z
  .unknown()
  .refine(
    (values) => Array.isArray(values) && values.every(Number.isSafeInteger),
    'Whole numbers',
  ) as unknown as z.ZodType<number[]>

/** Thousands of instants, as `toISOString` writes them. */
export const manyInstants = z
  .unknown()
  .refine(
    (values) => Array.isArray(values) && values.every((value) => typeof value === 'string' && written.test(value)),
    'Instants',
  ) as unknown as z.ZodType<string[]>
const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A day as people's calendars have it, whatever the zone. The database has no year 0. */
export const day = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'), 'A day that the calendar has')
  .describe('A day like 2026-11-29')
  .meta({ examples: ['2026-12-24'] })

/** Wall time as a person planned it: 2026-03-29T09:30, in the zone beside it. */
export const wallTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'A date and a time like 2026-03-29T09:30')
  .refine(isInCalendar, 'A day that the calendar has')

export const timeZone = z.string().max(64).refine(isTimeZone, 'A time zone like Europe/Berlin')

/** 30 February and 24:00 would become another day. */
function isInCalendar(wall: string): boolean {
  const at = new Date(`${wall}Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(wall)
}

/** `PST`, `IST` and their like mean different zones to different people; Temporal refuses them. */
const ambiguousZone = /^(?!UTC$|UCT$|GMT$|EST$|MST$|HST$|CET$|EET$|MET$|WET$|PRC$|ROC$|ROK$)[a-z]{3}$/i

function isTimeZone(name: string): boolean {
  if (ambiguousZone.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
