// npm run bench:mentions: how long search, facets and dashboards take in an organisation with ten million mentions, beside the bare statements.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Agent } from 'undici'
import { readArguments } from '../arguments.ts'
import { askAll } from '../ask-all.ts'
import type { Stage } from '../asking.ts'
import { type Bare, enterWalls } from '../bare-server.ts'
import { usedByServer } from '../processor-time.ts'
import { databaseIn, setUp, startProduct } from '../product.ts'
import { judge, printMachine } from '../report.ts'
import { fill } from './filling.ts'
import { dashboardMs, questionsOf } from './questions.ts'

const given = readArguments({ mentions: '10000000', requests: '100', question: '' })
const [mentions, requests] = [Number(given.mentions), Number(given.requests)]

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const agent = new Agent({ connections: 1, pipelining: 1 })
const product = await startProduct({ dataDir })
const client = new pg.Client(databaseIn(dataDir))
let bare: Bare | undefined
printMachine()
try {
  await client.connect()
  const owner = await setUp(product.url)
  console.log(`Filling ${mentions} mentions …`)
  const begun = performance.now()
  const topics = await fill(client, { orgId: owner.orgId, mentions })
  console.log(`filled in ${Math.round((performance.now() - begun) / 1000)} s`)
  bare = await enterWalls(client, { connection: databaseIn(dataDir), orgId: owner.orgId })
  const stage: Stage = {
    product,
    owner,
    client,
    bare,
    usedByDatabase: await usedByServer({ owner: client }),
    agent,
    requests,
  }
  const targets = await askAll(stage, {
    title: `${mentions} mentions, one request at a time through HTTP with a session`,
    name: 'mentions',
    questions: questionsOf(owner.orgId, topics, new Date()).filter(({ name }) => name.includes(given.question)),
    leastMs: dashboardMs,
  })
  printMachine()
  judge(targets)
} finally {
  await bare?.stop()
  await client.end()
  await product.stop()
  await agent.close()
  rmSync(dataDir, { recursive: true, force: true })
}
