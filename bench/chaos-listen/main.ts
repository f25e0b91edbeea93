// npm run chaos:listen: a real server's firehose, while Longrun and its database are killed in turn. Every post that matches is stored once.
//
//   --minutes 30 --rate 100 --seed 1     as the promise is stated
//   --kills 0 --rate 500 --minutes 2     undisturbed: how long from a post to an open page

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startPds } from '../../test/servers/pds.ts'
import { readArguments } from '../arguments.ts'
import { seeded } from '../chaos/random.ts'
import { databaseIn, type Owner, type Product, setUp, startProduct } from '../product.ts'
import { judge, percentiles, printMachine, printTable, type Target } from '../report.ts'
import { summaryOf } from '../statistics.ts'
import { openScreen, type Screen } from './screen.ts'
import { type Speakers, startSpeakers } from './speakers.ts'

const given = readArguments({ minutes: '30', rate: '100', seed: '1', kills: '1' })
const [minutes, rate] = [Number(given.minutes), Number(given.rate)]
const random = seeded(Number(given.seed))

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const held: { product: Product } = { product: await start() }
const counts = { longrun: 0, database: 0, frozen: 0 }
const pds = await startPds()
printMachine({ rate: `${rate} posts a second`, minutes: String(minutes), seed: given.seed })
try {
  const owner = await setUp(held.product.url)
  await listenFor(owner)
  const screen = openScreen(() => `${held.product.url}/api/v1/orgs/${owner.orgId}/mentions/live`, owner.token)
  const speakers = await startSpeakers(pds, rate)
  const ends = Date.now() + minutes * 60_000
  if (given.kills === '1') await killInTurn(ends)
  else await sleep(minutes * 60_000)
  await speakers.stop()
  const targets = await judgeStored(owner, speakers)
  screen.stop()
  judge([...targets, ...(given.kills === '1' ? [] : judgeScreen(screen, speakers))])
} finally {
  await held.product.stop()
  await pds.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

function start(): Promise<Product> {
  return startProduct({ dataDir, env: { LONGRUN_ALLOW_PRIVATE: '127.0.0.1,localhost' } })
}

async function call<T>(owner: Owner, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${held.product.url}/api/v1/orgs/${owner.orgId}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

async function listenFor(owner: Owner): Promise<void> {
  await call(owner, 'POST', '/topics', { name: 'Kettles', kind: 'product', query: 'kettle' })
  await call(owner, 'POST', '/listening/sources', {
    name: 'The server',
    connector: 'bluesky',
    kind: 'firehose',
    values: { server: pds.url },
  })
  for (let tries = 0; tries < 100; tries++) {
    const [source] = await call<{ answeredAt: string | null }[]>(owner, 'GET', '/listening/sources')
    if (source?.answeredAt) return
    await sleep(200)
  }
  throw new Error('The source did not answer.')
}

async function killInTurn(ends: number): Promise<void> {
  while (Date.now() < ends) {
    await sleep(Math.min(4_000 + random.next() * 12_000, Math.max(0, ends - Date.now())))
    const what = random.next()
    if (what < 0.5) await killLongrun()
    else if (what < 0.8) await killDatabase()
    else await freeze()
  }
}

async function killLongrun(): Promise<void> {
  counts.longrun++
  held.product.process.kill('SIGKILL')
  await startAgain()
}

/** Its server and all that it started; what runs on it notices by itself. */
async function killDatabase(): Promise<void> {
  counts.database++
  const [first] = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(first), 'SIGKILL')
  await sleep(1_000)
  if (held.product.process.exitCode === null) held.product.process.kill('SIGKILL')
  await startAgain()
}

/** Longer than its lease: whoever reads meanwhile must not be disturbed by it afterwards. */
async function freeze(): Promise<void> {
  counts.frozen++
  held.product.process.kill('SIGSTOP')
  await sleep(2_000)
  held.product.process.kill('SIGCONT')
}

async function startAgain(): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      held.product = await start()
      return
    } catch (error) {
      if (tries >= 20) throw error
      await sleep(500)
    }
  }
}

async function judgeStored(owner: Owner, { wanted, count }: Speakers): Promise<Target[]> {
  const client = new pg.Client(databaseIn(dataDir))
  await client.connect()
  try {
    const stored = async () =>
      (await client.query<{ remote_id: string }>('select remote_id from mentions where org_id = $1', [owner.orgId]))
        .rows
    // What was written last is on its way.
    for (let tries = 0; tries < 240 && (await stored()).length < wanted.length; tries++) await sleep(500)
    const ids = (await stored()).map(({ remote_id }) => remote_id)
    const known = new Set(ids)
    const counted = await client.query<{ total: number }>(
      'select coalesce(sum(total), 0)::integer as total from topic_days where org_id = $1',
      [owner.orgId],
    )
    const gaps = await client.query('select from reader_gaps')
    printTable(
      'what was done, and what is there',
      ['posts', 'with the word', 'stored', 'Longrun killed', 'database killed', 'frozen', 'gaps stated'],
      [[count(), wanted.length, ids.length, counts.longrun, counts.database, counts.frozen, gaps.rowCount ?? 0]],
    )
    return [
      {
        what: 'posts with the word that are missing',
        value: wanted.filter(({ uri }) => !known.has(uri)).length,
        most: 0,
      },
      { what: 'stored more than once', value: ids.length - known.size, most: 0 },
      {
        what: 'stored without having been said',
        value: ids.filter((id) => !wanted.some(({ uri }) => uri === id)).length,
        most: 0,
      },
      {
        what: 'difference between what is counted and what was said',
        value: Math.abs(counted.rows[0]!.total - wanted.length),
        most: 0,
      },
    ]
  } finally {
    await client.end()
  }
}

function judgeScreen({ seen }: Screen, { wanted }: Speakers): Target[] {
  const waits = wanted.flatMap(({ text, at }) => (seen.has(text) ? [Math.max(0, seen.get(text)! - at)] : []))
  const summary = summaryOf(waits)
  printTable(
    'milliseconds from the server to an open page',
    ['posts', 'p50', 'p95', 'p99'],
    [[summary.n, ...percentiles(summary)]],
  )
  return [
    { what: 'posts that an open page saw', value: seen.size, least: wanted.length },
    { what: 'from the server to an open page, p99', value: summary.p99, most: 2_000, unit: 'ms' },
  ]
}
