// Walks every route of the contract as every role, as a stranger, as nobody and with a token that may too little.

import type { AnyContractProcedure } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../src/contract.ts'
import { type RouteMeta, route } from '../src/lib/route.ts'
import { isVerb, may, permissions, type Role, roles, type Verb } from '../src/people/permissions.ts'
import { serve } from '../src/people/serve.ts'
import { type TestApp, type TestSession, testApp } from './world/app.ts'
import { sampleRequest } from './world/sample-input.ts'

interface Route {
  name: string
  verb: string
  inPerson?: true
  procedure: AnyContractProcedure
}

const routes: Route[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  routes.push({ name: path.join('.'), ...(procedure['~orpc'].meta as RouteMeta), procedure })
})
const inOrgs = routes.filter(({ verb }) => isVerb(verb))
const ofPersons = routes.filter(({ verb }) => verb === 'signed-in')
const open = routes.filter(({ verb }) => verb === 'public')

let world: TestApp
const members = new Map<Role, TestSession>()
let stranger: TestSession
let former: TestSession

beforeAll(async () => {
  world = await testApp()
  for (const role of roles) members.set(role, await world.as(role))
  stranger = await world.as('owner', world.theirs)
  former = await world.as('admin')
  const owner = await world.as('owner')
  const ended = await owner.call('DELETE', `/orgs/{org}/members/${former.memberId}`)
  expect(ended.status).toBe(200)
})
afterAll(() => world.close())

async function send(at: Route, org: string, headers: Record<string, string>) {
  const { path, body } = sampleRequest(at.procedure, org)
  const { status, body: answer } = await world.call(at.procedure['~orpc'].route.method ?? 'POST', path, body, headers)
  return { status, code: answer?.data?.code }
}

const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })

/** A token enters where its member and its scopes let it, except what people do in person. */
const expectTokenEntered = (at: Route, answer: { status: number; code?: string }): void =>
  at.inPerson ? expect(answer).toEqual({ status: 403, code: 'session-needed' }) : expectEntered(answer)

function expectEntered({ status, code }: { status: number; code?: string }): void {
  expect(status, code).toBeLessThan(500)
  expect([401, 403], code).not.toContain(status)
}

describe('the contract', () => {
  it('names a verb of the table on every route', () => {
    expect(routes.length).toBe(inOrgs.length + ofPersons.length + open.length)
    expect(inOrgs.length).toBeGreaterThan(20)
  })

  it('uses every verb of the table', () => {
    const used = new Set<string>()
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) =>
      used.add((procedure['~orpc'].meta as RouteMeta).verb),
    )
    expect(Object.keys(permissions).filter((verb) => !used.has(verb))).toEqual([])
  })

  it.each([
    ['a verb that the table lacks', route('posts.juggle').route({ method: 'GET', path: '/orgs/{org}/balls' })],
    ['no right at all inside an organisation', route('signed-in').route({ method: 'GET', path: '/orgs/{org}/balls' })],
    ['a right of an organisation outside of any', route('posts.read').route({ method: 'GET', path: '/balls' })],
  ])('cannot be served with %s', (_what, balls) => {
    expect(() => serve({ balls })).toThrow(/balls/)
  })
})

describe.each(roles.map((role) => [role]))('a member who is %s', (role) => {
  it.each(inOrgs.map((at) => [at.name, at] as const))('%s', async (_name, at) => {
    const answer = await send(at, world.ours, bearer(members.get(role)!))
    // A sample that is not even valid would show nothing about what comes after the door.
    expect(answer.code).not.toBe('invalid-input')
    if (may(role, at.verb as Verb)) expectEntered(answer)
    else expect(answer).toEqual({ status: 403, code: 'role-forbids' })
  })
})

describe('walls', () => {
  it.each(inOrgs.map((at) => [at.name, at] as const))(
    '%s: an owner of another organisation finds nothing',
    async (_name, at) => {
      expect(await send(at, world.ours, bearer(stranger))).toEqual({ status: 404, code: 'not-found' })
    },
  )

  it.each(inOrgs.map((at) => [at.name, at] as const))('%s: who left finds nothing', async (_name, at) => {
    expect(await send(at, world.ours, bearer(former))).toEqual({ status: 404, code: 'not-found' })
  })

  it.each(inOrgs.map((at) => [at.name, at] as const))(
    '%s: an organisation that does not exist looks the same',
    async (_name, at) => {
      expect(await send(at, '0197f3a0-0000-7000-8000-000000000000', bearer(members.get('owner')!))).toEqual({
        status: 404,
        code: 'not-found',
      })
    },
  )
})

