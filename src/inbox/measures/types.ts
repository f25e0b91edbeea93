// Words of measures that pages and server share.

import { z } from 'zod'

export const measureFilter = z.object({
  departmentId: z.uuid().optional(),
  accountId: z.uuid().optional(),
  memberId: z.uuid().optional().describe('Whose conversations'),
})
export type MeasureFilter = z.infer<typeof measureFilter>

/** Of what is measured apart: everything together, or each department, account or person. */
export const groupings = ['department', 'account', 'person'] as const
export type Grouping = (typeof groupings)[number]

/** At the end of each of these a backlog is told. */
export const steps = ['hour', 'day'] as const
export type Step = (typeof steps)[number]
