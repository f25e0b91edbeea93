// Routes of what items are worth: read, the unit chosen, what people tell of lines.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { goalUnits, knownBy, leastKinds, toldFacts } from './types.ts'

const range = z.object({ likely: z.number(), low: z.number(), high: z.number() })

const toldView = toldFacts.extend({ id: z.uuid(), at: instant, by: person.nullable() })

export const worthLine = z.object({
  channel: z.string().describe('The id of an account, a word for a channel without one, or nothing: wherever'),
  channelName: z.string(),
  activity: z.string(),
  items: z.number().int().describe('Judged by their numbers, of the last 52 weeks'),
  young: z.number().int().describe('Too young to be judged'),
  unread: z.number().int().describe('Nobody read their numbers at that age, or the network does not offer them'),
  known: z.enum(knownBy),
  value: range.nullable().describe('Of a usual item, in which 80 % of what is believed lies; null: nobody knows'),
  anHour: range.nullable().describe('The same for an hour of work, by the mean of the minutes'),
  trust: z.number().describe('How much its own numbers count beside those of all: 0 to 1'),
  first: z.number().nullable().describe('Of the first item in a week; each further one is worth less'),
  decay: z.number().describe('Each further item of a week is worth so much of the one before'),
  decayKnown: z.object({
    by: z
      .enum(['told', 'learned', 'assumed'])
      .describe('Learned: from own weeks that were planned with many and with few items by turns'),
    low: z.number(),
    high: z.number().describe('Between them it lies with 80 %'),
    spread: z.number().describe('Standard deviation of the logarithm of its distance to 1'),
    trust: z.number().describe('How much own weeks count beside the usual figure'),
    weeks: z.number().int().describe('That it was learned from'),
  }),
  minutes: z
    .object({ mean: z.number(), low: z.number(), high: z.number(), n: z.number().int(), isTold: z.boolean() })
    .nullable(),
  most: z.number().int().describe('A week'),
  least: z.number().int().nullable(),
  leastKind: z.enum(leastKinds),
  doneWeekly: z.number().describe('Of the last eight weeks'),
  plannedWeekly: z.number().describe('In the plan that is in force'),
  ageMinutes: z.number().nullable().describe('At which its items are judged: five half-lives, at a planned reading'),
  halfLife: z
    .object({ minutes: z.number(), low: z.number(), high: z.number(), trust: z.number(), posts: z.number().int() })
    .nullable()
    .describe('Learned from its own items and the public figure'),
  signals: z.object({
    links: z.number().nullable().describe('People who followed its links; null: nothing counts them'),
    interactions: z.number().nullable(),
  }),
  trend: z.array(z.object({ month: z.string(), items: z.number().int(), mean: z.number() })),
  told: toldView.nullable(),
  isStopped: z.boolean().describe('Somebody decided to stop it'),
})

export const worthView = z.object({
  unit: z.enum(goalUnits),
  today: day,
  lines: z.array(worthLine).describe('What brings most for a minute first; what nobody knows last'),
})

const path = '/orgs/{org}/programme/worth'

export const worthContract = {
  worth: {
    read: route('programme.read')
      .route({
        method: 'GET',
        path,
        summary: 'What an hour of each activity brings on each channel, and how that is known',
      })
      .input(
        inOrgInput.extend({ unit: z.enum(goalUnits).optional().describe('Other than the chosen one, to compare') }),
      )
      .output(worthView),
    chooseUnit: route('programme.lead')
      .route({ method: 'PUT', path: `${path}/unit`, summary: 'By what items are judged' })
      .input(inOrgInput.extend({ unit: z.enum(goalUnits) }))
      .output(worthView),
    tell: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/lines`,
        successStatus: 201,
        summary:
          'Our own estimate of an activity on a channel, and how much of it may be; what was told before is put away',
      })
      .input(inOrgInput.extend(toldFacts.shape))
      .output(worthView),
    forget: route('programme.lead')
      .route({ method: 'DELETE', path: `${path}/lines/{id}`, summary: 'What was told of a line counts no longer' })
      .input(byId)
      .output(worthView),
    recall: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/lines/{id}/recall`,
        summary: 'It counts again, in place of what was told since',
      })
      .input(byId)
      .output(worthView),
  },
}
