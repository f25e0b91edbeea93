// Runs a plan: schedules it, keeps two workers going, lets the storm loose on them and on the database, and waits until all is settled.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sealCredentials } from '../../src/accounts/session.ts'
import { retried } from '../../src/db/retry.ts'
import { asSystem } from '../../src/db/tx.ts'
import { unparkPosts } from '../../src/publishing/unpark.ts'
import { type Crew, startCrew } from './crew.ts'
import type { Sentence } from './deaths.ts'
import { type Observer, observe, type Standing } from './observe.ts'
import type { Plan } from './plan.ts'
import { seeded } from './random.ts'
import { type Item, scheduleRuns } from './schedule.ts'
import type { Stage } from './stage.ts'

export interface Campaign {
  items: Item[]
  crew: Crew
  observer: Observer
  /** How every post stood at the end. */
  standings: Map<string, Standing>
  reconnected: number
  databaseRestarts: number
}

const inWords = (at: Date): string => {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000)
  return seconds >= 0 ? `in ${seconds} s` : `${-seconds} s ago`
}

/** From the last due time on, for everything to settle: two leases, the longest look-up, and some tries. */
const settleWithinMs = 150_000

export async function runCampaign(
  stage: Stage,
  plan: Plan,
  options: { unprotected: boolean; say(line: string): void },
): Promise<Campaign> {
  const crew = startCrew(stage.folder, seeded(plan.seed + 13))
  // Scheduling comes before the storm and must not take from its time.
  const beginning = new Date(Date.now() + 4_000 + plan.runs.length * 40)
  const items = await scheduleRuns(stage, plan.runs, beginning)
  await crew.begin(orderOf(stage, items, options.unprotected))
  options.say(`${items.length} posts are scheduled; the first is due ${inWords(beginning)}`)
  const observer = observe(stage.database.db, stage.caller.orgId, crew.ready)
  const upkeep = keepUp(stage)
  const storm = letLoose(stage, plan, crew, beginning)
  const givenUpAt = beginning.getTime() + plan.windowMs + settleWithinMs
  while (Date.now() < givenUpAt && !(observer.latest.length === items.length && observer.latest.every(isSettled)))
    await pause(500)
  await crew.stop()
  await observer.stop()
  const reconnected = await upkeep.stop()
  const databaseRestarts = await storm.stop()
  const standings = new Map(observer.latest.map((row) => [row.id, row]))
  return { items, crew, observer, standings, reconnected, databaseRestarts }
}

const isSettled = ({ state }: Standing): boolean =>
  ['published', 'rejected', 'unconfirmed', 'held', 'cancelled'].includes(state)

function orderOf(stage: Stage, items: Item[], unprotected: boolean) {
  const sentences = items.flatMap(({ run, variantId, accountId, dueAt }): Sentence[] =>
    run.death ? [{ ...run.death, run: run.index, mark: run.mark, variantId, accountId, fromMs: dueAt.getTime() }] : [],
  )
  const routes = Object.fromEntries([...stage.networks.values()].map(({ url, faults }) => [url, faults.url]))
  return {
    connection: stage.embedded.connection,
    secret: stage.secret,
    sentences,
    deathsFolder: join(stage.folder, 'deaths'),
    routes,
    picture: stage.picture,
    unprotected,
  }
}

/** What else goes on in an installation: a person reconnects accounts that asked for it, and their posts are taken up again. */
function keepUp(stage: Stage) {
  let stopped = false
  let reconnected = 0
  const working = (async () => {
    while (!stopped) {
      reconnected += await reconnectLost(stage).catch(() => 0)
      await retried(() => unparkPosts(stage.services)).catch(() => 0)
      await pause(2500)
    }
  })()
  return {
    async stop() {
      stopped = true
      await working
      return reconnected
    },
  }
}

async function reconnectLost({ services, database, caller, networks, accounts }: Stage): Promise<number> {
  const lost = await asSystem(database.db, (tx) =>
    tx.selectFrom('accounts').select('id').where('state', '=', 'needs-reconnect').execute(),
  )
  for (const { id } of lost) {
    const name = [...accounts.keys()].find((network) => accounts.get(network)!.includes(id))!
    const { credentials, expiresAt } = await networks.get(name)!.connect(accounts.get(name)!.indexOf(id))
    const sealed = sealCredentials(services, caller.orgId, id, credentials)
    await asSystem(database.db, (tx) =>
      tx
        .updateTable('accounts')
        .set({
          credentials_sealed: sealed,
          credentials_expire_at: expiresAt,
          state: 'connected',
          state_reason: null,
          renewing_until: null,
        })
        .where('id', '=', id)
        .execute(),
    )
  }
  return lost.length
}

/** Kills workers wherever they are, and takes the database away: by kill -9, or by a clean restart. */
function letLoose(stage: Stage, plan: Plan, crew: Crew, beginning: Date) {
  let restarts = 0
  const timers = [
    ...plan.kills.map((atMs) => setTimeout(() => crew.killOne(), beginning.getTime() + atMs - Date.now())),
    ...plan.databases.map(({ atMs, how }) =>
      setTimeout(
        () => {
          const pid = databasePid(stage.folder)
          if (pid === null) return
          restarts++
          // The product itself starts it again; SIGINT is PostgreSQL's quick and orderly shutdown.
          process.kill(pid, how === 'kill' ? 'SIGKILL' : 'SIGINT')
        },
        beginning.getTime() + atMs - Date.now(),
      ),
    ),
  ]
  return {
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      return restarts
    },
  }
}

function databasePid(folder: string): number | null {
  try {
    return Number(readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]) || null
  } catch {
    return null
  }
}
