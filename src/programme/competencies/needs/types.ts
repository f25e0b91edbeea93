// The shapes of needs: which activity asks for which competency. Runs in the browser.

import { z } from 'zod'
import { activityId } from '../../time/types.ts'

export const needFacts = z.object({
  activity: activityId,
  key: z.string().max(100).nullable().describe('Of a rung of the ladder; null: anybody may do it'),
})
export type NeedFacts = z.infer<typeof needFacts>
