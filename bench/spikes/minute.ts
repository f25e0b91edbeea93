// What the minute job of alerts takes with ten thousand topics, each with something new in every minute.

import { watchSpikes } from '../../src/listening/alerts/watch-spikes.ts'
import { advance, newState } from '../../src/listening/spikes/detector.ts'
import { settingsOf } from '../../src/listening/spikes/settings.ts'
import { quietLog } from '../../test/world/practice.ts'
import { type BenchDatabase, embeddedDatabase } from '../database.ts'
import { addTopics } from '../listen/organisation.ts'
import { usedByServer } from '../processor-time.ts'
import { printTable, type Target } from '../report.ts'

const minuteMs = 60_000
/** Enough for a state of its full size. */
const learnedMinutes = 3 * 1440
const network = 'bluesky'
const zone = 'Europe/Berlin'

interface Round {
  looked: number
  ownMs: number
  serverMs: number
  wallMs: number
  memoryMb: number
}

/** The first round is left out: plans and caches are made in it. */
export async function measureMinute(topics: number, rounds: number): Promise<Target[]> {
  const database = await embeddedDatabase()
  try {
    await addTopics(
      database.owner,
      Array.from({ length: topics }, (_, at) => `"kettle ${at}"`),
    )
    let now = Math.floor(Date.now() / minuteMs) * minuteMs
    await addDetectors(database, now)
    const seen: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      now += minuteMs
      await say(database, now - minuteMs)
      const one = await oneRound(database, now + minuteMs / 2)
      if (round > 0) seen.push(one)
    }
    printRounds(topics, database, seen)
    const most = (of: (round: Round) => number) => Math.max(...seen.map(of))
    return [
      { what: 'minute job, topics looked at', value: Math.min(...seen.map(({ looked }) => looked)), least: topics },
      {
        what: 'minute job, CPU of both processes',
        value: most((round) => round.ownMs + round.serverMs) / 1000,
        most: 20,
        unit: 's',
      },
      {
        what: 'minute job, memory gained from minute to minute',
        value: (seen.at(-1)!.memoryMb - seen[0]!.memoryMb) / Math.max(1, seen.length - 1),
        most: 20,
        unit: 'MB',
      },
    ]
  } finally {
    await database.close()
  }
}

/** A detector that has learned for three days stands for all of them. */
async function addDetectors({ owner }: BenchDatabase, now: number): Promise<void> {
  const state = newState()
  const settings = settingsOf('standard', zone)
  for (let at = now - learnedMinutes * minuteMs; at < now; at += minuteMs) {
    const count = 1 + (((at / minuteMs) * 7919) % 3)
    advance(state, { at, count, judged: count, negative: count > 2 ? 1 : 0 }, settings)
  }
  const client = await owner.connect()
  try {
    await client.query("select set_config('longrun.scope', 'system', false)")
    await client.query(
      `insert into detectors (org_id, topic, network, seen_to, state, watch) select org_id, number, $1, $2, $3, 'watching' from topics`,
      [network, new Date(now), JSON.stringify(state)],
    )
    // What was counted in the last hour is looked at again: counts may have come late.
    for (let at = now - 60 * minuteMs; at < now; at += minuteMs)
      await client.query(counted, [network, new Date(at), 1 + (((at / minuteMs) * 7919) % 3)])
    await client.query('analyze')
  } finally {
    client.release()
  }
}

const counted = `insert into topic_minutes (org_id, topic, network, at, total, negative, positive, judged)
  select org_id, number, $1, $2, $3::integer, case when $3 > 2 then 1 else 0 end, 0, $3 from topics`

async function say({ owner }: BenchDatabase, at: number): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query("select set_config('longrun.scope', 'system', false)")
    await client.query('update readers set answered_at = $1, created_at = $2', [
      new Date(at + 1.5 * minuteMs),
      new Date(at - 864e5),
    ])
    await client.query('update sources set created_at = $1', [new Date(at - 30 * 864e5)])
    await client.query(counted, [network, new Date(at), 1 + (((at / minuteMs) * 7919) % 3)])
  } finally {
    client.release()
  }
}

async function oneRound(database: BenchDatabase, now: number): Promise<Round> {
  const services = {
    ...{ db: database.db, log: { ...quietLog, error: console.error, warn: console.warn }, clock: () => new Date(now) },
    publicUrl: 'http://localhost',
    queue: { send: async () => {}, work: async () => {}, stop: async () => {} },
    mailer: { available: false, send: async () => {} },
  }
  const server = await usedByServer(database)
  const [own, before, began] = [process.cpuUsage(), server(), performance.now()]
  const looked = await watchSpikes(services as never)
  const used = process.cpuUsage(own)
  return {
    looked,
    ownMs: (used.user + used.system) / 1000,
    serverMs: server() - before,
    wallMs: performance.now() - began,
    memoryMb: process.memoryUsage().rss / 1e6,
  }
}

function printRounds(topics: number, { name }: BenchDatabase, rounds: readonly Round[]): void {
  printTable(
    `The minute job of alerts: ${topics} topics, each with new mentions in every minute (${name}, a hundred organisations)`,
    ['minute', 'looked at', 'CPU ms, own', 'CPU ms, database', 'CPU ms for each', 'seconds on the wall', 'memory MB'],
    rounds.map(({ looked, ownMs, serverMs, wallMs, memoryMb }, at) => [
      at + 1,
      looked,
      Math.round(ownMs),
      Math.round(serverMs),
      ((ownMs + serverMs) / looked).toFixed(2),
      (wallMs / 1000).toFixed(1),
      Math.round(memoryMb),
    ]),
  )
}
