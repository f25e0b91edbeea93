// Two processes store copies of the same at the same moment: they are folded all the same, and so is what follows.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/world/database.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'

let database: TestDatabase
let workers: ChildProcess[] = []
beforeAll(async () => {
  database = await testDatabase()
  const given = JSON.stringify({ connection: database.connection })
  workers = [1, 2].map(() => fork(join(import.meta.dirname, 'other-listener.testing.ts'), [given]))
  await Promise.all(workers.map((worker) => once(worker, 'message')))
})
afterAll(async () => {
  for (const worker of workers) {
    const gone = once(worker, 'exit')
    worker.disconnect()
    await gone
  }
  await database?.close()
})

const post = 'The new bridge over the river opens on Monday, two years late and 40 million over budget'
const begun = Date.now() - 3_600_000

async function hear(worker: number, org: string, id: string, text: string): Promise<void> {
  const stored = once(workers[worker]!, 'message')
  workers[worker]!.send({ org, id, text, at: new Date(begun + Number(id) * 1_000).toISOString() })
  await stored
}

/** How many are shown and how many are folded under them; null while the two tables differ, or something is folded under what is folded. */
const foldedIn = (org: string) =>
  inOrg(database.db, org, async (tx) => {
    const rows = await tx.selectFrom('mentions').select(['id', 'double_of']).execute()
    const under = await tx.selectFrom('topic_mentions').select(['mention_id', 'double_of']).execute()
    const heads = new Set(rows.flatMap(({ id, double_of }) => (double_of === null ? [id] : [])))
    const isRight = rows.every(
      ({ id, double_of }) =>
        (double_of === null || heads.has(double_of)) &&
        under.find(({ mention_id }) => mention_id === id)?.double_of === double_of,
    )
    return isRight ? [heads.size, rows.length - heads.size] : null
  })

const folds = (org: string) => expect.poll(() => foldedIn(org), { timeout: 20_000 })

test('copies that two processes store at the same moment are folded, and so are those that follow', async () => {
  const org = newId()
  await Promise.all([hear(0, org, '2', post), hear(1, org, '1', `Finally! ${post}`)])
  await folds(org).toEqual([1, 1])
  // Each knows of both by now.
  await Promise.all([hear(0, org, '3', `${post} https://example.org/x`), hear(1, org, '4', `RT @news: ${post}`)])
  await hear(1, org, '5', 'Two years late: the airport opens at last, and it cost more than planned')
  await folds(org).toEqual([2, 3])
})
