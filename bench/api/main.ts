// npm run bench:api: how long the API takes in an organisation with 200,000 posts, on both databases, beside the bare statements.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Agent } from 'undici'
import { startPostgres15 } from '../../test/servers/postgres15.ts'
import { readArguments } from '../arguments.ts'
import { type Asked, ask, measure, type Stage, tell } from '../asking.ts'
import { type Bare, enterWalls } from '../bare-server.ts'
import { usedByServer } from '../processor-time.ts'
import { databaseIn, setUp, startProduct } from '../product.ts'
import { judge, printMachine, type Target } from '../report.ts'
import { fill } from './filling.ts'
import { type Facts, questionsOf } from './questions.ts'

const given = readArguments({ only: 'all', posts: '200000', requests: '300', question: '' })
const [posts, requests] = [Number(given.posts), Number(given.requests)]
const agent = new Agent({ connections: 1, pipelining: 1 })

async function factsOf(stage: Stage): Promise<Facts> {
  const { owner } = stage
  const base = `/api/v1/orgs/${owner.orgId}`
  let cursor = ''
  let items: { id: string; accountIds: string[] }[] = []
  for (let page = 1; page < 50; page++) {
    const answer = JSON.parse((await ask(stage, `${base}/posts${cursor ? `?cursor=${cursor}` : ''}`)).text)
    ;({ items, nextCursor: cursor } = answer)
  }
  const after = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, string]
  const accounts = JSON.parse((await ask(stage, `${base}/accounts`)).text) as { id: string; name: string }[]
  return {
    orgId: owner.orgId,
    postId: items[0]!.id,
    accountId: items[0]!.accountIds[0]!,
    quietAccountId: accounts.find(({ name }) => name === `runner${accounts.length - 1}`)!.id,
    page50: { cursor, after },
  }
}

async function onServer(
  name: string,
  databaseUrl: string | undefined,
  connect: (dataDir: string) => pg.ClientConfig,
): Promise<Target[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
  const product = await startProduct({ dataDir, databaseUrl })
  const client = new pg.Client(connect(dataDir))
  let bare: Bare | undefined
  try {
    await client.connect()
    const owner = await setUp(product.url)
    console.log(`\n${name}: filling ${posts} posts …`)
    await fill(client, { orgId: owner.orgId, posts, inMonth: 5000, accounts: 20 })
    // From here on within the same walls as the product's own connections.
    bare = await enterWalls(client, { connection: connect(dataDir), orgId: owner.orgId })
    const stage = {
      product,
      owner,
      client,
      bare,
      usedByDatabase: await usedByServer({ owner: client }),
      agent,
      requests,
    }
    const asked: Asked[] = []
    const questions = questionsOf(await factsOf(stage)).filter(({ name }) => name.includes(given.question))
    for (const question of questions) asked.push(await measure(stage, question))
    return tell(`${name}: ${posts} posts, one request at a time through HTTP with a session`, name, asked)
  } finally {
    await bare?.stop()
    await client.end()
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function onDebian(): Promise<Target[]> {
  const server = await startPostgres15()
  try {
    return await onServer('PostgreSQL 15 of Debian', server.url, () => ({ connectionString: server.url }))
  } finally {
    await server.stop()
  }
}

const onEmbedded = () => onServer('embedded PostgreSQL', undefined, (dataDir) => databaseIn(dataDir))

printMachine()
const targets = [
  ...(given.only === 'debian' ? [] : await onEmbedded()),
  ...(given.only === 'embedded' ? [] : await onDebian()),
]
await agent.close()
printMachine()
judge(targets)
