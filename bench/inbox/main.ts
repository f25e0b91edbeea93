// npm run bench:inbox: lists, conversations and search with a million conversations and eight million messages, beside the bare statements; and how
// soon an open page shows what arrives.

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
import { measureArrivals } from './arrivals.ts'
import { fill } from './filling.ts'
import { openMs, questionsOf } from './questions.ts'

const given = readArguments({ conversations: '1000000', requests: '100', question: '', seconds: '60' })
const conversations = Number(given.conversations)

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const agent = new Agent({ connections: 1, pipelining: 1 })
const product = await startProduct({ dataDir })
const client = new pg.Client(databaseIn(dataDir))
let bare: Bare | undefined
printMachine()
try {
  await client.connect()
  const owner = await setUp(product.url)
  const { orgId } = owner
  const memberId = (await client.query<{ id: string }>('select id from members where org_id = $1', [orgId])).rows[0]!.id
  console.log(`Filling ${conversations} conversations …`)
  const begun = performance.now()
  const filled = await fill(client, { orgId, memberId, conversations })
  const { rows } = await client.query<{ n: string }>('select count(*) as n from messages')
  console.log(`with ${rows[0]!.n} messages in ${Math.round((performance.now() - begun) / 1000)} s`)
  bare = await enterWalls(client, { connection: databaseIn(dataDir), orgId, eyes: memberId })
  const usedByDatabase = await usedByServer({ owner: client })
  const stage: Stage = { product, owner, client, bare, usedByDatabase, agent, requests: Number(given.requests) }
  const targets = await askAll(stage, {
    title: `${conversations} conversations, one request at a time through HTTP with a session`,
    name: 'inbox',
    questions: questionsOf({ orgId, memberId, filled }).filter(({ name }) => name.includes(given.question)),
    leastMs: openMs,
  })
  const arriving = { product, owner, connection: databaseIn(dataDir), accounts: filled.accounts, perSecond: 50 }
  const arrivals = await measureArrivals({ ...arriving, seconds: Number(given.seconds) })
  printMachine()
  judge([...targets, ...arrivals])
} finally {
  await bare?.stop()
  await client.end()
  await product.stop()
  await agent.close()
  rmSync(dataDir, { recursive: true, force: true })
}
