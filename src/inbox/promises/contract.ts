// Routes of promises: hours, policies in their order, the ladder, what is tried out, and how promises of one conversation stand.

import { z } from 'zod'
import { saidKinds } from '../../connectors/converse.ts'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { levelNames } from './ladder-people.ts'
import { clockStates } from './timeline.ts'
import { businessHours, priorities, promiseKinds, promiseMetrics, promisePolicy } from './types.ts'

const name = z.string().trim().min(1).max(120)

const hoursView = z.object({
  id: z.uuid(),
  name: z.string(),
  hours: businessHours,
  words: z.string(),
  changedAt: instant,
  changedBy: person.nullable(),
  usedBy: z.array(z.string()).describe('Promises that are made in them'),
})

export const policyView = z.object({
  id: z.uuid(),
  number: z.number().int().describe('Of the version'),
  policy: promisePolicy,
  hours: businessHours.nullable().describe('As they were when this version was made'),
  madeAt: instant,
  madeBy: person.nullable(),
})

const dueView = z.object({
  metric: z.enum(promiseMetrics),
  minutes: z.number().int(),
  hours: z.enum(['business', 'calendar']),
  dueSoonAt: instant.nullable(),
  dueAt: instant.nullable().describe('null: its hours never come'),
})

export const clockView = z.object({
  metric: z.enum(promiseMetrics),
  round: z.number().int(),
  state: z.enum(clockStates),
  promise: z.string().describe('The policy’s name'),
  version: z.number().int(),
  startedAt: instant,
  endedAt: instant.nullable(),
  dueSoonAt: instant.nullable(),
  dueAt: instant.nullable().describe('null: it stands still, or its hours never come'),
  brokenAt: instant.nullable(),
  waivedFor: z.string().nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: person.nullable(),
  steps: z.array(
    z.object({
      level: z.enum(levelNames),
      at: instant,
      told: z.array(person),
      away: z.array(person),
      because: z.enum(['due-soon', 'broken', 'not-acknowledged', 'nobody-there']),
    }),
  ),
})

const path = '/orgs/{org}/promises'
const policies = z.array(policyView)

const minutes = z.int().min(1).max(10_080)

export const ladderShape = z.object({
  minutes: z
    .tuple([minutes, minutes, minutes])
    .describe('To acknowledge, before the next level is told: of owner, deputy, manager')
    .meta({ examples: [[15, 15, 30]] }),
  always: z.array(z.uuid()).max(50).describe('Members who are always there; empty: owners and admins'),
})

