// Answers to people are no posts: no route that shows posts, files, holds or figures shows one, whether it is out or waits.

import type { AnyContractProcedure } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import { type FakeNetwork, startFakeNetwork } from '../../src/connectors/fake/server.ts'
import { contract } from '../../src/contract.ts'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { recordAll } from '../../src/events/actions.ts'
import { newId } from '../../src/lib/ids.ts'
import type { RouteMeta } from '../../src/lib/route.ts'
import type { Caller } from '../../src/people/types.ts'
import { planAnswer } from '../../src/publishing/answers/plan-answer.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { createPost } from '../../src/publishing/write-post.ts'
import { type TestApp, type TestSession, testApp } from '../world/app.ts'
import { aDraft, aPracticeAccount } from '../world/practice.ts'
import { sampleRequest } from '../world/sample-input.ts'

const secret = 'zwetschgenkuchen'
const open = 'a post that everybody may read'

let app: TestApp
let network: FakeNetwork
let owner: TestSession
let caller: Caller
let account: string
const answers: string[] = []

async function anAnswer(needsApproval: boolean): Promise<void> {
  const [conversationId, at] = [newId(), app.services.clock()]
  network.createAccount(`c${conversationId.slice(-6)}`)
  const { id } = network.say(`c${conversationId.slice(-6)}`, 'Where is it?')
  const previous = { id, url: `${network.url}/${id}` }
  const row = { org_id: caller.orgId, id: conversationId, account_id: account, thread: conversationId, branch: '' }
  await inOrg(app.services.db, caller.orgId, async (tx) => {
    const about = { kind: 'mention', is_private: false, began_at: at, last_at: at }
    await tx
      .insertInto('conversations')
      .values({ ...row, ...about })
      .execute()
    const given = { accountId: account, conversationId, kind: 'mention', root: previous, previous } as const
    const text = `The ${secret} is on its way ${conversationId}`
    const planned = await planAnswer(tx, caller, { ...given, text, needsApproval, now: at })
    answers.push(planned.answerId, planned.variantId)
    await recordAll(tx, caller.orgId, caller.actor, at, planned.events)
  })
}

beforeAll(async () => {
  network = await startFakeNetwork()
  app = await testApp({ config: { allowPrivate: [network.host] } })
  owner = await app.as('owner')
  caller = { ...owner, role: 'owner', actor: { kind: 'member', id: owner.memberId }, scopes: null }
  account = await aPracticeAccount(app.services, caller, network)
  const variants = [{ accountId: account, content: null }]
  const post = await createPost(app.services, caller, { content: aDraft(open), variants })
  await schedulePost(app.services, caller, { id: post.id, when: { kind: 'now' } })
  await anAnswer(false)
  const media = () => Promise.reject(new Error('no files here'))
  const worker = startWorker(
    { services: app.services, connectorOf: () => createFakeConnector(), media },
    { pollMs: 20 },
  )
  await worker.idle()
  await worker.stop()
  await anAnswer(true)
})
afterAll(async () => {
  await app.close()
  await network.stop()
})

interface Route {
  name: string
  procedure: AnyContractProcedure
}

const routes: Route[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  const { verb } = procedure['~orpc'].meta as RouteMeta
  const at = procedure['~orpc'].route
  if (
    at.method === 'GET' &&
    at.path?.includes('{org}') &&
    !/^(inbox|answer)|conversation/i.test(path.join('.')) &&
    verb
  )
    routes.push({ name: path.join('.'), procedure })
})

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

async function read({ procedure }: Route, id: string | null): Promise<string> {
  const { path } = sampleRequest(procedure, owner.orgId)
  const [way = '', query = ''] = path.split('?')
  const named = id ? way.replaceAll(anyId, (found) => (found === owner.orgId ? found : id)) : way
  // Filters of a sample may leave out what is looked for: asked without them too, where the route lets itself be.
  const asked = await Promise.all([named, `${named}?${query}`].map((path) => owner.call('GET', path)))
  return asked.map(({ body }) => JSON.stringify(body) ?? '').join('\n')
}

test('posts are shown, and both kinds of answers are there', async () => {
  const states = await asSystem(app.services.db, (tx) => tx.selectFrom('variants').select('state').execute())
  expect(states.map(({ state }) => state).sort()).toEqual(['in-review', 'published', 'published'])
  const { body } = await owner.call('GET', '/orgs/{org}/posts')
  expect(JSON.stringify(body)).toContain(open)
  expect(JSON.stringify(body)).not.toContain(secret)
  expect(routes.length).toBeGreaterThan(60)
})

test.each(routes.map((at) => [at.name, at] as const))('%s shows no answer', async (name, at) => {
  for (const id of [null, ...answers]) {
    const text = await read(at, id)
    expect(text).not.toContain(secret)
    // That somebody answered stands in the log; which conversation it was, the inbox alone tells further.
    if (id === null && !name.startsWith('events')) for (const each of answers) expect(text).not.toContain(each)
  }
})

test.each([
  'posts?q=zwetschgenkuchen',
  'posts?order=changed',
  'posts/calendar?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&zone=UTC',
])('%s finds none', async (path) => {
  expect(JSON.stringify((await owner.call('GET', `/orgs/{org}/${path}`)).body)).not.toContain(secret)
})
