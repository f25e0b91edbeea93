// Departments, people and rules for tests of routing, said over HTTP as people say them.

import type { TestSession } from '../../../test/world/app.ts'
import { newId } from '../../lib/ids.ts'
import type { Role } from '../../people/permissions.ts'
import { keep, owner, world } from '../ground.testing.ts'
import { saidOf, saying, start } from '../said.testing.ts'

export const aDepartment = async (name: string): Promise<string> =>
  (await owner.call('POST', '/orgs/{org}/departments', { name })).body.id

export async function aColleague(
  departmentId: string,
  role: Role = 'contributor',
  work: object = {},
): Promise<TestSession> {
  const made = await world.as(role)
  await owner.call('PATCH', `/orgs/{org}/members/${made.memberId}`, { departmentId })
  if (Object.keys(work).length > 0) await owner.call('PATCH', `/orgs/{org}/work/${made.memberId}`, work)
  return made
}

interface GivenRule {
  name: string
  words?: string[]
  conditions?: object
  departmentId?: string | null
  afterwards?: 'stop' | 'go-on'
  actions?: object
}

export const aRule = ({
  name,
  words = [],
  conditions = {},
  departmentId = null,
  afterwards = 'stop',
  actions = {},
}: GivenRule) => ({
  id: newId(),
  rule: { name, conditions: { words, ...conditions }, actions: { departmentId, ...actions }, afterwards },
})

/** In force, whatever was before. */
export async function putInForce(rules: object[], settings: object = {}) {
  const { body } = await owner.call('GET', '/orgs/{org}/routing')
  return owner.call('PUT', '/orgs/{org}/routing', { basedOn: body.number, rules, settings })
}

/** Somebody new says this; answers the conversation. */
export async function somebodySays(
  name: string,
  text: string,
  more: { label?: Parameters<typeof keep>[1]; understand?: Parameters<typeof keep>[2] } = {},
  change: object = {},
) {
  const author = { id: name, handle: name, name, url: null, followers: 10 }
  await keep(
    [saying(saidOf(`${name}-${newId()}`, { author, text, at: start, ...change }))],
    more.label,
    more.understand,
  )
  return conversationOf(name)
}

export async function conversationOf(name: string) {
  const { body } = await owner.call('GET', '/orgs/{org}/conversations?state=all&limit=200')
  return body.items.find((each: { contact: { name: string } }) => each.contact.name === name)
}

export const considered = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/considered`)).body
export const history = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/history`)).body.items
export const notificationsOf = async (session: TestSession): Promise<string[]> =>
  (await session.call('GET', '/orgs/{org}/notifications')).body.items.map(({ kind }: { kind: string }) => kind)
