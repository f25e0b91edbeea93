// An organisation with walled departments, somebody of each, and everything that any of them can read, in one text for each route.

import type { AnyContractProcedure } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import { contract } from '../../src/contract.ts'
import { asSystem } from '../../src/db/tx.ts'
import { owner, world } from '../../src/inbox/ground.testing.ts'
import type { RouteMeta } from '../../src/lib/route.ts'
import { isVerb, type Role } from '../../src/people/permissions.ts'
import type { TestSession } from '../world/app.ts'
import { sampleRequest } from '../world/sample-input.ts'

export interface Route {
  name: string
  method: string
  procedure: AnyContractProcedure
}

export const routes: Route[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  const { verb } = procedure['~orpc'].meta as RouteMeta
  if (isVerb(verb)) routes.push({ name: path.join('.'), method: procedure['~orpc'].route.method ?? 'POST', procedure })
})

export const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

export async function aDepartment(name: string, walled: boolean): Promise<string> {
  const { body } = await owner.call('POST', '/orgs/{org}/departments', { name })
  if (walled) await owner.call('PUT', `/orgs/{org}/departments/${body.id}/wall`, { walled })
  return body.id
}

export async function aMember(role: Role, departmentId: string | null): Promise<TestSession> {
  const made = await world.as(role)
  if (departmentId) await owner.call('PATCH', `/orgs/{org}/members/${made.memberId}`, { departmentId })
  return made
}

/** The same person with a token that may do everything of theirs. */
export async function tokenOf(session: TestSession, scopes: string[]): Promise<TestSession> {
  const { body } = await session.call('POST', '/orgs/{org}/tokens', { name: 'All', scopes })
  const headers = { authorization: `Bearer ${body.token}` }
  return {
    ...session,
    call: (method, path, sent, more) =>
      world.call(method, path.replace('{org}', session.orgId), sent, { ...headers, ...more }),
  }
}

/** Where what is asked needs a word: it occurs behind the wall alone. */
const words = ['q', 'tag', 'search']

/** Addresses that read something of the organisation: as the contract samples them, without filters, and with `word` sought. */
export function readings(word: string, departmentIds: readonly string[]): string[] {
  const reading = routes.filter(({ method }) => method === 'GET')
  const sampled = reading.flatMap(({ procedure }) => {
    const { path } = sampleRequest(procedure, world.ours)
    const [way = '', query = ''] = path.split('?')
    const { shape = {} } = procedure['~orpc'].inputSchema as { shape?: object }
    const sought = words.filter((name) => name in shape).map((name) => `${way}?${name}=${word}`)
    return [...new Set([way, `${way}${query && '?'}${query}`, ...sought])]
  })
  const lists = [
    'state=all',
    'state=all&order=waiting',
    'state=snoozed',
    'state=closed',
    'order=waiting',
    'holder=nobody',
  ]
  const ofDepartments = departmentIds.map((id) => `state=all&departmentId=${id}`)
  return [
    ...sampled,
    ...[...lists, ...ofDepartments].map((query) => `/orgs/${world.ours}/conversations?${query}`),
    ...departmentIds.map((id) => `/orgs/${world.ours}/begun-conversations?departmentId=${id}`),
    `/orgs/${world.ours}/events?limit=200`,
    `/orgs/${world.ours}/events?verb=conversation.*`,
    `/orgs/${world.ours}/events?verb=answer.*`,
  ].filter((path) => !path.includes('/live'))
}

/** When an account last did something is no secret: it is read twice a minute. */
const times = /"lastSuccessAt":(null|"[^"]+")/g

/** What somebody reads, by address. */
export async function readAll(session: TestSession, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const { status, body } = await session.call('GET', path)
    found.set(path, `${status} ${JSON.stringify(body)?.replaceAll(times, '')}`)
  }
  return found
}

/** Addresses at which two readings differ. */
export const differences = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...one].flatMap(([path, text]) => (other.get(path) === text ? [] : [path.replaceAll(anyId, '…')]))

/** Ids of everything that belongs to a conversation, and of its person. */
export async function idsOf(conversationId: string): Promise<Record<string, string>> {
  return asSystem(world.services.db, async (tx) => {
    const of = (table: 'messages' | 'conversation_entries' | 'answers' | 'media') =>
      tx.selectFrom(table).select('id').where('conversation_id', '=', conversationId).limit(1).executeTakeFirst()
    const conversation = await tx
      .selectFrom('conversations')
      .select('contact_id')
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow()
    const answer = await of('answers')
    const variant = answer
      ? await tx.selectFrom('variants').select('id').where('answer_id', '=', answer.id).executeTakeFirst()
      : undefined
    return {
      ...{ conversation: conversationId, contact: conversation.contact_id!, message: (await of('messages'))!.id },
      ...{ entry: (await of('conversation_entries'))!.id, answer: answer!.id, variant: variant!.id },
      file: (await of('media'))!.id,
    }
  })
}
