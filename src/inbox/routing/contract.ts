// Routes of routing: the rules with their versions, what other rules would have changed, and what was decided of one conversation.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { priorities } from '../promises/types.ts'
import { considerations, postKinds, verdicts, ways } from '../triage/types.ts'
import { additionalSkill, mostRules, namedRule, routingSettings, skill } from './types.ts'

const rules = z.array(namedRule).max(mostRules)
const department = z.object({ id: z.uuid(), name: z.string() }).nullable()

const version = z.object({
  number: z.int().describe('0: nobody has made rules yet'),
  rules,
  settings: routingSettings,
  note: z.string(),
  madeAt: instant.nullable(),
  madeBy: person.nullable(),
})

const outcome = z.object({
  department,
  priority: z.enum(priorities),
  tags: z.array(z.string()),
  skills: z.array(z.string()).describe('Required ones'),
  because: z.string().describe('The rule that named the department, and what of it held; empty: none did'),
})

const said = z.boolean().nullable().optional()

/** As `triageAnswers`, where what is absent stays as it is. */
const someAnswers = z.object({
  ...{ positive: said, question: said, provokes: said, rages: said, wrongFacts: said, badExperience: said },
  ...{ spam: said, danger: said },
})

const because = z.object({ ruleId: z.uuid(), name: z.string(), held: z.array(z.string()) })

export const considered = z.object({
  triage: z
    .object({
      verdict: z.enum(verdicts),
      way: z.enum(ways).nullable(),
      kind: z.enum(postKinds).nullable(),
      by: z.enum(['person', 'network', 'machine']),
      reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
      considerations: z.array(z.enum(considerations)),
      open: z.array(z.string()).describe('What a person has to say for it to be decided'),
      answers: someAnswers,
      answeredBy: person.nullable(),
      assessedAt: instant,
    })
    .nullable(),
  route: z
    .object({
      version: z.int().nullable(),
      decidedAt: instant,
      department: because.nullable(),
      priority: because.nullable(),
      skills: z.array(because),
      tags: z.array(because),
      requiredSkills: z.array(skill),
      additionalSkills: z.array(additionalSkill),
      weight: z.int(),
    })
    .nullable(),
  choice: z
    .object({
      owner: person.nullable().describe('null: nobody was found'),
      code: z.string(),
      skills: z.array(z.string()).describe('Those that stood in the way, or that were kept free'),
      dropped: z.array(z.string()).describe('Additional skills that were given up'),
      of: z.int().nullable().describe('So many could have had it'),
      loadAfter: z.number().nullable().describe('Share of their capacity with this one'),
      at: instant,
      askAgainAt: instant.nullable(),
    })
    .nullable(),
})

const path = '/orgs/{org}'

export const routingContract = {
  routing: {
    read: route('routing.read')
      .route({ method: 'GET', path: `${path}/routing`, summary: 'The rules in force, in their order' })
      .input(inOrgInput)
      .output(version),
    set: route('routing.change')
      .route({ method: 'PUT', path: `${path}/routing`, summary: 'Put rules in force: a new version of all of them' })
      .input(
        inOrgInput.extend({
          basedOn: z.int().min(0).describe('The version that was changed'),
          rules,
          settings: routingSettings.prefault({}),
          note: z.string().trim().max(500).default('').describe('Why'),
        }),
      )
      .output(version),
    versions: route('routing.read')
      .route({ method: 'GET', path: `${path}/routing/versions`, summary: 'Versions of the rules, the newest first' })
      .input(pageInput)
      .output(pageOf(version)),
    try: route('routing.read')
      .route({
        method: 'POST',
        path: `${path}/routing/try`,
        summary: 'What these rules would decide otherwise than those in force, of the last 1,000 conversations',
      })
      .input(inOrgInput.extend({ rules }))
      .output(
        z.object({
          looked: z.int(),
          changed: z.int(),
          departments: z.array(z.object({ department, before: z.int(), after: z.int() })),
          used: z
            .array(z.object({ ruleId: z.uuid(), times: z.int() }))
            .describe('How often each rule decided anything'),
          items: z
            .array(z.object({ id: z.uuid(), with: z.string(), preview: z.string(), before: outcome, after: outcome }))
            .describe('The newest 100 of those that would change'),
        }),
      ),
  },
  considered: {
    read: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/conversations/{id}/considered`,
        summary: 'How it was judged, which rules decided what, and why this owner or nobody',
      })
      .input(byId)
      .output(considered),
    judge: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/conversations/{id}/judgement`,
        summary: 'Say what it is: stands above what the machine thinks; null takes an answer back',
      })
      .input(byId.extend({ answers: someAnswers }))
      .output(considered),
    mark: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/conversations/{id}/marks`,
        summary: 'Say its priority or its tags; absent stays as it is, and rules do not change it again',
      })
      .input(
        byId.extend({
          priority: z.enum(priorities).optional(),
          tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
        }),
      )
      .output(z.object({ priority: z.enum(priorities), tags: z.array(z.string()) })),
  },
}
