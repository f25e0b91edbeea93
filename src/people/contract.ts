// Routes of people: who I am, organisations, departments, members, invitations, sessions and API tokens.

import { z } from 'zod'
import { byId, inOrgInput, instant, route, timeZone } from '../lib/route.ts'
import { roles, scopeNames } from './permissions.ts'

const role = z.enum(roles)
const name = z.string().trim().min(1).max(200)

export const organisation = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  timeZone: z.string(),
  createdAt: instant,
})

export const department = z.object({
  id: z.uuid(),
  name: z.string(),
  memberCount: z.number().int(),
  approverCount: z
    .number()
    .int()
    .describe('Members who may approve answers; behind a wall without one, answers that need approval wait'),
  walledAt: instant
    .nullable()
    .describe('Since when it is a wall: its conversations are seen by its members alone. null: it is none'),
})

export const member = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role,
  departmentId: z.uuid().nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
})

export const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role,
  departmentId: z.uuid().nullable(),
  createdAt: instant,
  expiresAt: instant,
})

export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
})

export const me = z.object({
  user: z.object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    timeZone: z.string().nullable(),
    twoFactorEnabled: z.boolean(),
  }),
  memberships: z.array(z.object({ organisation, memberId: z.uuid(), role, departmentId: z.uuid().nullable() })),
})

