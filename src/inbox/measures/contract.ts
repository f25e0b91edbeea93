// Routes of measures: what was said and answered in some days, how fast, how well promises were kept, and what waits.

import { z } from 'zod'
import { day, inOrgInput, route } from '../../lib/route.ts'
import { promiseMetrics } from '../promises/types.ts'
import { groupings, measureFilter } from './types.ts'

const share = z
  .object({ n: z.number().int(), share: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .describe('With its 95 % range by Wilson; null: there was nothing to be counted')

const times = z
  .object({ n: z.number().int(), median: z.number(), p90: z.number() })
  .nullable()
  .describe('Milliseconds; null: there was none')

const kept = z.object({
  metric: z.enum(promiseMetrics),
  met: z.number().int(),
  broken: z.number().int(),
  overdue: z.number().int().describe('Due and still open: counted as broken'),
  running: z.number().int().describe('Not due yet: not counted'),
  waived: z.number().int().describe('Nothing is owed any more: not counted'),
  kept: share,
  wall: times.describe('By the clock on the wall'),
  promised: times.describe('In the hours of the promise'),
})

export const measuresContract = {
  measures: {
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/inbox-measures',
        summary:
          'Engagements, reply times, promises kept, reopening, sentiment by day and what waits now; at most 400 days',
      })
      .input(inOrgInput.extend({ from: day, to: day.describe('Included'), ...measureFilter.shape }))
      .output(
        z.object({
          zone: z.string().describe('In which days begin'),
          heard: z.number().int().describe('Messages of others'),
          answered: z.number().int().describe('Messages of ours'),
          conversations: z.number().int().describe('In which somebody spoke to us'),
          promises: z.array(kept),
          reopened: share.describe('Of all closings how many were opened again because somebody spoke'),
          negative: share.describe('Of messages whose sentiment is known'),
          backlog: z.object({
            waiting: z.number().int(),
            overdue: z.number().int(),
            oldest: z.iso.datetime().nullable().describe('Since when the first of them waits'),
          }),
          days: z.array(
            z.object({
              day,
              heard: z.number().int(),
              answered: z.number().int(),
              negative: share,
              firstReply: z.number().nullable().describe('Median by the clock on the wall, in milliseconds'),
              kept: share.describe('Of first replies that fell due'),
            }),
          ),
          groups: z.array(
            z.object({
              by: z.enum(groupings),
              id: z.uuid().nullable(),
              name: z.string(),
              promises: z.array(kept),
            }),
          ),
        }),
      ),
  },
}
