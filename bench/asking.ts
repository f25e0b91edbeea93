// Asks a running Longrun over HTTP and the database itself in turns: what an answer takes, beside the bare statements behind it.

import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { type Agent, request } from 'undici'
import type { Tx } from '../src/db/tx.ts'
import type { Bare } from './bare-server.ts'
import { statementsOf } from './bare-statements.ts'
import { usedBy } from './processor-time.ts'
import type { Owner, Product } from './product.ts'
import { percentiles, printTable, type Row, type Target } from './report.ts'
import { type Summary, summaryOf } from './statistics.ts'

export interface Question {
  name: string
  path: string
  /** What the same part of the product asks the database. */
  statements(tx: Tx): Promise<unknown>
  /** Longest p95, in milliseconds. */
  limitMs: number
}

export interface Stage {
  product: Product
  owner: Owner
  client: pg.Client
  /** The same statements behind plain HTTP. */
  bare: Bare
  usedByDatabase: () => number
  /** One connection: a person's browser asks one thing after the other. */
  agent: Agent
  requests: number
}

export interface Asked {
  question: Question
  api: Summary
  /** Asked as anybody would ask them: planned each time. */
  bare: Summary
  /** The same behind plain HTTP, from a process of its own. */
  served: Summary
  /** The same with a plan that the connection keeps, as the product has it of those that find few rows. */
  kept: Summary
  bytes: number
  /** Milliseconds of processor time a request. */
  processor: { server: number; database: number }
}

const warmUps = 20
let measured = 0

export const ask = (
  { product, owner, agent }: Pick<Stage, 'product' | 'owner' | 'agent'>,
  path: string,
): Promise<Answer> => fetchWhole(`${product.url}${path}`, agent, { authorization: `Bearer ${owner.token}` })

interface Answer {
  ms: number
  bytes: number
  text: string
}

async function fetchWhole(url: string, agent: Agent, own: Record<string, string> = {}): Promise<Answer> {
  const start = performance.now()
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd', accept: 'application/json', ...own }
  const answer = await request(url, { dispatcher: agent, headers })
  const body = Buffer.from(await answer.body.arrayBuffer())
  const ms = performance.now() - start
  const text = unpacked(body, String(answer.headers['content-encoding'] ?? ''))
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${text.slice(0, 300)}`)
  return { ms, bytes: body.length, text }
}

const unpacked = (body: Buffer, way: string): string =>
  String(way === 'zstd' ? zstdDecompressSync(body) : way === 'gzip' ? gunzipSync(body) : body)

/** API and bare statements take turns, so that a busy minute hits both. */
export async function measure(stage: Stage, question: Question): Promise<Asked> {
  const { product, client, usedByDatabase, requests } = stage
  const statements: CompiledQuery[] = await statementsOf(client, question)
  const bareOnce = async (nameOf: (at: number) => string | undefined) => {
    const start = performance.now()
    for (const [at, { sql: text, parameters }] of statements.entries())
      await client.query({ name: nameOf(at), text, values: parameters as unknown[] })
    return performance.now() - start
  }
  const number = ++measured
  const unnamed = () => undefined
  const named = (at: number) => `bare_${number}_${at}`
  const address = await stage.bare.give(statements)
  for (let n = 0; n < warmUps; n++) {
    await ask(stage, question.path)
    await fetchWhole(address, stage.agent)
    await bareOnce(unnamed)
    await bareOnce(named)
  }
  const [api, bare, served, kept]: number[][] = [[], [], [], []]
  let bytes = 0
  const processor = { server: 0, database: 0 }
  for (let n = 0; n < requests; n++) {
    const before = [usedBy(product.pid), usedByDatabase()]
    const answer = await ask(stage, question.path)
    processor.server += (usedBy(product.pid) - before[0]!) / requests
    processor.database += (usedByDatabase() - before[1]!) / requests
    api!.push(answer.ms)
    bytes = answer.bytes
    bare!.push(await bareOnce(unnamed))
    served!.push((await fetchWhole(address, stage.agent)).ms)
    kept!.push(await bareOnce(named))
  }
  const [own, plain, behind, planned] = [api!, bare!, served!, kept!].map(summaryOf) as [
    Summary,
    Summary,
    Summary,
    Summary,
  ]
  return { question, api: own, bare: plain, served: behind, kept: planned, bytes, processor }
}

const columns = [
  'question',
  'requests',
  'API p50 ms',
  'p95',
  'p99',
  'bare SQL p50 ms',
  'p95',
  'ratio p50',
  'behind plain HTTP p50 ms',
  'ratio p50',
  'plan kept p50 ms',
  'answer kB',
  'CPU ms: server',
  'database',
]

/** Prints what was measured and answers what it is held against. */
export function tell(title: string, name: string, asked: readonly Asked[]): Target[] {
  const rows: Row[] = asked.map(({ question, api, bare, served, kept, bytes, processor }) => [
    question.name,
    api.n,
    ...percentiles(api),
    bare.p50,
    bare.p95,
    api.p50 / bare.p50,
    served.p50,
    api.p50 / served.p50,
    kept.p50,
    bytes / 1000,
    processor.server,
    processor.database,
  ])
  printTable(title, columns, rows)
  return asked.map(({ question, api }) => ({
    what: `${name}: ${question.name}, p95`,
    value: api.p95,
    most: question.limitMs,
    unit: 'ms',
  }))
}
