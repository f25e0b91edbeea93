// Routes of the long view: two ways over years, where each goal is going, and what is still waited for.

import { z } from 'zod'
import { day, inOrgInput, route } from '../../lib/route.ts'
import { measures } from '../goals/types.ts'
import { type AssumptionName, assumptions } from './paths.ts'

const assumption = (name: AssumptionName) => {
  const { least, most, says } = assumptions[name]
  return z.coerce.number().min(least).max(most).optional().describe(says)
}

const step = z.object({
  minutes: z.number(),
  built: z.number().describe('100: what today’s minutes hold up for ever'),
})

const point = z.object({ day, mean: z.number(), low: z.number(), high: z.number() })

export const longView = z.object({
  from: day,
  baseline: z.object({ minutes: z.number(), from: z.string() }).describe('What people are used to, in a week'),
  target: z.number().nullable().describe('At which the plan has grown enough; null: there is no plan yet'),
  ceiling: z.number().nullable(),
  assumptions: z.array(
    z.object({
      ...{ name: z.string(), value: z.number(), least: z.number(), most: z.number(), unit: z.string() },
      ...{ says: z.string(), source: z.string() },
    }),
  ),
  weeks: z.array(z.object({ monday: day, sprint: step, marathon: step })),
  goals: z.array(
    z.object({
      ...{ id: z.uuid(), title: z.string(), measure: z.enum(measures), unit: z.string() },
      ...{ target: z.number(), dueOn: day },
      forecast: z.discriminatedUnion('state', [
        z.object({
          state: z.literal('told'),
          stepDays: z.number().int(),
          used: z.array(z.object({ day, value: z.number() })).describe('Readings it rests on, oldest first'),
          points: z.array(point).describe('Four of five later readings lie between low and high'),
          onDue: point.nullable().describe('null: its day lies farther ahead than readings look back'),
          likely: z.enum(['reached', 'open', 'missed']),
        }),
        z.object({
          ...{ state: z.literal('too-few'), stepDays: z.number().int() },
          ...{ needs: z.number().int(), there: z.number().int() },
        }),
      ]),
    }),
  ),
  results: z
    .array(
      z.object({
        result: z.enum(['awareness', 'leads', 'revenue']),
        state: z.enum(['measured', 'waiting']),
        says: z.string(),
        readings: z.array(z.object({ day, value: z.number() })).describe('Empty while it waits for measurement'),
      }),
    )
    .describe('Each by itself: none is guessed from another'),
})

export const longViewContract = {
  longView: {
    read: route('programme.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/programme/long-view',
        summary: 'Sprint and marathon side by side over years, forecasts of goals with ranges, and results',
      })
      .input(
        inOrgInput.extend({
          years: z.coerce.number().int().min(1).max(5).default(2),
          ...{ fades: assumption('fades'), returns: assumption('returns'), sprint: assumption('sprint') },
          ...{ lasts: assumption('lasts'), again: assumption('again') },
        }),
      )
      .output(longView),
  },
}
