// While a network processes what it accepted, no trouble with asking after it may lead to a second write.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { aDraft, anOrganisation, aPracticeAccount, practiceServices } from '../../../test/world/practice.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { startFakeNetwork } from '../../connectors/fake/server.ts'
import { startFaultServer } from '../../connectors/testing/fault-server.ts'
import { status } from '../../connectors/testing/faults.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { resolveVariant } from '../resolve-variant.ts'
import { schedulePost } from '../schedule-post.ts'
import { unparkPosts } from '../unpark.ts'
import { createPost } from '../write-post.ts'
import { startWorker } from './worker.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test.each([
  ['lost consent', status(401, { body: '{"error":"revoked"}' }), 'parked'],
  ['a job that is gone', status(404), 'unconfirmed'],
])('%s while asking: one write, whatever a person does then', async (_, fault, trouble) => {
  let ahead = 0
  const services = practiceServices(database.db, { clock: () => new Date(Date.now() + ahead) })
  const network = await startFakeNetwork({ idempotency: false, processingPolls: 2 })
  const faults = await startFaultServer(network.url)
  const caller = await anOrganisation(database.db)
  const account = await aPracticeAccount(services, caller, network, faults.url)
  const connector = createFakeConnector({ idempotent: false })
  const worker = startWorker(
    { services, connectorOf: () => connector, media: () => Promise.reject(new Error('no files here')) },
    { pollMs: 20 },
  )
  const variant = () =>
    inOrg(database.db, caller.orgId, (tx) => tx.selectFrom('variants').selectAll().executeTakeFirstOrThrow())
  const reaches = (state: string) =>
    expect
      .poll(
        async () => {
          ahead += 500
          return (await variant()).state
        },
        { timeout: 15_000 },
      )
      .toBe(state)
  try {
    const post = await createPost(services, caller, {
      content: aDraft('processed'),
      variants: [{ accountId: account, content: null }],
    })
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    faults.inject(fault, { match: (request) => request.path.startsWith('/api/jobs') })
    await reaches(trouble)
    if (trouble === 'parked') {
      await asSystem(database.db, (tx) => tx.updateTable('accounts').set({ state: 'connected' }).execute())
      await unparkPosts(services)
    } else {
      const decision = {
        id: post.id,
        variant: (await variant()).id,
        decision: 'published',
        url: 'https://example.org/1',
      } as const
      await resolveVariant(services, caller, decision)
    }
    await reaches('published')
    expect(faults.requests.filter(({ method, path }) => method === 'POST' && path === '/api/posts')).toHaveLength(1)
  } finally {
    await worker.stop()
    await faults.stop()
    await network.stop()
  }
})
