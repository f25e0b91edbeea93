// Routes of alerts: what began to be unusual, what people say of it, how sensitive detectors are, and what is planned.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { severities } from '../spikes/severity.ts'
import { answers, kinds, profiles, sentiment, triggers, watches, why } from './types.ts'

const part = z.number().nullable().describe('0 to 1; null: not known, and the others carry its weight')

export const alertView = z.object({
  id: z.uuid(),
  topicId: z.uuid(),
  topic: z.string(),
  network: z.string(),
  trigger: z.enum(triggers),
  kind: z.enum(kinds),
  severity: z.enum(severities).describe('Keep an eye on it; act today; act at once'),
  parts: z.object({ surprise: z.number(), negative: part, reach: part, novelty: part, score: z.number() }),
  surprise: z.number(),
  why,
  sentence: z.string().describe('The reason in words'),
  heard: z.string().describe('Reach of its authors and new words, in words; empty where nothing is known'),
  sentiment,
  at: instant.describe('End of the window that showed it'),
  raisedAt: instant,
  late: z.boolean().describe('Shown by counts that came afterwards'),
  plannedEvent: z
    .object({ kind: z.enum(['announced', 'campaign', 'post']), id: z.uuid(), name: z.string() })
    .nullable()
    .describe('What was known to be coming, or what of our own it came with'),
  issueId: z.uuid().nullable().describe('The record of the potential issue'),
  toldAt: instant.nullable().describe('null: held back by the alert budget, or planned'),
  grewAt: instant.nullable(),
  endedAt: instant.nullable(),
  answer: z.enum(answers).nullable(),
  answeredAt: instant.nullable(),
  answeredBy: person.nullable(),
  note: z.string(),
})

const plotPoint = z.object({
  at: instant.describe('End of the window'),
  count: z.number().int().nullable().describe('In the window before; null: nobody listened'),
  low: z.number().nullable(),
  expected: z.number().nullable(),
  high: z.number().nullable(),
})

const detectorView = z.object({
  topicId: z.uuid(),
  topic: z.string(),
  network: z.string(),
  watch: z.enum(watches),
  silentSince: instant.nullable().describe('Nobody listens since'),
  seenTo: instant,
  hoursListened: z.number().describe('Of the first 48 a detector says nothing'),
  knowsWeekdays: z.boolean().describe('After three weeks'),
})

const plannedFacts = {
  name: z.string().trim().min(1).max(200),
  topicId: z.uuid().nullable().default(null).describe('null: every topic'),
  from: instant,
  to: instant,
  factor: z
    .number()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe('So many times the usual is expected; null: nobody knows, then alerts are marked as planned'),
}

const profileView = z.object({ topicId: z.uuid(), profile: z.enum(profiles) })

const rulesView = z.object({
  dailyBudget: z.number().int().min(1).max(100),
  last90Days: z.object({
    raised: z.number().int(),
    told: z.number().int(),
    answered: z.number().int().describe('As real or false'),
    false: z.number().int(),
    falseRate: z.number().nullable(),
    low: z.number().describe('95 % range'),
    high: z.number(),
  }),
})

const plannedView = z.object({ id: z.uuid(), ...plannedFacts })

export const alertsContract = {
  alerts: {
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/alerts', summary: 'Alerts, newest first' })
      .input(
        pageInput.extend({
          topicId: z.uuid().optional(),
          state: z.enum(['all', 'waiting', 'answered']).default('all').describe('waiting: nobody answered it yet'),
        }),
      )
      .output(pageOf(alertView)),
    read: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/alerts/{id}',
        summary: 'One alert, with the day around it and what was expected, as far as its detector knows by now',
      })
      .input(byId)
      .output(alertView.extend({ zone: z.string(), windowMinutes: z.number(), plot: z.array(plotPoint) })),
    answer: route('listening.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/alerts/{id}/answer',
        summary: 'Say whether it is real, false or planned; a later answer replaces the one before',
      })
      .input(byId.extend({ answer: z.enum(answers), note: z.string().trim().max(1000).default('') }))
      .output(alertView),
    rules: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/alert-rules',
        summary: 'The daily budget, and how often alerts of the last 90 days were false',
      })
      .input(inOrgInput)
      .output(rulesView),
    changeRules: route('listening.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/alert-rules',
        summary: 'Most alerts that people are told in 24 hours',
      })
      .input(inOrgInput.extend({ dailyBudget: z.number().int().min(1).max(100) }))
      .output(rulesView),
    detectors: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/detectors',
        summary: 'Who watches: learning, watching, or suspended since a source is silent',
      })
      .input(inOrgInput)
      .output(z.array(detectorView)),
    profile: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/topics/{id}/alert-profile',
        summary: 'How sensitive alerts of a topic are',
      })
      .input(byId)
      .output(profileView),
    changeProfile: route('listening.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/topics/{id}/alert-profile',
        summary: 'off; quiet: only what is unmistakable; standard; watchful: earlier, and more often for nothing',
      })
      .input(byId.extend({ profile: z.enum(profiles) }))
      .output(profileView),
    planned: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/planned-events',
        summary: 'What is known to be coming, and what ended within the last 30 days',
      })
      .input(inOrgInput)
      .output(z.array(plannedView)),
    plan: route('listening.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/planned-events',
        successStatus: 201,
        summary: 'Announce a launch or whatever else will be talked of',
      })
      .input(inOrgInput.extend(plannedFacts))
      .output(plannedView),
    unplan: route('listening.answer')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/planned-events/{id}',
        successStatus: 204,
        summary: 'It does not happen after all',
      })
      .input(byId)
      .output(z.void()),
  },
}