export const promisesContract = {
  promises: {
    list: route('promises.read')
      .route({ method: 'GET', path, summary: 'Promises in force, in their order: the first that matches holds' })
      .input(inOrgInput)
      .output(policies),
    make: route('promises.change')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Make a promise; it comes last' })
      .input(inOrgInput.extend({ policy: promisePolicy }))
      .output(policies),
    order: route('promises.change')
      .route({ method: 'PUT', path: `${path}/order`, summary: 'Put promises into another order' })
      .input(inOrgInput.extend({ ids: z.array(z.uuid()).min(1).max(500).describe('All of them') }))
      .output(policies),
    preview: route('promises.read')
      .route({
        method: 'POST',
        path: `${path}/preview`,
        summary: 'When something said at a time would be due, as things stand or with another promise',
      })
      .input(
        inOrgInput.extend({
          at: instant,
          accountId: z.uuid(),
          kind: z.enum(promiseKinds),
          saidAs: z.enum(saidKinds),
          departmentId: z.uuid().nullable().default(null),
          priority: z.enum(priorities).default('normal'),
          policy: promisePolicy.optional().describe('One that is being written'),
          replaces: z.uuid().optional().describe('Which one it is put in the place of; absent: it comes last'),
        }),
      )
      .output(z.object({ policy: z.string().nullable().describe('null: nothing is promised'), due: z.array(dueView) })),
    change: route('promises.change')
      .route({
        method: 'PUT',
        path: `${path}/{id}`,
        summary: 'Change a promise: a new version, which holds for what begins afterwards',
      })
      .input(byId.extend({ policy: promisePolicy }))
      .output(policies),
    end: route('promises.change')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'No longer promise it; what began under it goes on' })
      .input(byId)
      .output(policies),
    ended: route('promises.read')
      .route({
        method: 'GET',
        path: `${path}/ended`,
        summary: 'What is not promised any more, as it was last; ended last first',
      })
      .input(inOrgInput)
      .output(z.array(policyView.extend({ endedAt: instant, endedBy: person.nullable() }))),
    versions: route('promises.read')
      .route({
        method: 'GET',
        path: `${path}/{id}/versions`,
        summary: 'What it said before, and from when until when; newest first',
      })
      .input(byId)
      .output(
        z.array(
          policyView.extend({
            heldFrom: instant.describe('Since when it was in force'),
            heldUntil: instant.nullable().describe('null: it is in force now'),
          }),
        ),
      ),
    availability: route('promises.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/accounts/{id}/availability',
        summary: 'What people may expect of an account, with a text for its profile',
      })
      .input(byId)
      .output(
        z.object({
          account: z.string(),
          text: z.string().nullable().describe('null: nothing is promised'),
          promised: z.array(
            z.object({
              kind: z.enum(promiseKinds),
              saidAs: z.array(z.enum(saidKinds)),
              minutes: z.number().int(),
              hours: z.enum(['business', 'calendar']),
              topics: z.array(z.string()),
            }),
          ),
        }),
      ),
    atRisk: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/at-risk`,
        summary:
          'Conversations that come due while their owner is away or nobody is there, who could cover, and gaps of the rota',
      })
      .input(
        inOrgInput.extend({
          until: instant.optional().describe('Absent: seven days ahead; at most sixty'),
          memberId: z.uuid().optional().describe('As if they were away from `awayFrom` to `awayUntil`'),
          awayFrom: instant.optional(),
          awayUntil: instant.optional(),
        }),
      )
      .output(
        z.object({
          until: instant,
          items: z.array(
            z.object({
              id: z.uuid(),
              contact: z.string(),
              preview: z.string(),
              department: z.string().nullable(),
              owner: person.nullable(),
              dueAt: instant,
              reason: z.enum(['owner-away', 'nobody-there']),
              ownerUntil: instant.nullable().describe('The last moment at which its owner is there before it is due'),
              anybodyUntil: instant.nullable(),
              cover: z.array(person.extend({ minutes: z.number().int().describe('At work before it is due') })),
            }),
          ),
          gaps: z
            .array(z.object({ promise: z.string(), from: instant, until: instant }))
            .describe('Promised hours in which nobody who answers there is at work'),
        }),
      ),
    cover: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/cover`,
        summary: 'Hand conversations over to those who cover, in one step',
      })
      .input(
        inOrgInput.extend({
          items: z
            .array(z.object({ id: z.uuid(), ownerId: z.uuid() }))
            .min(1)
            .max(200),
          note: z.string().trim().max(4000).default(''),
        }),
      )
      .output(z.object({ done: z.array(z.uuid()), refused: z.array(z.object({ id: z.uuid(), code: z.string() })) })),
    ofConversation: route('inbox.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/conversations/{id}/promises',
        summary: 'Every promise clock of a conversation, newest first, with who was told of it',
      })
      .input(byId)
      .output(z.array(clockView)),
    acknowledge: route('inbox.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversations/{id}/acknowledge',
        summary: 'I know of it and see to it: nobody else is told, until something breaks that was only due soon',
      })
      .input(byId)
      .output(z.array(clockView)),
  },
  hours: {
    list: route('promises.read')
      .route({ method: 'GET', path: '/orgs/{org}/business-hours', summary: 'Business hours, by name' })
      .input(inOrgInput)
      .output(z.array(hoursView)),
    make: route('promises.change')
      .route({ method: 'POST', path: '/orgs/{org}/business-hours', successStatus: 201, summary: 'Make business hours' })
      .input(inOrgInput.extend({ name, hours: businessHours }))
      .output(hoursView),
    change: route('promises.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/business-hours/{id}',
        summary: 'Change business hours; promises in them get a new version, which holds for what begins afterwards',
      })
      .input(byId.extend({ name, hours: businessHours }))
      .output(hoursView),
    remove: route('promises.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/business-hours/{id}', summary: 'Take away hours that nobody uses' })
      .input(byId)
      .output(z.object({ id: z.uuid() })),
  },
  ladder: {
    read: route('promises.read')
      .route({ method: 'GET', path: '/orgs/{org}/promise-ladder', summary: 'Who is told when, of promises that break' })
      .input(inOrgInput)
      .output(ladderShape),
    change: route('promises.change')
      .route({ method: 'PUT', path: '/orgs/{org}/promise-ladder', summary: 'Change times and who is always there' })
      .input(inOrgInput.extend(ladderShape.shape))
      .output(ladderShape),
  },
}
