// The shapes of response promises: when somebody is there, what is promised to whom, and in how much time.

import { z } from 'zod'
import { saidKinds } from '../../connectors/converse.ts'
import { day, timeZone } from '../../lib/route.ts'
import { holidayPlace } from '../../publishing/holidays/types.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time like 09:30')
const endOfSpan = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time like 17:30, or 24:00')

const span = { from: timeOfDay, to: endOfSpan.describe('Not later than `from`: on the day that follows') }
const isSpan = ({ from, to }: { from: string; to: string }) => from !== to
const notEmpty = { error: 'Begin and end are the same; a whole day is 00:00 to 24:00', path: ['to'] }

export const businessHours = z
  .object({
    zone: timeZone,
    week: z
      .array(z.object({ day: z.int().min(1).max(7).describe('Monday is 1'), ...span }).refine(isSpan, notEmpty))
      .max(70)
      .describe('Several a day are split shifts; they may overlap'),
    holidays: z.array(holidayPlace).max(20).default([]).describe('Places whose days off are closed'),
    closed: z
      .array(z.object({ day, name: z.string().trim().max(120).default('') }))
      .max(1000)
      .default([])
      .describe('Days of your own that are closed from midnight to midnight'),
    extra: z
      .array(z.object({ day, ...span }).refine(isSpan, notEmpty))
      .max(1000)
      .default([])
      .describe('Open besides, also on a day that is closed: both together are other hours for one day'),
  })
  .meta({
    examples: [
      { zone: 'Europe/Berlin', week: [{ day: 1, from: '09:00', to: '17:00' }], holidays: [], closed: [], extra: [] },
    ],
  })
export type BusinessHours = z.infer<typeof businessHours>

/** What somebody wants of us, as far as promises differ by it. */
export const promiseKinds = ['complaint', 'question', 'other'] as const
export type PromiseKind = (typeof promiseKinds)[number]

export const priorities = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof priorities)[number]

/**
 * `first-reply`: from the first message of a customer. `next-reply`: from the oldest one that is unanswered. `periodic-update`: from our
 * last word. `requester-wait`: all time that the customer waits for us. `resolution`: from the first message until it is solved.
 */
export const promiseMetrics = ['first-reply', 'next-reply', 'periodic-update', 'requester-wait', 'resolution'] as const
export type PromiseMetric = (typeof promiseMetrics)[number]

/** What a clock does meanwhile. `pause` goes on where it stopped; `reset` begins anew, with all of its time. */
export const effects = ['run', 'pause', 'reset'] as const
export type Effect = (typeof effects)[number]

const effect = z.enum(effects)

export const promiseTarget = z.object({
  metric: z.enum(promiseMetrics),
  minutes: z
    .int()
    .min(1)
    .max(366 * 24 * 60),
  hours: z.enum(['business', 'calendar']).default('business'),
  dueSoonMinutes: z
    .int()
    .min(0)
    .max(366 * 24 * 60)
    .nullable()
    .default(null)
    .describe('How long before it is due its owner is told; null: a quarter of the time'),
  whileWaiting: effect.default('run').describe('While we wait for the customer'),
  whileOnHold: effect.default('run').describe('While it is put aside'),
  whenReopened: z.enum(['continue', 'reset']).default('continue').describe('After it was solved'),
})
export type PromiseTarget = z.infer<typeof promiseTarget>

const some = <T extends z.ZodType>(each: T) => z.array(each).max(200).default([])

/** An empty list: any. */
export const promiseConditions = z.object({
  accountIds: some(z.uuid()),
  kinds: some(z.enum(promiseKinds)),
  saidAs: some(z.enum(saidKinds)).describe('How it came: as a comment, a message, a mail …'),
  departmentIds: some(z.uuid()),
  priorities: some(z.enum(priorities)),
  protocolIds: some(z.uuid()).describe('Only while one of these protocols is active: a shorter promise then'),
})
export type PromiseConditions = z.infer<typeof promiseConditions>

export const promisePolicy = z
  .object({
    name: z.string().trim().min(1).max(120),
    conditions: promiseConditions.prefault({}),
    hoursId: z.uuid().nullable().default(null).describe('Business hours; null where every target counts all hours'),
    topics: z
      .array(z.string().trim().min(1).max(120))
      .max(50)
      .default([])
      .describe('What people may ask about; published'),
    targets: z.array(promiseTarget).min(1).max(promiseMetrics.length),
  })
  .refine(({ targets }) => new Set(targets.map(({ metric }) => metric)).size === targets.length, {
    error: 'Each metric once',
    path: ['targets'],
  })
  .refine(({ targets, hoursId }) => hoursId !== null || targets.every(({ hours }) => hours === 'calendar'), {
    error: 'Targets in business hours need hours',
    path: ['hoursId'],
  })
  .meta({
    examples: [
      { name: 'Complaints', hoursId: null, targets: [{ metric: 'first-reply', minutes: 60, hours: 'calendar' }] },
    ],
  })
export type PromisePolicy = z.infer<typeof promisePolicy>
