// Routes of money: a budget in versions that somebody else approves, what an hour costs, and plan beside what was spent.

import { z } from 'zod'
import { day, inOrgInput, instant, route } from '../../lib/route.ts'
import { roles } from '../../people/permissions.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { budgetLines, currencyCode, kinds, year } from './types.ts'

const beside = z.object({
  plan: z.number(),
  actual: z.number().describe('Spent, and what time cost where that is told'),
})

export const versionView = z.object({
  number: z.number().int(),
  state: z.enum(['draft', 'asked', 'approved', 'declined']),
  isInForce: z.boolean(),
  lines: budgetLines,
  reason: z.string(),
  madeAt: instant,
  madeBy: person.nullable(),
  askedAt: instant.nullable(),
  askedBy: person.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: person.nullable(),
  decisionReason: z.string().nullable(),
  mayDecide: z.boolean().describe('It waits for whoever asks: nobody approves what they asked for themselves'),
})

const lineStand = z.object({
  names: z.array(z.string()).describe('Several where they are for the same; none where nobody planned it'),
  kind: z.enum(kinds),
  channel: z.string().nullable(),
  campaign: z.string().nullable(),
  plan: z.number(),
  actual: z.number().nullable().describe('null: whoever asks may not know what time cost'),
  committed: z.number().describe('Ordered and not paid yet'),
  forecast: z.number().nullable().describe('Of the year, at the pace of its months so far; null: too early to tell'),
  state: z.enum(['fits', 'on-its-way', 'above']),
})

export const budgetView = z.object({
  year: z.number().int(),
  today: day,
  years: z.array(z.number().int()).describe('For which there is a budget'),
  currency: z.string().nullable().describe('null: there is no budget for the year yet'),
  versions: z.array(versionView).describe('Newest first'),
  months: z.array(beside).describe('January to December, of the version in force'),
  total: beside,
  soFar: beside.describe('Until the end of the month that goes on'),
  committed: z.number().describe('Ordered and not paid yet, beside what was spent'),
  lines: z.array(lineStand).describe('How each line of the version in force stands, and what no line is for'),
  byKind: z.array(beside.extend({ kind: z.enum(kinds) })),
  byChannel: z.array(beside.extend({ channel: z.string().nullable() })),
  byCampaign: z.array(
    beside.extend({
      campaignId: z.uuid().nullable(),
      name: z.string().nullable(),
      minutes: z.number().describe('That were worked for it'),
      timeCost: z
        .number()
        .nullable()
        .describe('What these minutes cost, part of the actual; null: whoever asks may not know'),
    }),
  ),
  time: z
    .object({
      cost: z.number(),
      minutes: z.number(),
      unpriced: z.number().describe('Minutes of people without a rate'),
    })
    .nullable()
    .describe('What time cost; null: whoever asks may not know what an hour costs'),
  minutes: z.number().describe('Of everybody in the year'),
  campaigns: z.array(z.object({ id: z.uuid(), name: z.string() })),
})

export const rateView = z.object({
  id: z.uuid(),
  role: z.enum(roles).nullable(),
  member: person.nullable(),
  perHour: z.number().int().nullable(),
  currency: z.string(),
  from: day,
})

const path = '/orgs/{org}/programme/budgets/{year}'
const ofYear = inOrgInput.extend({ year })
const ofVersion = ofYear.extend({ number: z.coerce.number().int().min(1).max(100_000) })

export const budgetContract = {
  budget: {
    read: route('budget.read')
      .route({ method: 'GET', path, summary: 'The budget of a year in its versions, beside what was spent' })
      .input(ofYear)
      .output(budgetView),
    save: route('budget.plan')
      .route({ method: 'PUT', path, summary: 'Write the next version; what is in force stays so until it is approved' })
      .input(
        ofYear.extend({
          currency: currencyCode.describe('Fixed by the first version'),
          lines: budgetLines,
          reason,
          after: z.number().int().nullable().describe('The version it was made from; null: the first'),
        }),
      )
      .output(budgetView),
    ask: route('budget.plan')
      .route({ method: 'POST', path: `${path}/versions/{number}/ask`, summary: 'Ask for approval' })
      .input(ofVersion)
      .output(budgetView),
    takeBack: route('budget.plan')
      .route({ method: 'POST', path: `${path}/versions/{number}/take-back`, summary: 'Ask no longer' })
      .input(ofVersion)
      .output(budgetView),
    decide: route('budget.approve')
      .route({
        method: 'POST',
        path: `${path}/versions/{number}/decide`,
        summary: 'Approve or decline exactly these lines; not by whoever asked for it',
      })
      .input(
        ofVersion.extend({
          decision: z.enum(['approved', 'declined']),
          reason: z.string().trim().max(2000).default(''),
        }),
      )
      .output(budgetView),
    undecide: route('budget.approve')
      .route({
        method: 'POST',
        path: `${path}/versions/{number}/undecide`,
        summary: 'Take a decision back: it waits again',
      })
      .input(ofVersion)
      .output(budgetView),
  },
  rates: {
    list: route('budget.rates')
      .route({ method: 'GET', path: '/orgs/{org}/programme/rates', summary: 'What an hour of whom costs, since when' })
      .input(inOrgInput)
      .output(z.array(rateView)),
    set: route('budget.rates')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/programme/rates',
        summary: 'What an hour of a role or of one person costs from a day on; null: nobody says any more',
      })
      .input(
        inOrgInput.extend({
          role: z.enum(roles).nullable(),
          memberId: z.uuid().nullable().default(null),
          perHour: z.number().int().min(0).max(1e9).nullable(),
          currency: currencyCode,
          from: day,
        }),
      )
      .output(z.array(rateView)),
  },
}
