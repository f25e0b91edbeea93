// The shapes of changing many posts in one call: what is asked of each, and what became of each.

import { z } from 'zod'
import { timeZone, wallTime } from '../../lib/route.ts'
import { belonging } from '../types.ts'

/** A page of a calendar holds no more, and one call answers in seconds. */
export const mostAtOnce = 500

const reason = z.string().trim().max(500)

export const someIds = z.array(z.uuid()).min(1).max(mostAtOnce)
export const somePlaces = z
  .array(z.object({ id: z.uuid(), wall: wallTime, zone: timeZone }))
  .min(1)
  .max(mostAtOnce)
  .meta({
    examples: [[{ id: '0197f3a0-0000-7000-8000-000000000000', wall: '2030-03-02T09:00', zone: 'Europe/Berlin' }]],
  })
export type Place = z.infer<typeof somePlaces>[number]

const assignable = belonging.pick({ campaignId: true, departmentId: true, ownerId: true })
export type Assignable = z.infer<typeof assignable>

export const someAssignments = z
  .array(assignable.partial().extend({ id: z.uuid() }))
  .min(1)
  .max(mostAtOnce)
export type Assignment = z.infer<typeof someAssignments>[number]

export const cancelling = { ids: someIds, reason: reason.default('') }
export const holding = { ids: someIds, reason: reason.min(1) }

export const outcome = z.object({
  /** As it was asked. */
  id: z.uuid(),
  done: z.boolean(),
  /** Why not: the code and field of the refusal, as the same verb on one post answers. */
  code: z.string().nullable(),
  field: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The post that came of it, where it is a new one. */
  newId: z.uuid().nullable(),
  /** What it belonged to before, where that changed: enough to put it back. */
  before: assignable.nullable(),
})
export type Outcome = z.infer<typeof outcome>

export const bulkAnswer = z.object({
  done: z.number().int(),
  refused: z.number().int(),
  /** In the order of the question. */
  rows: z.array(outcome),
})
export type BulkAnswer = z.infer<typeof bulkAnswer>
