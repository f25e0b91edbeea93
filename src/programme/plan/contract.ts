// Routes of the plan: tried, adopted, read with what was done.

import { z } from 'zod'
import { day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { cadenceLines, lackCodes, plannedWeek } from './types.ts'

const range = z.object({ low: z.number(), high: z.number() })

const costView = z.object({
  activity: z.string(),
  one: z.string().describe('One of it, inside a sentence'),
  minutes: z.number().describe('What one takes on average'),
  range: range.describe('In which 80 % of single ones lie'),
  n: z.number().int().describe('Measured ones'),
  source: z.string().nullable().describe('Where the assumption is from; null: nobody assumed anything, it is measured'),
})

export const outlook = z.object({
  minutes: z.object({
    week: z.number(),
    range: range.describe('In which a week lies, with 80 %'),
    workingDay: z.number(),
    isFew: z.boolean(),
    isAssumed: z.boolean().describe('Something in it was never measured'),
    says: z.string(),
    first: z.number().describe('In the first of the weeks, where lines begin with less and grow'),
    lines: z.array(
      z.object({ line: z.string(), items: z.number().describe('A week, in the long run'), minutes: z.number() }),
    ),
  }),
  baseline: z.object({
    minutes: z.number(),
    from: z.enum(['measured', 'new', 'evidence', 'realigned']),
    weeks: z.number().int(),
  }),
  presence: z
    .number()
    .describe('Minutes a week for answering, as much as there was in the last weeks; beside the cadence'),
  ceiling: z.number().nullable().describe('Minutes a week of everybody who said how much they give; null: nobody did'),
  people: z.number().int().describe('Who gives time to it; 1 where nobody said'),
  weeks: z.array(plannedWeek),
  reachesTarget: day.nullable().describe('The Monday from which the whole cadence fits; null: not in these weeks'),
  findings: z.array(
    z.object({
      week: day,
      rule: z.string(),
      requirement: z.string(),
      severity: z.enum(['refused', 'warning', 'note']),
      says: z.string(),
    }),
  ),
  grows: z
    .array(
      z.object({
        line: z.string(),
        steps: z.array(
          z.object({
            monday: day,
            times: z.number().int().describe('So many in a period that begins from then on'),
            fits: z.boolean().nullable().describe('That week holds all that is asked for; null: it lies beyond these'),
          }),
        ),
      }),
    )
    .describe('Lines that grow by themselves: as they are in the first of the weeks, and every step after it'),
  heavy: z
    .array(
      z.object({
        monday: day,
        minutes: z.number(),
        because: z.enum(['event', 'peak']),
        name: z.string().nullable().describe('Of the event'),
        usual: z.number().nullable().describe('The mean of the weeks before'),
      }),
    )
    .describe('Weeks before which pictures, facts and approvals are gathered'),
  lacks: z
    .array(z.object({ line: z.string(), activity: z.string(), because: z.enum(lackCodes), says: z.string() }))
    .describe('Lines that nobody may do as things are, and what to do about it'),
  events: z.array(z.object({ name: z.string(), day })).describe('Before these the load is taken back'),
  done: z.array(z.object({ monday: day, minutes: z.number() })).describe('What was written down, by week'),
  costs: z.array(costView),
})

export const planView = z.object({
  number: z.number().int(),
  lines: cadenceLines,
  from: day,
  planned: z.array(plannedWeek).describe('The load curve as it was adopted'),
  reason: z.string(),
  madeAt: instant,
  madeBy: person.nullable(),
})

const path = '/orgs/{org}/programme/plan'

export const planContract = {
  plan: {
    read: route('programme.read')
      .route({ method: 'GET', path, summary: 'The plan in force, and how it looks from today' })
      .input(inOrgInput)
      .output(
        z.object({
          today: day,
          plan: planView.nullable(),
          outlook: outlook.nullable().describe('null: no plan, or times of something in it were taken away'),
        }),
      ),
    preview: route('programme.read')
      .route({
        method: 'POST',
        path: `${path}/preview`,
        summary: 'What a cadence would take, week by week; nothing is stored',
      })
      .input(inOrgInput.extend({ lines: cadenceLines }))
      .output(outlook),
    adopt: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Put a cadence in force from this week on; what was planned before stays to be read',
      })
      .input(
        inOrgInput.extend({
          lines: cadenceLines,
          reason,
          after: z.number().int().nullable().describe('The version it was made from; null: the first'),
        }),
      )
      .output(planView),
    versions: route('programme.read')
      .route({ method: 'GET', path: `${path}/versions`, summary: 'The last 50 versions of the plan, newest first' })
      .input(inOrgInput)
      .output(z.array(planView)),
  },
}
