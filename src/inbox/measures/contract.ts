// Routes of measures: what was said and answered in some days, how fast, how well promises were kept, and what waits.

import { z } from 'zod'
import { day, inOrgInput, instant, route } from '../../lib/route.ts'
import { promiseMetrics } from '../promises/types.ts'
import { groupings, measureFilter, steps } from './types.ts'

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

const busy = {
  staffedMs: z.number().int().describe('At work, by the rota'),
  busyMs: z.number().int().describe('Of this with a conversation in hand: theirs, open, and somebody waiting'),
  share: z.number().nullable().describe('busyMs of staffedMs; null: nobody was at work'),
}

const levels = z.array(z.number().int()).describe('One for each point')

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
    load: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/inbox-load',
        summary: 'How much stood in the inbox at the end of each hour or day, and how busy people were with it',
      })
      .input(
        inOrgInput.extend({
          ...{
            from: day,
            to: day.describe('Included; hours are told of at most 14 days, days of at most 400'),
          },
          step: z.enum(steps).default('day'),
          ...measureFilter.shape,
        }),
      )
      .output(
        z.object({
          zone: z.string().describe('In which days begin'),
          step: z.enum(steps),
          until: instant.describe('The end of the last day, or now'),
          points: z.array(
            z.object({
              at: instant.describe('The end of an hour or day; the last is now where it goes on'),
              open: z.number().int().describe('Not closed, whether put off or not'),
              waiting: z.number().int().describe('Of these those in which somebody waits for an answer'),
            }),
          ),
          groups: z
            .array(
              z.object({
                by: z.enum(groupings),
                id: z.uuid().nullable(),
                name: z.string(),
                open: levels,
                waiting: levels,
              }),
            )
            .describe('Where and whose they were then'),
          occupancy: z
            .object({
              all: z.object(busy),
              days: z.array(z.object({ day, ...busy })),
              groups: z.array(
                z.object({
                  by: z.enum(['department', 'person']),
                  id: z.uuid().nullable(),
                  name: z.string(),
                  isAlways: z.boolean().describe('Of somebody the rota knows no hours: they count as always at work'),
                  ...busy,
                }),
              ),
            })
            .describe('By the hours of the rota as they stand now, without absences'),
        }),
      ),
  },
}