describe('nobody', () => {
  it.each([...inOrgs, ...ofPersons].map((at) => [at.name, at] as const))('%s asks for a sign-in', async (_name, at) => {
    expect(await send(at, world.ours, {})).toEqual({ status: 401, code: 'sign-in-needed' })
  })

  it.each(open.map((at) => [at.name, at] as const))('%s is open', async (_name, at) => {
    expectEntered(await send(at, world.ours, {}))
  })

  it.each([['lr_nobody-ever-made-this'], ['not.a.session']])(
    'a token that is none counts as nobody: %s',
    async (token) => {
      for (const at of inOrgs.slice(0, 3))
        expect((await send(at, world.ours, { authorization: `Bearer ${token}` })).status).toBe(401)
    },
  )
})

describe('persons', () => {
  it.each(ofPersons.map((at) => [at.name, at] as const))('%s serves anybody who signed in', async (_name, at) => {
    expectEntered(await send(at, world.ours, bearer(members.get('viewer')!)))
  })
})

describe('tokens', () => {
  async function tokenOf(owner: TestSession, scopes: string[]): Promise<{ token: string }> {
    const made = await owner.call('POST', '/orgs/{org}/tokens', { name: 'For the walk', scopes })
    expect(made.status).toBe(201)
    return { token: made.body.token }
  }

  const made = new Map<string, Promise<{ token: string }>>()

  /** One for each scope, of somebody of its own: making them anew for each route was most of the time of this walk. */
  function tokenFor(role: Role, scope: string): Promise<{ token: string }> {
    const key = `${role} ${scope}`
    const known = made.get(key) ?? world.as(role).then((session) => tokenOf(session, [scope]))
    made.set(key, known)
    return known
  }

  it.each(inOrgs.map((at) => [at.name, at] as const))(
    '%s: a scope of another subject is too small, its own suffices',
    async (_name, at) => {
      const [subject, action] = at.verb.split('.') as [string, string]
      const other = await tokenFor('owner', subject === 'events' ? 'media' : 'events')
      expect(await send(at, world.ours, bearer(other))).toEqual({ status: 403, code: 'scope-missing' })
      const reading = await send(at, world.ours, bearer(await tokenFor('owner', `${subject}:read`)))
      if (action === 'read') expectEntered(reading)
      else expect(reading).toEqual({ status: 403, code: 'scope-missing' })
      expectTokenEntered(at, await send(at, world.ours, bearer(await tokenFor('owner', subject))))
    },
  )

  it.each(inOrgs.map((at) => [at.name, at] as const))(
    '%s: a token never does more than its member may',
    async (_name, at) => {
      const answer = await send(at, world.ours, bearer(await tokenFor('viewer', at.verb.split('.')[0]!)))
      if (may('viewer', at.verb as Verb)) expectTokenEntered(at, answer)
      else expect(answer).toEqual({ status: 403, code: 'role-forbids' })
    },
  )

  it.each(ofPersons.map((at) => [at.name, at] as const))('%s needs a person', async (_name, at) => {
    const token = await tokenOf(await world.as('owner'), ['organisation', 'members', 'tokens'])
    expect(await send(at, world.ours, bearer(token))).toEqual({ status: 403, code: 'session-needed' })
  })

  it('makes no token, answers nobody and is no part of a drill', () => {
    expect(inOrgs.filter(({ inPerson }) => inPerson).map(({ name }) => name)).toEqual([
      'tokens.create',
      ...['answers.write', 'answers.retry', 'answers.withdraw', 'answers.resolve', 'answerApprovals.approve'],
      'answerRules.change',
      ...['drills.begin', 'drills.answer', 'drills.handIn', 'drills.judge', 'drills.unjudge'],
    ])
  })

  it('opens no other organisation', async () => {
    const token = await tokenOf(await world.as('owner'), ['organisation', 'members'])
    for (const at of inOrgs)
      expect(await send(at, world.theirs, bearer(token)), at.name).toEqual({ status: 404, code: 'not-found' })
  })
})
