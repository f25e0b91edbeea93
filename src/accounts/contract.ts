// Routes of connected accounts: which networks there are, connecting, health, and what sources bring in.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route, timeZone } from '../lib/route.ts'

export const authField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['url', 'text', 'secret']),
  help: z.string().optional(),
  placeholder: z.string().optional(),
  initial: z.string().optional(),
})

export const connectorView = z.object({
  id: z.string(),
  name: z.string(),
  docs: z.string(),
  reviewed: z.string(),
  practice: z.boolean().describe('Nobody outside sees what is published there'),
  methods: z.array(
    z.object({ id: z.string(), kind: z.enum(['fields', 'oauth']), label: z.string(), fields: z.array(authField) }),
  ),
  publishes: z.boolean(),
  listens: z.boolean(),
  counts: z.boolean(),
  /** JSON Schema of the settings that only this network has; null where it has none. */
  options: z.record(z.string(), z.unknown()).nullable(),
})

/** Weekly queue slot in the account's zone; Monday is 1. */
export const slot = z.object({
  day: z.number().int().min(1).max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  for: z.enum(['always-on', 'campaign']).optional().describe('Posts of this kind alone; absent: any'),
})

export const accountView = z.object({
  id: z.uuid(),
  connector: z.string(),
  remoteId: z.string(),
  handle: z.string(),
  displayName: z.string(),
  avatarUrl: z.string().nullable(),
  url: z.string(),
  server: z.string(),
  name: z.string(),
  timeZone: z.string(),
  slots: z.array(slot),
  ownerId: z.uuid().nullable(),
  deputyId: z.uuid().nullable(),
  authMethod: z.string(),
  state: z.enum(['connected', 'needs-reconnect', 'disconnected']),
  stateReason: z.string().nullable(),
  stateSince: instant,
  health: z.object({
    checkedAt: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastFailureAt: instant.nullable(),
    lastFailure: z.string().nullable(),
    credentialsExpireAt: instant.nullable(),
    /** Whether Longrun renews the credentials by itself. */
    renews: z.boolean(),
    /** When a person must connect again; where it `renews`, only a guess. null where that is not known or never. */
    accessEndsAt: instant.nullable(),
    scopes: z.array(z.string()),
    restUntil: instant.nullable(),
  }),
  publishes: z.boolean(),
  listens: z.boolean(),
  /** Its posts are letters to subscribers. */
  toSubscribers: z.boolean(),
  /** `Limits` of connectors/contract.ts. */
  limits: z.record(z.string(), z.unknown()),
  scheduledCount: z.number().int(),
})

export const sourceItem = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  accountName: z.string(),
  url: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable().describe('Sanitised'),
  author: z.string().nullable(),
  imageUrl: z.string().nullable(),
  publishedAt: instant.nullable(),
  fetchedAt: instant,
  dismissedAt: instant.nullable(),
})

/** In a query `false` is a word; read by its truth it would be true. */
const flag = z.union([z.boolean(), z.stringbool()])

const connectInput = inOrgInput.extend({
  connector: z.string().max(40),
  method: z.string().max(40),
  values: z.record(z.string().max(40), z.string().max(4000)),
  /** The account to reconnect; its scheduled posts stay. */
  accountId: z.uuid().optional(),
})

export const accountsContract = {
  connectors: {
    list: route('accounts.read')
      .route({ method: 'GET', path: '/orgs/{org}/connectors', summary: 'Networks that can be connected' })
      .input(inOrgInput)
      .output(z.array(connectorView)),
  },
  accounts: {
    list: route('accounts.read')
      .route({ method: 'GET', path: '/orgs/{org}/accounts', summary: 'Connected accounts with their health' })
      .input(inOrgInput)
      .output(z.array(accountView)),
    read: route('accounts.read')
      .route({ method: 'GET', path: '/orgs/{org}/accounts/{id}', summary: 'One account' })
      .input(byId)
      .output(accountView),
    connect: route('accounts.connect')
      .route({
        method: 'POST',
        path: '/orgs/{org}/accounts',
        successStatus: 201,
        summary: 'Connect or reconnect with a password or key',
      })
      .input(connectInput)
      .output(accountView),
    authorise: route('accounts.connect')
      .route({
        method: 'POST',
        path: '/orgs/{org}/accounts/authorisations',
        successStatus: 201,
        summary: 'Begin to connect at the network; send the person to the address',
      })
      .input(connectInput)
      .output(z.object({ url: z.string() })),
    change: route('accounts.change')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/accounts/{id}',
        summary: 'Name, owner, deputy, time zone, queue slots',
      })
      .input(
        byId.extend({
          name: z.string().trim().min(1).max(120).optional(),
          ownerId: z.uuid().nullable().optional(),
          deputyId: z.uuid().nullable().optional(),
          timeZone: timeZone.optional(),
          slots: z.array(slot).max(100).optional(),
        }),
      )
      .output(accountView),
    check: route('accounts.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/accounts/{id}/check',
        summary: 'Ask the network now: credentials, limits, scopes',
      })
      .input(byId)
      .output(accountView),
    disconnect: route('accounts.connect')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/accounts/{id}',
        summary: 'Forget the credentials; scheduled posts are parked, history stays',
      })
      .input(byId)
      .output(accountView),
  },
  sources: {
    items: route('sources.read')
      .route({ method: 'GET', path: '/orgs/{org}/source-items', summary: 'What feeds brought, newest first' })
      .input(pageInput.extend({ accountId: z.uuid().optional(), dismissed: flag.default(false) }))
      .output(pageOf(sourceItem)),
    dismiss: route('sources.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/source-items/{id}/dismiss',
        summary: 'Put an item aside, or take it back',
      })
      .input(byId.extend({ dismissed: z.boolean().default(true) }))
      .output(sourceItem),
    pull: route('sources.change')
      .route({ method: 'POST', path: '/orgs/{org}/accounts/{id}/pull', summary: 'Read the source now' })
      .input(byId)
      .output(z.object({ added: z.number().int() })),
  },
}
