// npm run bench:links: how many short links are followed a second, with every click counted, beside a bare Hono handler.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readArguments } from '../arguments.ts'
import { usedBy, usedByServer } from '../processor-time.ts'
import { databaseIn, type Product, setUp, startProduct } from '../product.ts'
import { judge, percentiles, printMachine, printTable, type Row, type Target } from '../report.ts'
import { median } from '../statistics.ts'
import { type Counted, clicksSoFar, countedBy, fillLinks, type Link } from './counts.ts'
import type { LoadOrder, LoadReport } from './load-program.ts'

const given = readArguments({ rounds: '9', requests: '20000', connections: '128', links: '200' })
const [rounds, requests, connections] = [Number(given.rounds), Number(given.requests), Number(given.connections)]
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const machine = 'Googlebot/2.1 (+http://www.google.com/bot.html)'

interface Stage {
  dataDir: string
  product: Product
  load: ChildProcess
  bare: { port: number; pid: number }
  links: Link[]
  /** Milliseconds of processor time of all of its processes so far. */
  usedByDatabase: () => number
}

async function follow({ load, links }: Pick<Stage, 'load' | 'links'>, order: Partial<LoadOrder> & { port: number }) {
  const codes = links.map(({ code }) => code)
  load.send({ codes, requests, connections, userAgent: browser, ...order } satisfies LoadOrder)
  const [report] = (await once(load, 'message')) as [LoadReport]
  return report
}

const portOf = ({ url }: Product): number => Number(new URL(url).port)
const answeredIn = ({ answered }: LoadReport): number => Object.values(answered).reduce((sum, count) => sum + count, 0)

/** The product's own server, as its only superuser sees it. */
async function inDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(databaseIn(dataDir))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

// ── Speed ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Measured {
  perSecond: number
  report: LoadReport
  /** Milliseconds of processor time a thousand requests: of the process that answers, and of the database beside it. */
  processor: number
  database: number
}

async function measure(stage: Stage, { port, pid }: { port: number; pid: number }): Promise<Measured> {
  const [before, databaseBefore] = [usedBy(pid), stage.usedByDatabase()]
  const report = await follow(stage, { port })
  const answered = answeredIn(report)
  if (answered !== requests)
    throw new Error(`${answered} of ${requests} were answered: ${JSON.stringify(report.refused)}`)
  return {
    report,
    perSecond: answered / report.seconds,
    processor: ((usedBy(pid) - before) * 1000) / answered,
    database: ((stage.usedByDatabase() - databaseBefore) * 1000) / answered,
  }
}

async function race(stage: Stage): Promise<Target[]> {
  const ours = { port: portOf(stage.product), pid: stage.product.pid }
  await measure(stage, stage.bare)
  await measure(stage, ours)
  const before = await inDatabase(stage.dataDir, countedBy)
  const done: { ours: Measured; bare: Measured }[] = []
  for (let round = 0; round < rounds; round++) {
    // In turns, so that a busy minute hits both.
    const first = round % 2 === 0
    const early = await measure(stage, first ? stage.bare : ours)
    const late = await measure(stage, first ? ours : stage.bare)
    done.push(first ? { bare: early, ours: late } : { ours: early, bare: late })
  }
  const bots = await follow(stage, { port: ours.port, userAgent: machine, requests: requests / 10 })
  const wrong = await differences(stage, before, [...done.map((each) => each.ours.report)], [bots])
  tell(done)
  return [
    {
      what: `requests a second, Longrun ÷ bare handler, median of ${rounds} rounds in turns`,
      value: median(done.map((each) => each.ours.perSecond / each.bare.perSecond)),
      least: 0.6,
    },
    {
      what: `links whose count is not that of the answers (${rounds * requests} people, ${answeredIn(bots)} bots)`,
      value: wrong,
      most: 0,
    },
  ]
}

