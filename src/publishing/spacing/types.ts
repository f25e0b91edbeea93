// What may stand against a time: too near to a neighbour, a holiday, a hold, the clock itself.

import { z } from 'zod'
import { instant, timeZone, wallTime } from '../../lib/route.ts'

export const conflictCodes = ['never', 'past', 'hold', 'slot-taken', 'spacing', 'quiet', 'holiday', 'twice'] as const

/** `never` and `past` keep a post from being scheduled; everything else only warns. */
export const conflict = z.object({
  code: z.enum(conflictCodes),
  level: z.enum(['error', 'warning']),
  /** null: of the time itself. */
  accountId: z.uuid().nullable(),
  /** The post it comes too near to. */
  neighbour: z
    .object({
      postId: z.uuid(),
      summary: z.string(),
      at: instant,
      /** Whether it is one of the posts that this request moves. */
      moving: z.boolean(),
    })
    .nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Conflict = z.infer<typeof conflict>

export const proposedMove = z
  .object({
    id: z.uuid().optional().describe('The post that moves; absent: a post that is not written yet, for `accountIds`'),
    accountIds: z.array(z.uuid()).max(100).optional().describe('Absent: those of the post'),
    wall: wallTime,
    zone: timeZone,
  })
  .meta({ examples: [{ accountIds: [], wall: '2026-03-02T09:00', zone: 'Europe/Berlin' }] })
export type ProposedMove = z.infer<typeof proposedMove>

export const moveAnswer = z.object({
  /** As it was asked. */
  id: z.uuid().nullable(),
  /** null: the clocks skip this time. */
  at: instant.nullable(),
  conflicts: z.array(conflict),
})
export type MoveAnswer = z.infer<typeof moveAnswer>
