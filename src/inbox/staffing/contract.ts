// Route of staffing: how many people keep a promise next week, and what the rota as it stands would keep.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'

const kept = z
  .object({ mean: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .describe('Share answered in time over drawn weeks, with the range that holds 80 % of them; null: nothing falls due')

const outcome = z.object({
  people: z.number().int().describe('At work at the same time'),
  kept,
  leftOpen: z.number().describe('Still open at the end of the week, in the mean'),
  meanWaitMs: z.number(),
  occupancy: z
    .number()
    .nullable()
    .describe('Share of their time at work in which they answer; null: nobody is at work'),
})

export const staffingContract = {
  staffing: {
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/inbox-staffing',
        summary: 'How many people keep a promise in the next seven days, by drawn weeks and by formula',
      })
      .input(
        inOrgInput.extend({
          promiseId: z.uuid().optional().describe('Absent: the last in order that promises a first reply'),
          handlingMinutes: z.coerce.number().min(0.1).max(480).default(6).describe('What one answer takes'),
          share: z.coerce.number().min(0.5).max(0.999).default(0.9).describe('Of replies that are to be in time'),
          patienceMinutes: z.coerce
            .number()
            .min(1)
            .max(10_080)
            .optional()
            .describe('After which people give up, in the mean; absent: they wait'),
        }),
      )
      .output(
        z
          .object({
            promise: z.object({
              id: z.uuid(),
              name: z.string(),
              minutes: z.number().int(),
              hours: z.enum(['business', 'calendar']),
            }),
            basis: z
              .enum(['promise', 'conversations'])
              .describe('What was counted: replies owed under this promise, or all conversations where it is new'),
            weeks: z.number().describe('That were counted, at most four'),
            counted: z.number().int().describe('In them'),
            openNow: z.number().int(),
            needed: z
              .object({ people: z.number().int(), onRota: z.number().int() })
              .nullable()
              .describe('null: not even the most do'),
            shrinkage: z.number(),
            tried: z.array(outcome),
            rota: outcome.describe('With the people of the rota as it stands; `people`: most of them at once'),
            peak: z.object({
              perHour: z.number(),
              people: z.number().int().describe('In a steady queue (Erlang C)'),
              abandons: z.number().nullable().describe('Share that would give up with them (Erlang A)'),
            }),
            hours: z.array(
              z.object({
                at: instant,
                perHour: z.number(),
                needed: z.number().int().describe('At work, by what is needed'),
                atWork: z.number().int().describe('By the rota'),
                backlog: z.number().describe('With the rota, in the mean'),
              }),
            ),
          })
          .nullable()
          .describe('null: no first reply is promised'),
      ),
  },
}