/** In how many links people or bots were counted otherwise than they were answered. */
async function differences(
  { dataDir, links }: Stage,
  before: Awaited<ReturnType<typeof countedBy>>,
  people: LoadReport[],
  bots: LoadReport[],
): Promise<number> {
  const after = await inDatabase(dataDir, countedBy)
  const answered = (reports: LoadReport[], code: string) =>
    reports.reduce((sum, each) => sum + (each.answered[code] ?? 0), 0)
  return links.filter(({ id, code }) => {
    const [was, is] = [before.get(id) ?? { people: 0, bots: 0, hours: 0 }, after.get(id)]
    if (!is) return answered([...people, ...bots], code) > 0
    return (
      is.people - was.people !== answered(people, code) ||
      is.bots - was.bots !== answered(bots, code) ||
      is.hours !== is.people + is.bots
    )
  }).length
}

function tell(done: { ours: Measured; bare: Measured }[]): void {
  const line = (name: string, { perSecond, report, processor, database }: Measured, ratio: number): Row => [
    name,
    report.ms.n,
    perSecond,
    ...percentiles(report.ms),
    processor,
    database,
    ratio,
  ]
  printTable(
    `${connections} connections over loopback, each with one request at a time; ${given.links} links`,
    ['round', 'requests', 'a second', 'p50 ms', 'p95', 'p99', 'CPU ms a thousand', 'of the database', 'ratio'],
    done.flatMap(({ ours, bare }, index) => [
      line(`${index + 1} bare Hono handler`, bare, 1),
      line(`${index + 1} Longrun`, ours, ours.perSecond / bare.perSecond),
    ]),
  )
}

// ── A killed process ────────────────────────────────────────────────────────────────────────────────────────────────

const total = (counts: Map<string, Counted>): number =>
  [...counts.values()].reduce((sum, { people, bots }) => sum + people + bots, 0)

async function killed(stage: Stage): Promise<Target[]> {
  const before = await inDatabase(stage.dataDir, countedBy)
  const running = follow(stage, { port: portOf(stage.product), requests: requests * 5 })
  await inDatabase(stage.dataDir, (client) => untilCounted(client, total(before) + requests))
  const gone = once(stage.product.process, 'exit')
  stage.product.process.kill('SIGKILL')
  await gone
  const report = await running
  stage.product = await startProduct({ dataDir: stage.dataDir })
  const after = await inDatabase(stage.dataDir, countedBy)
  const [answered, counted] = [answeredIn(report), total(after) - total(before)]
  const fewer = stage.links.filter(({ id, code }) => {
    const grown = (after.get(id)?.people ?? 0) - (before.get(id)?.people ?? 0)
    return grown < (report.answered[code] ?? 0)
  })
  console.log(
    `\nkill -9 under load: ${answered} clicks answered, ${counted} counted, ${report.unanswered} on their way without an answer`,
  )
  return [
    { what: 'after kill -9: links with fewer counts than answers', value: fewer.length, most: 0 },
    {
      what: 'after kill -9: counts beyond answers, of what was on its way',
      value: counted - answered,
      most: report.unanswered,
    },
  ]
}

/** So that the process dies in the middle of its work. */
async function untilCounted(client: pg.Client, least: number): Promise<void> {
  for (let look = 0; look < 6000; look++) {
    if ((await clicksSoFar(client)) >= least) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('The load did not begin.')
}

// ── Stage ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-links-'))
const here = import.meta.dirname
const bare = fork(join(here, 'bare-program.ts'))
const load = fork(join(here, 'load-program.ts'))
const stops: (() => unknown)[] = [
  () => bare.disconnect(),
  () => load.disconnect(),
  () => rmSync(dataDir, { recursive: true, force: true }),
]
try {
  const [{ port }] = (await once(bare, 'message')) as [{ port: number }]
  const product = await startProduct({ dataDir })
  const owner = await setUp(product.url)
  const links = await inDatabase(dataDir, (client) => fillLinks(client, owner.orgId, Number(given.links)))
  const usedByDatabase = await inDatabase(dataDir, (client) => usedByServer({ owner: client }))
  const stage: Stage = { dataDir, product, load, bare: { port, pid: bare.pid! }, links, usedByDatabase }
  stops.unshift(() => stage.product.stop())
  printMachine()
  const targets = [...(await race(stage)), ...(await killed(stage))]
  printMachine()
  judge(targets)
} finally {
  for (const stop of stops) await stop()
}
