// The shapes of the rota: what a member can take on, and when they are away.

import { z } from 'zod'
import { businessHours } from '../promises/types.ts'
import { skill } from '../routing/types.ts'

export const workChange = z.object({
  hours: businessHours.nullable().optional().describe('null: always at work'),
  capacity: z.int().min(0).max(1000).optional().describe('Units of work at the same time'),
  deputyId: z.uuid().nullable().optional(),
  managerId: z.uuid().nullable().optional(),
  skills: z.array(skill).max(100).optional(),
})
export type WorkChange = z.infer<typeof workChange>

/** Units of work that somebody has in hand at the same time, where nobody said otherwise. */
export const usualCapacity = 10
