// Routes of sources: what can be listened to, what is, how well, and what is known to be missing.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { sourceFacts, sourceStates } from './types.ts'

const sourceKindView = z.object({
  connector: z.string(),
  connectorName: z.string(),
  kind: z.string(),
  label: z.string(),
  help: z.string(),
  way: z.enum(['stream', 'poll']),
  needsAccount: z.boolean(),
  everySeconds: z.number().nullable(),
  fields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      help: z.string().optional(),
      kind: z.enum(['text', 'url', 'choice']),
      required: z.boolean(),
      choices: z.array(z.string()).optional(),
      preset: z.string().optional(),
    }),
  ),
})

export const gapView = z.object({
  from: instant.nullable(),
  to: instant.nullable(),
  reason: z.string(),
  statedAt: instant,
  filledAt: instant.nullable(),
})

export const sourceView = sourceFacts.extend({
  id: z.uuid(),
  connector: z.string(),
  connectorName: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  settings: z.record(z.string(), z.json()).describe('As entered, without secrets'),
  accountId: z.uuid().nullable(),
  state: z.enum(sourceStates),
  failureCode: z.string().nullable(),
  failedAt: instant.nullable(),
  answeredAt: instant.nullable().describe('The last sign of life'),
  heardAt: instant.nullable().describe('When it last brought something'),
  lagMs: z.number().nullable().describe('Distance to the network’s own time when it last answered; null: not told'),
  heardToday: z.number().int().describe('Brought within the last 24 hours'),
  keptToday: z.number().int().describe('Of them and of others: kept since midnight, UTC'),
  costToday: z.number().int().nullable(),
  gaps: z.array(gapView).describe('The last ten that were stated'),
  createdAt: instant,
  pausedAt: instant.nullable(),
})

export const sourceMinute = z.object({
  at: instant,
  heard: z.number().int(),
  unreadable: z.number().int(),
  bytes: z.number().int(),
  lagMs: z.number().nullable(),
})

export const sourcesContract = {
  listeningSources: {
    kinds: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/source-kinds', summary: 'What can be listened to' })
      .input(inOrgInput)
      .output(z.array(sourceKindView)),
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/sources', summary: 'What is listened to, with its health' })
      .input(inOrgInput)
      .output(z.array(sourceView)),
    read: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/sources/{id}', summary: 'One source' })
      .input(byId)
      .output(sourceView),
    volume: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/sources/{id}/volume',
        summary: 'What it brought in each hour of the last two days; hours without anything are missing',
      })
      .input(byId)
      .output(z.array(sourceMinute)),
    add: route('listening.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/sources',
        successStatus: 201,
        summary: 'Listen to something more',
      })
      .input(
        inOrgInput.extend({
          ...sourceFacts.shape,
          connector: z.string().max(40),
          kind: z.string().max(40),
          values: z
            .record(z.string().max(40), z.string().max(2000))
            .default({})
            .describe('What the fields of its kind ask for'),
          accountId: z.uuid().nullable().default(null),
        }),
      )
      .output(sourceView),
    change: route('listening.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/sources/{id}',
        summary: 'Name, what is kept, and cost; what it reads stays, because what was heard belongs to it',
      })
      .input(byId.extend(sourceFacts.shape))
      .output(sourceView),
    pause: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/listening/sources/{id}/pause', summary: 'Stop listening to it' })
      .input(byId)
      .output(sourceView),
    resume: route('listening.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/sources/{id}/resume',
        summary: 'Listen again, from where it stopped if the network keeps so much; try again at once after a failure',
      })
      .input(byId)
      .output(sourceView),
    remove: route('listening.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/sources/{id}',
        successStatus: 204,
        summary: 'Listen to it no more; what was heard stays until it expires',
      })
      .input(byId)
      .output(z.void()),
    restore: route('listening.change')
      .route({ method: 'POST', path: '/orgs/{org}/listening/sources/{id}/restore', summary: 'Undo its removal' })
      .input(byId)
      .output(sourceView),
  },
}