export const signInSession = z.object({
  id: z.uuid(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
})

const invitationInput = z.object({ email: z.email().max(254), role, departmentId: z.uuid().nullable().default(null) })

export const peopleContract = {
  installation: {
    /** Whether an owner exists, and which ways to sign in are offered. */
    state: route('public')
      .route({ method: 'GET', path: '/installation', summary: 'State of this installation' })
      .output(
        z.object({ version: z.string(), hasOwner: z.boolean(), oidcName: z.string().nullable(), mail: z.boolean() }),
      ),
    /** The first start: creates the owner and the first organisation, once. */
    setUp: route('public')
      .route({
        method: 'POST',
        path: '/installation',
        successStatus: 201,
        summary: 'Create the owner and the first organisation',
      })
      .input(
        z.object({
          name,
          email: z.email().max(254),
          password: z.string().min(10).max(200),
          organisation: name,
          timeZone: timeZone.default('UTC'),
        }),
      )
      .output(z.object({ organisation, token: z.string().describe('Bearer token of the new session') })),
  },
  me: {
    read: route('signed-in').route({ method: 'GET', path: '/me', summary: 'Who I am and where I belong' }).output(me),
    change: route('signed-in')
      .route({ method: 'PATCH', path: '/me', summary: 'Change my name or time zone' })
      .input(z.object({ name: name.optional(), timeZone: timeZone.nullable().optional() }))
      .output(me),
    sessions: route('signed-in')
      .route({ method: 'GET', path: '/me/sessions', summary: 'Where I am signed in' })
      .output(z.array(signInSession)),
    endSession: route('signed-in')
      .route({ method: 'DELETE', path: '/me/sessions/{id}', summary: 'End one of my sessions' })
      .input(z.object({ id: z.uuid() }))
      .output(z.object({ ended: z.literal(true) })),
    createOrganisation: route('signed-in')
      .route({ method: 'POST', path: '/orgs', successStatus: 201, summary: 'Create a further organisation' })
      .input(z.object({ name, timeZone: timeZone.default('UTC') }))
      .output(organisation),
  },
  organisation: {
    read: route('organisation.read')
      .route({ method: 'GET', path: '/orgs/{org}', summary: 'The organisation' })
      .input(inOrgInput)
      .output(organisation),
    change: route('organisation.change')
      .route({ method: 'PATCH', path: '/orgs/{org}', summary: 'Rename it or change its time zone' })
      .input(inOrgInput.extend({ name: name.optional(), timeZone: timeZone.optional() }))
      .output(organisation),
  },
  departments: {
    list: route('departments.read')
      .route({ method: 'GET', path: '/orgs/{org}/departments', summary: 'Departments' })
      .input(inOrgInput)
      .output(z.array(department)),
    add: route('departments.change')
      .route({ method: 'POST', path: '/orgs/{org}/departments', successStatus: 201, summary: 'Add a department' })
      .input(inOrgInput.extend({ name }))
      .output(department),
    rename: route('departments.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/departments/{id}', summary: 'Rename a department' })
      .input(byId.extend({ name }))
      .output(department),
    wall: route('departments.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/departments/{id}/wall',
        summary: 'Put up its wall, or take it down: whether its conversations are seen by its members alone',
      })
      .input(byId.extend({ walled: z.boolean() }))
      .output(department),
    remove: route('departments.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/departments/{id}',
        summary: 'Remove a department; its members stay',
      })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
  },
  members: {
    list: route('members.read')
      .route({ method: 'GET', path: '/orgs/{org}/members', summary: 'Members' })
      .input(inOrgInput)
      .output(z.array(member)),
    change: route('members.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/members/{id}', summary: 'Change role or department' })
      .input(byId.extend({ role: role.optional(), departmentId: z.uuid().nullable().optional() }))
      .output(member),
    end: route('members.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/members/{id}', summary: 'End a membership' })
      .input(byId)
      .output(z.object({ ended: z.literal(true) })),
    invitations: route('members.invite')
      .route({ method: 'GET', path: '/orgs/{org}/invitations', summary: 'Open invitations' })
      .input(inOrgInput)
      .output(z.array(invitation)),
    invite: route('members.invite')
      .route({ method: 'POST', path: '/orgs/{org}/invitations', successStatus: 201, summary: 'Invite by mail link' })
      .input(inOrgInput.extend(invitationInput.shape))
      .output(
        invitation.extend({
          link: z.string().describe('Shown once, to hand on where mail does not arrive'),
          mailed: z.boolean(),
        }),
      ),
    revokeInvitation: route('members.invite')
      .route({ method: 'DELETE', path: '/orgs/{org}/invitations/{id}', summary: 'Withdraw an invitation' })
      .input(byId)
      .output(z.object({ revoked: z.literal(true) })),
  },
  joining: {
    read: route('public')
      .route({ method: 'GET', path: '/invitations/{secret}', summary: 'What an invitation offers' })
      .input(z.object({ secret: z.string().min(20).max(200) }))
      .output(
        z.object({ organisation: z.string(), email: z.string(), role, expiresAt: instant, hasUser: z.boolean() }),
      ),
    accept: route('public')
      .route({
        method: 'POST',
        path: '/invitations/{secret}/accept',
        summary: 'Join; creates the user when there is none',
      })
      .input(
        z.object({
          secret: z.string().min(20).max(200),
          name: name.optional(),
          password: z.string().min(10).max(200).optional(),
        }),
      )
      .output(
        z.object({ organisation, token: z.string().nullable().describe('Bearer token when a user was created') }),
      ),
  },
  tokens: {
    list: route('tokens.own')
      .route({ method: 'GET', path: '/orgs/{org}/tokens', summary: 'My API tokens' })
      .input(inOrgInput)
      .output(z.array(apiToken)),
    // A token that makes tokens would outlive its own end.
    create: route('tokens.own', { inPerson: true })
      .route({ method: 'POST', path: '/orgs/{org}/tokens', successStatus: 201, summary: 'Create an API token' })
      .input(
        inOrgInput.extend({
          name,
          scopes: z.array(z.enum(scopeNames as [string, ...string[]])).min(1),
          expiresAt: instant.nullable().default(null),
        }),
      )
      .output(apiToken.extend({ token: z.string().describe('Shown once') })),
    revoke: route('tokens.own')
      .route({ method: 'DELETE', path: '/orgs/{org}/tokens/{id}', summary: 'Revoke an API token' })
      .input(byId)
      .output(z.object({ revoked: z.literal(true) })),
  },
}
