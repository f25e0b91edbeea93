// npm run bench:api: how long the API takes in an organisation with 200,000 posts, on both databases, beside the bare statements.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import pg from 'pg'
import { Agent, request } from 'undici'
import { startPostgres15 } from '../../test/servers/postgres15.ts'
import { readArguments } from '../arguments.ts'
import { usedBy, usedByServer } from '../processor-time.ts'
import { type Owner, type Product, setUp, startProduct } from '../product.ts'
import { judge, percentiles, printMachine, printTable, type Row, type Target } from '../report.ts'
import { type Summary, summaryOf } from '../statistics.ts'
import { fill } from './filling.ts'
import { type Facts, type Question, questionsOf, statementsOf } from './questions.ts'

const given = readArguments({ only: 'all', posts: '200000', requests: '300', question: '' })
const [posts, requests] = [Number(given.posts), Number(given.requests)]
const warmUps = 20
const limitMs = 50
// One connection: a person's browser asks one thing after the other.
const agent = new Agent({ connections: 1, pipelining: 1 })

interface Stage {
  product: Product
  owner: Owner
  client: pg.Client
  usedByDatabase: () => number
}

interface Asked {
  question: Question
  api: Summary
  bare: Summary
  bytes: number
  /** Milliseconds of processor time a request. */
  processor: { server: number; database: number }
}

async function ask(product: Product, owner: Owner, path: string): Promise<{ ms: number; bytes: number; text: string }> {
  const start = performance.now()
  const answer = await request(`${product.url}${path}`, {
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${owner.token}`,
      'accept-encoding': 'gzip, deflate, br, zstd',
      accept: 'application/json',
    },
  })
  const body = Buffer.from(await answer.body.arrayBuffer())
  const ms = performance.now() - start
  const text = unpacked(body, String(answer.headers['content-encoding'] ?? ''))
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
  return { ms, bytes: body.length, text }
}

const unpacked = (body: Buffer, way: string): string =>
  String(way === 'zstd' ? zstdDecompressSync(body) : way === 'gzip' ? gunzipSync(body) : body)

async function factsOf(product: Product, owner: Owner): Promise<Facts> {
  const base = `/api/v1/orgs/${owner.orgId}`
  let cursor = ''
  let items: { id: string; accountIds: string[] }[] = []
  for (let page = 1; page < 50; page++) {
    const answer = JSON.parse((await ask(product, owner, `${base}/posts${cursor ? `?cursor=${cursor}` : ''}`)).text)
    ;({ items, nextCursor: cursor } = answer)
  }
  const after = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, string]
  const accounts = JSON.parse((await ask(product, owner, `${base}/accounts`)).text) as { id: string; name: string }[]
  return {
    orgId: owner.orgId,
    postId: items[0]!.id,
    accountId: items[0]!.accountIds[0]!,
    quietAccountId: accounts.find(({ name }) => name === `runner${accounts.length - 1}`)!.id,
    page50: { cursor, after },
  }
}

/** API and bare statements take turns, so that a busy minute hits both. */
async function measure({ product, owner, client, usedByDatabase }: Stage, question: Question): Promise<Asked> {
  const statements = await statementsOf(client, question)
  const bareOnce = async () => {
    const start = performance.now()
    for (const { sql, parameters } of statements) await client.query(sql, parameters as unknown[])
    return performance.now() - start
  }
  for (let n = 0; n < warmUps; n++) {
    await ask(product, owner, question.path)
    await bareOnce()
  }
  const [api, bare]: number[][] = [[], []]
  let bytes = 0
  const processor = { server: 0, database: 0 }
  for (let n = 0; n < requests; n++) {
    const before = [usedBy(product.pid), usedByDatabase()]
    const answer = await ask(product, owner, question.path)
    processor.server += (usedBy(product.pid) - before[0]!) / requests
    processor.database += (usedByDatabase() - before[1]!) / requests
    api!.push(answer.ms)
    bytes = answer.bytes
    bare!.push(await bareOnce())
  }
  return { question, api: summaryOf(api!), bare: summaryOf(bare!), bytes, processor }
}

async function onServer(
  name: string,
  databaseUrl: string | undefined,
  connect: (dataDir: string) => pg.ClientConfig,
): Promise<Target[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
  const product = await startProduct({ dataDir, databaseUrl })
  const client = new pg.Client(connect(dataDir))
  try {
    await client.connect()
    const owner = await setUp(product.url)
    console.log(`\n${name}: filling ${posts} posts …`)
    await fill(client, { orgId: owner.orgId, posts, inMonth: 5000, accounts: 20 })
    // From here on within the same walls as the product's own connections.
    await client.query("set role longrun_app; select set_config('longrun.scope', '', false)")
    await client.query("select set_config('longrun.org', $1, false)", [owner.orgId])
    const stage = { product, owner, client, usedByDatabase: await usedByServer({ owner: client }) }
    const asked: Asked[] = []
    const questions = questionsOf(await factsOf(product, owner)).filter(({ name }) => name.includes(given.question))
    for (const question of questions) asked.push(await measure(stage, question))
    return tell(name, asked)
  } finally {
    await client.end()
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function tell(name: string, asked: Asked[]): Target[] {
  const rows: Row[] = asked.map(({ question, api, bare, bytes, processor }) => [
    question.name,
    api.n,
    ...percentiles(api),
    bare.p50,
    bare.p95,
    api.p50 / bare.p50,
    bytes / 1000,
    processor.server,
    processor.database,
  ])
  const columns = [
    'question',
    'requests',
    'API p50 ms',
    'p95',
    'p99',
    'bare SQL p50 ms',
    'p95',
    'ratio p50',
    'answer kB',
    'CPU ms: server',
    'database',
  ]
  printTable(`${name}: ${posts} posts, one request at a time through HTTP with a session`, columns, rows)
  return asked.map(({ question, api }) => ({
    what: `${name}: ${question.name}, p95`,
    value: api.p95,
    most: limitMs,
    unit: 'ms',
  }))
}

async function onDebian(): Promise<Target[]> {
  const server = await startPostgres15()
  try {
    return await onServer('PostgreSQL 15 of Debian', server.url, () => ({ connectionString: server.url }))
  } finally {
    await server.stop()
  }
}

const onEmbedded = () =>
  onServer('embedded PostgreSQL', undefined, (dataDir) => ({
    host: join(dataDir, 'postgres/socket'),
    user: 'longrun',
    database: 'longrun',
    port: 5432,
  }))

printMachine()
const targets = [
  ...(given.only === 'debian' ? [] : await onEmbedded()),
  ...(given.only === 'embedded' ? [] : await onDebian()),
]
await agent.close()
printMachine()
judge(targets)
